"""Whole journeys: a pledge from its draft to the report that leaves; a dialogue from the letter over a reminder to its outcome."""

from __future__ import annotations

from datetime import timedelta

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from panah.ground.channels import actions as channels
from panah.ground.work import actions as work
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy.models import Indicator, Step
from tests.diplomacy import begun_dialogues as dialogues
from tests.diplomacy import running_commitments as commitments
from tests.diplomacy.running_commitments import parts, text, today


def test_a_pledge_from_its_draft_over_sign_off_plan_and_evidence_to_a_report_that_leaves(world):
    row, bakyt = commitments.running(world), world.client("bakyt")
    bakyt.post(
        reverse("diplomacy:supporter", args=[row.pk]), {"name": "Practice ministry", "kind": "government"}
    )
    bakyt.post(
        reverse("diplomacy:add_step", args=[row.pk]),
        {
            "text": "Practice: a day with officers", "owner": str(world.staff["amina"].pk), "milestone": "on",
            "budget": "Practice: 900", "provisions": ["coe2005/26"], **parts("due_on", today(40)),
        },
    )  # fmt: skip
    step = Step.objects.get()
    bakyt.post(
        reverse("diplomacy:add_indicator", args=[row.pk]),
        {"text": "Practice: officers", "begins_at": "0", "aim": "120", "steps": [str(step.pk)]},
    )
    indicator = Indicator.objects.get()
    shown = commitments.show(
        world, row, -1, by="amina", value="34", steps=[str(step.pk)], indicators=[str(indicator.pk)]
    )
    world.client("amina").post(
        reverse("diplomacy:step", args=[step.pk]), {"progress": "under_way", "evidence": str(shown.pk)}
    )
    late = commitments.say(
        world, row, "late", shown, why="Practice: one region waits", challenges="Practice: snow"
    )
    assert late.status_code == 302
    made = commitments.report(world, about="coe2005")
    assert commitments.due("saule") == ["report_clear"]
    world.client("saule").post(reverse("diplomacy:report", args=[made.pk]), {"state": "cleared"})
    said = text(bakyt.get(reverse("diplomacy:report", args=[made.pk])))
    for one in (
        "Council of Europe Convention, 26",
        "With: Practice ministry",
        "How far: late (",
        "because: Practice: one region waits",
        "Practice: a day with officers",
        "120",
        "34",
        "Challenges: Practice: snow",
        "Attachments",
        "No. 12",
    ):
        assert one in said, one
    assert bakyt.get(reverse("diplomacy:report_docx", args=[made.pk])).content.startswith(b"PK")


def test_a_dialogue_from_the_letter_over_a_reminder_to_its_outcome_on_one_page(world):
    bakyt = world.staff["bakyt"]
    bakyt.email = "bakyt@practice.example"
    bakyt.save()
    row = dialogues.begin(world)
    dialogues.write(world, row, number_out="07-12", **parts("answer_by", today(30)))
    later = timezone.now() + timedelta(days=31)
    work.remind(at=later)
    channels.deliver_due(at=later)
    (message,) = mail.outbox
    assert message.to == ["bakyt@practice.example"]
    for secret in ("Ministry", "women", "07-12", "http"):
        assert secret not in message.subject + message.body
    assert diplomacy.escalate_late(at=later + timedelta(days=14)) == 1
    dialogues.write(world, row, "silent", by="saule")
    dialogues.write(world, row, "promised", by="saule", number_in="3/44", **parts("next_on", today(7)))
    world.client("saule").post(
        reverse("diplomacy:close_dialogue", args=[row.number]), {"outcome": "Practice: they let us in"}
    )
    page = text(world.client("saule").get(reverse("diplomacy:dialogues")))
    order = [
        "Practice Ministry of the Interior", dialogues.ASKED, "Istanbul Commitments, 1", "We wrote · 07-12",
        "They did not answer", "They promised something · 3/44", "Practice: they let us in",
    ]  # fmt: skip
    flat = page.replace("</b>", "").replace("<b>", "")
    places = [flat.index(one) for one in order]
    assert places == sorted(places)


def test_a_ministry_that_was_written_in_two_ways_stands_on_the_page_once(world):
    dialogues.begin(world)
    dialogues.begin(world, authority="practice ministry  of the interior", asked="Practice: the second")
    page = text(world.client("saule").get(reverse("diplomacy:dialogues")))
    assert page.lower().count("<h2>practice ministry of the interior</h2>") == 1
