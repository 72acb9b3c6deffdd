"""A colleague who is a volunteer answers while vetting, safeguarding and training hold, on duty or not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.work.models import Alarm
from panah.people.hotline import actions
from panah.people.hotline.models import Contact
from panah.people.hotline.words import ContactState
from panah.programmes.volunteers.models import Volunteer
from tests.volunteers.making import linked, trained, vouched

TAKE = "/calls/take/"


def run_out(row):
    Volunteer.objects.filter(pk=row.pk).update(vetted_until=timezone.localdate() - timedelta(days=1))


def call(one):
    return reverse("hotline:call", args=[one.number])


def press(line, **more):
    return {"line": str(line.pk), "channel": "phone", **more}


def test_elena_takes_calls_while_all_holds(world, elenas, line):
    with trained(linked(world)):
        assert "may not answer" not in elenas.get(TAKE).text
        assert elenas.post(TAKE, press(line)).status_code == 302


def test_elena_whose_vetting_has_run_out_takes_no_call_and_reads_what_to_do(world, elenas, line):
    row = linked(world)
    run_out(row)
    with trained(row):
        for answer in (elenas.get(TAKE), elenas.post(TAKE, press(line))):
            assert "the vetting has run out" in answer.text and "Let a colleague take the call" in answer.text
        assert answer.status_code == 403
    assert not Contact.objects.exists()


def test_elena_who_was_never_trained_takes_no_call(world, elenas, line):
    linked(world)
    answer = elenas.post(TAKE, press(line))
    assert answer.status_code == 403 and "a training for answering a line is missing" in answer.text


def test_somebody_in_danger_is_answered_when_nobody_else_is_there_and_a_second_colleague_is_called(
    world, elenas, line
):
    row = linked(world)
    run_out(row)
    answer = elenas.post(TAKE, press(line, danger="yes"))
    assert answer.status_code == 302
    one = Contact.objects.get()
    assert one.taken_by == world.staff["elena"] and Alarm.objects.filter(subject=one.pk).exists()
    assert (
        Entry.objects.filter(event="hotline:call:taken-in-danger", who=world.staff["elena"].pk).count() == 1
    )
    elenas.post(call(one), {"do": "finish"})
    one.refresh_from_db()
    assert one.state == ContactState.FINISHED


def test_a_call_that_goes_on_is_not_interrupted_and_she_goes_on_with_it_when_the_line_broke(
    world, elenas, line, take
):
    row = linked(world)
    with trained(row):
        one = take(elenas)
        run_out(row)
        assert elenas.get(call(one)).status_code == 200
        assert elenas.post(call(one), {"do": "finish"}).status_code == 302
        assert elenas.post(reverse("hotline:resume", args=[one.number])).status_code == 302
    one.refresh_from_db()
    assert one.state == ContactState.OPEN


def test_she_does_not_go_on_with_a_colleagues_call(world, elenas, line, take):
    one = take(world.client("bakyt"))
    world.client("bakyt").post(call(one), {"do": "finish"})
    run_out(linked(world))
    answer = elenas.post(reverse("hotline:resume", args=[one.number]))
    assert answer.status_code == 403 and "You may not answer now" in answer.text
    one.refresh_from_db()
    assert one.state == ContactState.FINISHED


@pytest.mark.parametrize("danger", ["", "yes"])
def test_under_18_nobody_answers_not_even_somebody_in_danger(world, elenas, line, danger):
    row = linked(world)
    # However it came into the table.
    Volunteer.objects.filter(pk=row.pk).update(born_year=timezone.localdate().year - 16)
    with trained(row):
        answer = elenas.post(TAKE, press(line, danger=danger))
    assert answer.status_code == 403 and "Let an adult colleague take the call" in answer.text
    assert not Contact.objects.exists()


def test_what_is_open_is_handed_over_to_nobody_who_may_not_answer(world, elenas, line, take):
    one, row, elena = take(elenas), linked(world), world.staff["elena"]
    bakyt, address = world.client("bakyt"), reverse("hotline:hand_over")
    form = {"contacts": [str(one.pk)], "to": str(elena.pk), f"word-{one.pk}": "Practice: rings at six"}
    with trained(row):
        assert f'value="{elena.pk}"' in bakyt.get(address).text
        run_out(row)
        assert f'value="{elena.pk}"' not in bakyt.get(address).text
        answer = bakyt.post(address, form)
        assert answer.status_code == 422 and "Practice: rings at six" in answer.text
        with pytest.raises(Refusal, match="may-not-answer"):
            actions.hand_over(
                keys=world.keys("bakyt"),
                contacts=[one],
                to=elena,
                said={},
                by=world.staff["bakyt"],
                at=timezone.now(),
            )
        vouched(row)
        assert bakyt.post(address, form).status_code == 302
    one.refresh_from_db()
    assert one.with_whom == elena
