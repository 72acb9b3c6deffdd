"""Commitments of North, one of each state, with a plan, a report, a policy and a dialogue of Bakyt's."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from panah.programmes.diplomacy import actions as diplomacy
from tests.conftest import World


def committed(world: World) -> dict[str, str]:
    by, other, at = world.staff["bakyt"], world.staff["saule"], timezone.now()
    day = timezone.localdate(at)
    said = {
        "kind": "individual", "title": "x", "provisions": ["palermo/9"], "objective": "x",
        "begins_on": day, "ends_on": day + timedelta(days=90), "focal": str(world.staff["amina"].pk),
    }  # fmt: skip
    draft = diplomacy.draft_commitment(by=by, at=at, **said)
    running = diplomacy.draft_commitment(by=by, at=at, **said)
    diplomacy.sign_off(commitment=running, by=other, at=at)
    step = diplomacy.add_step(
        commitment=running, owner=str(world.staff["amina"].pk), text="x", due_on=day, by=by, at=at
    )
    diplomacy.add_evidence(
        commitment=running, kind="document", text="x", source="x", shown_on=day, by=by, at=at
    )
    report = diplomacy.make_report(about="", language="en", by=by, at=at)
    cleared = diplomacy.make_report(about="", language="en", by=by, at=at)
    diplomacy.decide_report(report=cleared, state="cleared", by=other, at=at)
    policy = diplomacy.begin_policy(language="en", by=by, at=at)
    about = {"kind": "obligation", "authority": "x", "asked": "x", "confidence": "author"}
    dialogue = diplomacy.begin_dialogue(keys=world.keys("bakyt"), about=about, at=at)
    closed = diplomacy.begin_dialogue(keys=world.keys("bakyt"), about=about, at=at)
    diplomacy.close_dialogue(keys=world.keys("bakyt"), dialogue=closed, outcome="x", at=at)
    return {
        "drafted": str(draft.pk),
        "committed": str(running.pk),
        "commitment_step": str(step.pk),
        "follow_up": str(report.pk),
        "cleared": str(cleared.pk),
        "policy": str(policy.pk),
        "dialogue": dialogue.number,
        "closed_dialogue": closed.number,
    }
