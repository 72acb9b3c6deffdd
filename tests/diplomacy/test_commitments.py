"""A commitment from its draft to a report that may leave: nothing is said of it without newer evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.approvals.acts import MAY_BE_ONE
from panah.ground.work.item_rooms import item_room as work_room
from panah.ground.work.models import DueItem
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy.instruments import instruments
from panah.programmes.diplomacy.models import Commitment, Evidence, Standing, Status, Step
from tests.allowed import also
from tests.diplomacy.running_commitments import draft, due, parts, report, running, say, show, text, today


def test_a_draft_binds_nobody_until_a_focal_point_who_did_not_write_it_signs_it_off(world):
    row = draft(world)
    assert due("saule") == ["commitment_decide"]
    page = world.client("bakyt").get(reverse("diplomacy:commitment", args=[row.pk]))
    assert "A draft binds nobody." in text(page) and "Sign it off" not in text(page)
    world.client("bakyt").post(reverse("diplomacy:sign_off", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "draft"
    world.client("saule").post(
        reverse("diplomacy:send_back", args=[row.pk]), {"comment": "Which ministries?"}
    )
    assert "Which ministries?" in text(
        world.client("bakyt").get(reverse("diplomacy:commitment", args=[row.pk]))
    )
    world.client("saule").post(reverse("diplomacy:sign_off", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.signed_by) == ("running", world.staff["saule"])
    assert due("saule") == [] and due("amina") == ["commitment_follow_up"]


@pytest.mark.parametrize("who", ["ibrat", "nurlan", "timur"])
def test_whoever_reads_or_keeps_commitments_and_signs_none_off_reads_a_draft(world, who):
    also(world, "timur", "network_coordinator")
    row = draft(world)
    page = world.client(who).get(reverse("diplomacy:commitment", args=[row.pk]))
    assert page.status_code == 200 and "A draft binds nobody." in text(page)
    assert "Sign it off" not in text(page)


def test_one_person_with_two_accounts_does_not_sign_off_what_she_drafted(world):
    row = draft(world)
    with MAY_BE_ONE.temporarily("planted", lambda staff: {world.staff["bakyt"].pk}):
        answer = world.client("saule").post(reverse("diplomacy:sign_off", args=[row.pk]), follow=True)
    row.refresh_from_db()
    assert row.state == "draft" and "nobody else here has said yet that they know this colleague" in text(
        answer
    )


def test_who_changed_the_draft_last_does_not_sign_it_off_either(world):
    row = draft(world)
    data = {
        "kind": "joint", "title": "Practice: changed", "provisions": ["istanbul2007/1"], "objective": "x",
        **parts("begins_on", today()), **parts("ends_on", today(10)), "focal": str(world.staff["amina"].pk),
        "seen": row.edited_at.isoformat(),
    }  # fmt: skip
    assert world.client("saule").post(reverse("diplomacy:change", args=[row.pk]), data).status_code == 302
    world.client("saule").post(reverse("diplomacy:sign_off", args=[row.pk]))
    row.refresh_from_db()
    assert (row.title, row.state) == ("Practice: changed", "draft")
    stale = world.client("bakyt").post(reverse("diplomacy:change", args=[row.pk]), {**data, "title": "Old"})
    assert "A colleague has changed this entry" in text(stale) and "Old" in text(stale)


def test_no_word_without_evidence_and_none_without_newer_evidence(world):
    row = running(world)
    refused = say(world, row, "under_way")
    assert refused.status_code == 422 and "No word without evidence." in text(refused)
    first = show(world, row, -10)
    assert say(world, row, "under_way", first).status_code == 302
    again = say(world, row, "done", first)
    assert again.status_code == 422 and "No word without newer evidence" in text(again)
    older = show(world, row, -20)
    assert say(world, row, "done", older).status_code == 422
    newer = show(world, row, -3)
    offered = text(world.client("saule").get(reverse("diplomacy:say_status", args=[row.pk])))
    assert str(newer.pk) in offered
    assert str(first.pk) not in offered and str(older.pk) not in offered
    late = say(world, row, "late", newer)
    assert late.status_code == 422 and "with their reason" in text(late)
    assert say(world, row, "late", newer, why="The ministry was formed anew").status_code == 302
    assert list(Status.objects.values_list("progress", flat=True).order_by("shown_on")) == [
        "under_way",
        "late",
    ]
    page = text(world.client("bakyt").get(reverse("diplomacy:commitment", args=[row.pk])))
    assert "The ministry was formed anew" in page


def test_evidence_is_never_of_the_future(world):
    row = running(world)
    answer = world.client("bakyt").post(
        reverse("diplomacy:add_evidence", args=[row.pk]),
        {"kind": "event", "text": "A meeting", "source": "x", **parts("shown_on", today(5))},
    )
    assert answer.status_code == 422 and "A meeting" in text(answer) and not Evidence.objects.exists()


def test_a_step_stands_on_its_owners_list_and_its_owner_shows_and_says_how_far_it_is(world):
    row = running(world)
    answer = world.client("bakyt").post(
        reverse("diplomacy:add_step", args=[row.pk]),
        {
            "text": "Practice: meet the deputy",
            "owner": str(world.staff["amina"].pk),
            **parts("due_on", today(20)),
        },
    )
    assert answer.status_code == 302, text(answer)
    step, amina = Step.objects.get(), world.client("amina")
    assert due("amina") == ["commitment_do", "commitment_follow_up"]
    assert "no evidence" in text(amina.get(reverse("diplomacy:step", args=[step.pk])))
    shown = show(world, row, -1, by="amina", steps=[str(step.pk)])
    done = amina.post(
        reverse("diplomacy:step", args=[step.pk]), {"progress": "done", "evidence": str(shown.pk)}
    )
    assert done.status_code == 302 and due("amina") == ["commitment_follow_up"]
    assert amina.get(reverse("diplomacy:say_status", args=[row.pk])).status_code == 404
    assert world.client("cholpon").get(reverse("diplomacy:step", args=[step.pk])).status_code == 404


def test_what_is_not_over_goes_along_into_the_next_round_as_a_draft(world):
    row = running(world)
    client = world.client("bakyt")
    for name in ("Practice: done", "Practice: open"):
        client.post(
            reverse("diplomacy:add_step", args=[row.pk]),
            {"text": name, "owner": str(world.staff["amina"].pk), **parts("due_on", today(20))},
        )
    over = Step.objects.get(text="Practice: done")
    client.post(
        reverse("diplomacy:add_indicator", args=[row.pk]),
        {"text": "Letters answered", "aim": "10", "steps": [str(one.pk) for one in Step.objects.all()]},
    )
    client.post(reverse("diplomacy:supporter", args=[row.pk]), {"name": "Practice UN office", "kind": "un"})
    shown = show(world, row, -1, steps=[str(over.pk)])
    client.post(reverse("diplomacy:step", args=[over.pk]), {"progress": "done", "evidence": str(shown.pk)})
    answer = client.post(
        reverse("diplomacy:carry_over", args=[row.pk]),
        {**parts("begins_on", today(300)), **parts("ends_on", today(900))},
    )
    assert answer.status_code == 302, text(answer)
    new = Commitment.objects.get(follows=row)
    assert new.state == "draft" and [one.text for one in new.steps.all()] == ["Practice: open"]
    assert [one.name for one in new.supporters.all()] == ["Practice UN office"]
    assert [[each.text for each in one.steps.all()] for one in new.indicators.all()] == [["Practice: open"]]
    assert row.steps.count() == 2


def test_the_next_round_begins_after_the_one_before_and_is_carried_by_no_older_evidence(world):
    row, saule = running(world), world.client("saule")
    say(world, row, "late", show(world, row, -5), why="Practice: no answer")
    days = {**parts("begins_on", today(1)), **parts("ends_on", today(900))}
    Commitment.objects.filter(pk=row.pk).update(begins_on=today(1))
    early = saule.post(reverse("diplomacy:carry_over", args=[row.pk]), days)
    assert early.status_code == 422 and "the next one begins after it" in text(early)
    Commitment.objects.filter(pk=row.pk).update(begins_on=row.begins_on)
    assert saule.post(reverse("diplomacy:carry_over", args=[row.pk]), days).status_code == 302
    new = Commitment.objects.get(follows=row)
    data = {
        "kind": "individual", "title": new.title, "provisions": ["istanbul2007/1"], "objective": "x",
        "focal": str(world.staff["amina"].pk), "seen": new.edited_at.isoformat(),
        **days, **parts("begins_on", today(-31)),
    }  # fmt: skip
    changed = saule.post(reverse("diplomacy:change", args=[new.pk]), data)
    assert changed.status_code == 422 and "the next one begins after it" in text(changed)
    world.client("bakyt").post(reverse("diplomacy:sign_off", args=[new.pk]))
    older = say(world, new, "done", show(world, new, -10))
    assert older.status_code == 422 and "No word without newer evidence" in text(older)
    assert say(world, new, "under_way", show(world, new, -4)).status_code == 302


def test_a_commitment_ends_only_once_something_was_said_of_it(world):
    row, saule = running(world), world.client("saule")
    saule.post(reverse("diplomacy:end", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "running"
    say(world, row, "done", show(world, row, -1))
    saule.post(reverse("diplomacy:end", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "ended" and due("amina") == []


def test_a_report_prints_no_evidence_and_late_because_as_different_words_and_leaves_only_when_cleared(world):
    row = running(world)
    say(world, row, "late", show(world, row, -2), why="No answer yet", challenges="Two letters unanswered")
    other = draft(world, title="Practice: silent")
    world.client("saule").post(reverse("diplomacy:sign_off", args=[other.pk]))
    made, saule = report(world), world.client("saule")
    waits = DueItem.objects.filter(subject=made.pk, done_at=None)
    assert {one.owner.username for one in waits} == {"saule"}, "who made it may not decide it"
    page = text(world.client("bakyt").get(reverse("diplomacy:report", args=[made.pk])))
    assert (
        "because: No answer yet" in page
        and "How far: no evidence" in page
        and "Two letters unanswered" in page
    )
    assert made.says_none and "compl" + "iance" not in page.lower()
    for ending in ("docx", "pdf"):
        refused = world.client("bakyt").get(reverse(f"diplomacy:report_{ending}", args=[made.pk]))
        assert refused.status_code == 403 and "does not leave" in text(refused)
    own = world.client("bakyt").post(reverse("diplomacy:report", args=[made.pk]), {"state": "cleared"})
    assert own.status_code == 404
    empty = saule.post(reverse("diplomacy:report", args=[made.pk]), {"state": "refused"})
    assert empty.status_code == 422 and "A refusal says why." in text(empty)
    saule.post(reverse("diplomacy:report", args=[made.pk]), {"state": "refused", "remark": "Name the office"})
    assert world.client("bakyt").get(reverse("diplomacy:report_pdf", args=[made.pk])).status_code == 403
    second = report(world)
    saule.post(reverse("diplomacy:report", args=[second.pk]), {"state": "cleared"})
    pdf = world.client("bakyt").get(reverse("diplomacy:report_pdf", args=[second.pk]))
    docx = world.client("bakyt").get(reverse("diplomacy:report_docx", args=[second.pk]))
    assert pdf.content.startswith(b"%PDF") and docx.content.startswith(b"PK")
    assert due("saule") == []


def test_a_report_by_instrument_holds_what_stands_under_it_and_drafts_stand_in_none(world):
    running(world)
    draft(world, title="Practice: only a draft")
    assert "no one is punished" in str(report(world, about="istanbul2007").content)
    assert "no one is punished" not in str(report(world, about="palermo").content)
    assert "only a draft" not in str(report(world).content)


def test_how_a_state_stands_is_added_to_and_what_was_said_before_stays(world):
    address = reverse("diplomacy:standing", args=["coe2005"])
    for state in ("signed", "party"):
        answer = world.client("bakyt").post(
            address,
            {"party": "state:kz", "state": state, "since_year": "2026", "source": "Practice: gazette 3"},
        )
        assert answer.status_code == 302, text(answer)
    page = text(world.client("nurlan").get(reverse("diplomacy:instrument", args=["coe2005"])))
    assert "Kazakhstan: is party, since 2026" in page
    assert "has signed, is not party, since 2026" in page and "delivered with Panah" in page
    assert Standing.objects.count() == 2


def test_every_instrument_says_its_source_or_that_it_is_not_known(world):
    client = world.client("bakyt")
    for one in instruments().values():
        page = text(client.get(reverse("diplomacy:instrument", args=[one.id])))
        assert one.source in page if one.source else "The source is not known." in page


def test_what_is_due_stands_in_a_calendar(world):
    row = running(world)
    body = world.client("bakyt").get(reverse("diplomacy:calendar")).content.decode()
    assert f"DTSTART;VALUE=DATE:{row.ends_on:%Y%m%d}" in body
    assert world.client("amina").get(reverse("diplomacy:calendar")).status_code == 404
    for owner, title in (("amina", "Practice: her own"), ("cholpon", "Practice: not hers")):
        diplomacy.add_step(
            commitment=row, owner=str(world.staff[owner].pk), text=title, due_on=today(9), by=world.staff["bakyt"],
            at=timezone.now(),
        )  # fmt: skip
    hers = world.client("amina").get(reverse("diplomacy:calendar")).content.decode()
    assert "her own" in hers and "not hers" not in hers and row.title not in hers


@pytest.mark.parametrize("who", ["cholpon", "elena", "gulnar", "timur", "daler", "rustam"])
def test_others_find_no_commitments(world, who):
    row = running(world)
    for address in (
        reverse("diplomacy:start"),
        reverse("diplomacy:reports"),
        reverse("diplomacy:instruments"),
    ):
        assert world.client(who).get(address).status_code == (200 if who == "rustam" else 404)
    assert world.client(who).get(reverse("diplomacy:commitment", args=[row.pk])).status_code == 404


def test_two_presses_make_one_commitment(world):
    data = {
        "kind": "individual", "title": "Practice: once", "provisions": ["palermo/9"], "objective": "x",
        **parts("begins_on", today()), **parts("ends_on", today(10)), "focal": str(world.staff["bakyt"].pk),
        "once": "00000000-0000-4000-8000-00000000c0de",
    }  # fmt: skip
    client = world.client("bakyt")
    assert {client.post(reverse("diplomacy:draft"), data).url for _n in range(2)} == {
        reverse("diplomacy:commitment", args=[Commitment.objects.get().pk])
    }


def test_what_nobody_did_for_two_weeks_goes_to_the_focal_points_until_somebody_says_how_far_it_is(world):
    row = running(world)
    world.client("bakyt").post(
        reverse("diplomacy:add_step", args=[row.pk]),
        {"text": "Practice: meet", "owner": str(world.staff["amina"].pk), **parts("due_on", today(3))},
    )
    step, at = Step.objects.get(), timezone.now()
    assert diplomacy.escalate_late(at=at + timedelta(days=16)) == 0
    for _n in range(2):
        assert diplomacy.escalate_late(at=at + timedelta(days=18)) == 1
    assert due("saule").count("commitment_step_late") == 1 and "commitment_step_late" in due("bakyt")
    assert "late by two weeks" in str(work_room("commitment_steps").says["commitment_step_late"])
    shown = show(world, row, -1, steps=[str(step.pk)])
    world.client("bakyt").post(
        reverse("diplomacy:step", args=[step.pk]),
        {"progress": "late", "why": "Practice: ill", "evidence": str(shown.pk)},
    )
    assert "commitment_step_late" not in due("saule") and "commitment_do" in due("amina")
    Status.objects.update(said_on=today(17))
    assert diplomacy.escalate_late(at=at + timedelta(days=18)) == 0, "it was said why"
    assert diplomacy.escalate_late(at=at + timedelta(days=250)) == 2, "the step, and the whole"
    assert "commitment_late" in due("saule")


def test_how_states_and_societies_stand_that_nobody_knows_is_said_to_be_not_known(world):
    client = world.client("bakyt")
    movement = text(client.get(reverse("diplomacy:instrument", args=["istanbul2007"])))
    assert "<b>Not known</b>: Kazakhstan, Kyrgyzstan" in movement
    assert "Uzbekistan, Practice Society North</p>" in movement
    treaty = text(client.get(reverse("diplomacy:instrument", args=["palermo"])))
    assert "<b>Not known</b>" not in treaty


def test_a_report_numbers_the_papers_that_go_along(world):
    row = running(world)
    show(world, row, -2)
    content = report(world).content["parts"]
    rows = content[content.index(["heading", "Attachments", 2]) + 1][1]
    assert rows[1][:2] == ["1", "Practice: a letter -2"]
