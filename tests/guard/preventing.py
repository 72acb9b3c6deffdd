"""Peer education of a branch: a group with an educator, a planned session, access to a school, a campaign, figures."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from panah.ground.network.models import Branch
from panah.programmes.network_report import actions as network_report
from panah.programmes.network_report import rules
from panah.programmes.prevention import actions as prevention
from panah.programmes.training import actions as training
from panah.programmes.volunteers.models import Volunteer
from tests.conftest import World
from tests.volunteers.making import vouched


def prevention_of(world: World, lead: str) -> dict[str, str]:
    """Make one of each thing of a colleague's branch; returns their ids."""
    by, at = world.staff[lead], timezone.now()
    today = timezone.localdate(at)
    branch = Branch.objects.get(society=by.society_id, slug="arna" if lead == "bakyt" else "sora")
    volunteer = Volunteer(
        society_id=by.society_id, branch=branch, name="Practice Educator", name_key="x", born_year=1990,
        vetted_until=today, safeguarding_until=today, code_signed_on=today,
    )  # fmt: skip
    vouched(volunteer)
    for teaches in ("safe_response", "sessions"):
        training.write_training(volunteer=volunteer, teaches=teaches, since=today, months=9, by=by, at=at)
    group = prevention.begin_group(name="Practice group", branch=str(branch.pk), language="ru", by=by, at=at)
    prevention.add_educator(group=group, volunteer=volunteer, by=by, at=at)
    session = prevention.plan_session(
        group=group, plan="module:safe-response", audience="pupils", place_kind="school", place="x", access="",
        language="ru", on=today, begins=None, leader=str(volunteer.pk), educators=[], adult="", goal="",
        project="", by=by, at=at,
    )  # fmt: skip
    plan = prevention.write_plan(
        title="Practice plan", language="ru", minutes=45, aims="x", steps="x", materials="", by=by, at=at
    )
    access = prevention.ask_access(
        place="x", kind="school", asked_by="us", office="x", audience="pupils", branch=str(branch.pk),
        asked_on=today, by=by, at=at,
    )  # fmt: skip
    campaign = prevention.plan_campaign(
        branch=str(branch.pk), title="Practice campaign", objective="demand", audiences=["employers"],
        messages="x", channels=["radio"], begins_on=today, ends_on=today + timedelta(days=1), goal="",
        project="", by=by, at=at,
    )  # fmt: skip
    prevention.add_material(
        campaign=campaign, title="Practice poster", language="ru", version="1", by=by, at=at
    )
    quarter = rules.quarter_named("2025-Q2")
    assert quarter is not None
    figures = network_report.prepare(quarter=quarter, by=by, at=at)
    network_report.sign_off(
        contribution=figures, looked_at=network_report.fingerprint(figures.figures), by=by, at=at
    )
    found = {
        "peers": group.pk, "educator": group.places.get().pk, "lesson": session.pk, "own_plan": plan.pk,
        "access": access.pk, "campaign": campaign.pk, "material": campaign.materials.get().pk,
        "figures": figures.pk,
    }  # fmt: skip
    return {kind: str(pk) for kind, pk in found.items()}
