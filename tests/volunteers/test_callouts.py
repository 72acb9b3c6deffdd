"""Who can help tonight? The branch asks, sees who answered, chooses; the chosen one alone learns place and hour."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts import roster
from panah.ground.channels import actions as channels
from panah.ground.channels.models import Delivery
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.work.models import DueItem
from panah.programmes.volunteers import actions as volunteers
from panah.programmes.volunteers import helping_rules, sealed_details
from panah.programmes.volunteers.actions import callouts
from panah.programmes.volunteers.helping_words import Answer
from panah.programmes.volunteers.models import Asked, CallOut, Volunteer
from panah.programmes.volunteers.queries.callouts import candidates
from tests.volunteers import calling_out
from tests.volunteers.calling_out import (
    LIST,
    PLACE,
    answered,
    ask,
    helper,
    made,
    moment,
    page_of,
    press,
    states,
    wanted,
)

everybody_trained = calling_out.everybody_trained


def test_ibrat_sees_who_fits_and_nobody_who_does_not(world):
    helper(world, "Practice Fits")
    helper(world, "Practice Russian", languages=["ru"])
    helper(world, "Practice Young", born_year=2012)
    helper(world, "Practice Elsewhere", branch="besh")
    helper(world, "Practice Silent", may_be_contacted=False)
    text = world.client("ibrat").get(page_of(made(world))).text
    assert "Practice Fits" in text and "1 more fits and has not agreed" in text
    for name in ("Russian", "Young", "Elsewhere", "Silent"):
        assert f"Practice {name}" not in text


def test_in_a_branch_of_thousands_the_one_who_may_come_is_found_though_her_name_is_the_last(world):
    held = {"society": world.societies["north"], "branch": world.branches["arna"], "languages": ["uz"]}
    Volunteer.objects.bulk_create(
        Volunteer(name=f"Aza {number}", name_key=f"aza {number:04}", **held) for number in range(1001)
    )
    helper(world, "Zuhra Practice")
    row = made(world)
    assert "Zuhra Practice" in world.client("ibrat").get(page_of(row)).text
    found = candidates(row, to=world.staff["ibrat"], at=timezone.now())
    assert [one.row.name for one in found.rows] == ["Zuhra Practice"] and not found.more


def test_a_returnee_lands_two_hours_late_and_the_third_volunteer_meets_her(world, settings):
    settings.PANAH_HOST_SENDS_MAIL = True
    first, second, third = (
        helper(world, "Practice First", ties="Practice village"),
        helper(world, "Practice Second", email=""),
        helper(world, "Practice Third"),
    )
    row = made(world)
    ask(world, row, first, second, third)
    with tenancy.tenant_context(row.society_id):
        channels.deliver_due(at=timezone.now())
    assert [(one.to, one.subject, one.body) for one in mail.outbox] == 2 * [
        (["practice@example.org"], "Your branch asks", "Your branch asks: please open Panah.")
    ]
    # Two hours late: the hours change.
    late = timezone.now() + timedelta(hours=8)
    moved = {"place": PLACE} | moment("starts_at", late) | moment("ends_at", late + timedelta(hours=3))
    assert (
        world.client("ibrat").post(reverse("volunteers:call_out_move", args=[row.pk]), moved).status_code
        == 302
    )
    # The first is from the village of the person: the branch learns only that there is a tie to ask about.
    answered(row, first)
    assert DueItem.objects.filter(subject=row.pk, purpose="answered", done_at=None).exists()
    asks = press(world, row, "choose", first)
    assert (
        asks.status_code == 200 and "A tie to ask about" in asks.text and "Practice village" not in asks.text
    )
    assert states(row)["Practice First"] == Answer.YES
    assert press(world, row, "choose", first, tie="same").status_code == 302
    assert states(row)["Practice First"] == Answer.NOT_CHOSEN
    # The second has no credit: nobody could write to her, and the telephone says so.
    assert press(world, row, "answer", second, answer="not_reached").status_code == 302
    answered(row, third)
    assert press(world, row, "choose", third).status_code == 302
    row.refresh_from_db()
    assert (row.state, states(row)["Practice Third"]) == ("filled", Answer.CHOSEN)
    assert not DueItem.objects.filter(subject=row.pk, done_at=None).exists()
    # Nothing in the rows tells place or hour, or why somebody was not taken.
    assert PLACE.encode() not in bytes(row.sealed) and not [
        one for one in CallOut._meta.get_fields() if one.get_internal_type() == "DateTimeField"
    ]


def test_whoever_cancels_late_is_followed_by_the_next_who_said_yes(world):
    first, second, tied = (
        helper(world, "Practice First"),
        helper(world, "Practice Second"),
        helper(world, "Practice Tied", ties="x"),
    )
    row = made(world)
    ask(world, row, first, second, tied)
    for one in (first, tied, second):
        answered(row, one)
    press(world, row, "choose", first)
    assert press(world, row, "cancelled", first).status_code == 302
    # The tied one said yes before: but somebody has to ask about the tie first.
    assert states(row) == {
        "Practice First": Answer.WITHDREW, "Practice Second": Answer.CHOSEN, "Practice Tied": Answer.YES,
    }  # fmt: skip
    press(world, row, "cancelled", second)
    row.refresh_from_db()
    assert row.state == "open"
    item = DueItem.objects.get(subject=row.pk, purpose="reopened", done_at=None)
    assert (item.owner, item.urgency) == (world.staff["ibrat"], "now")


def test_hours_that_are_promised_and_rest_that_is_missing_are_said_before_anybody_is_asked(world):
    busy, staff = helper(world, "Practice Busy"), helper(world, "Practice Colleague")
    staff.staff = world.staff["elena"]
    staff.save()
    row = made(world, wanted=2)
    ask(world, row, busy, staff)
    for one in (busy, staff):
        answered(row, one)
        press(world, row, "choose", one)
    text = world.client("ibrat").get(page_of(made(world))).text
    assert text.count("Something else is promised in these hours.") == 2
    # Whoever signs in too stands on the roster with these hours: one engine for both.
    starts = timezone.now() + timedelta(hours=10)
    found = roster.broken_limits(
        staff=world.staff["elena"], starts_at=starts, ends_at=starts + timedelta(hours=2), at=timezone.now()
    )
    assert found.little_rest
    assert "Helps the branch" in world.client("bakyt").get(reverse("accounts:roster")).text


def test_quiet_hours_hold_a_message_back_until_they_end(world, settings):
    settings.PANAH_HOST_SENDS_MAIL = True
    one = helper(world, "Practice Sleeper", availability=[])
    row, at = made(world), timezone.localtime().replace(hour=23, minute=30)
    with tenancy.tenant_context(row.society_id):
        callouts.ask_volunteers(by=world.staff["ibrat"], row=row, volunteers=[str(one.pk)], at=at)
    due = timezone.localtime(Delivery.objects.get().due_at)
    assert (due.hour, due.date()) == (7, at.date() + timedelta(days=1))
    # The place is filled meanwhile: nobody is written to in the morning for nothing.
    callouts.close_call_out(by=world.staff["ibrat"], row=row, at=at)
    assert not Delivery.objects.exists()


def test_whoever_leaves_or_takes_her_yes_back_is_not_written_to(world, settings):
    settings.PANAH_HOST_SENDS_MAIL = True
    one = helper(world, "Practice Leaves")
    ask(world, row := made(world), one)
    one.may_be_contacted = False
    one.save()
    with tenancy.tenant_context(row.society_id):
        channels.deliver_due(at=timezone.now())
    assert not mail.outbox and Delivery.objects.get().state == "failed"


def test_bad_hours_meet_a_sentence_and_nothing_typed_is_lost(world):
    now = timezone.now()
    bad = wanted(world, **moment("ends_at", now + timedelta(hours=1)))
    text = world.client("ibrat").post(LIST + "new/", bad).text
    assert "The end lies before the beginning" in text and PLACE in text
    over = moment("starts_at", now - timedelta(hours=5)) | moment("ends_at", now - timedelta(hours=4))
    assert "These hours are over." in world.client("ibrat").post(LIST + "new/", wanted(world, **over)).text


def test_another_branch_and_another_society_find_no_such_call_out(world):
    row = made(world, "bakyt", branch=world.branches["besh"].pk)
    for who in ("ibrat", "rustam", "amina", "cholpon"):
        assert world.client(who).get(page_of(row)).status_code == 404
    assert "Write" not in world.client("ibrat").get(LIST).text
    other = world.client("ibrat").post(LIST + "new/", wanted(world, branch=world.branches["besh"].pk))
    assert other.status_code == 422


def test_an_answer_that_comes_when_the_place_is_filled_is_thanked(world):
    first, second = helper(world, "Practice First"), helper(world, "Practice Second")
    row = made(world)
    ask(world, row, first, second)
    answered(row, first)
    press(world, row, "choose", first)
    with pytest.raises(Refusal, match="place-filled"):
        answered(row, second)
    # A second press finds it done.
    assert "changed meanwhile" in press(world, row, "choose", first).text
    assert states(row) == {"Practice First": Answer.CHOSEN, "Practice Second": Answer.WAITING}


@pytest.mark.parametrize(
    ("hour", "quiet", "leaves"),
    [(23, (22, 7), 7), (3, (22, 7), 7), (12, (22, 7), 12), (13, (12, 15), 15), (9, (8, 8), 9)],
)
def test_quiet_hours_by_the_clock(hour, quiet, leaves):
    at = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    assert helping_rules.leaves_at(at, quiet).hour == leaves


def test_ties_are_sealed(world):
    one = helper(world, "Practice Tied", ties="Practice village")
    one.refresh_from_db()
    assert b"Practice village" not in bytes(one.details)
    assert sealed_details.read(one)["ties"] == "Practice village"


def test_what_is_over_closes_by_itself_and_is_forgotten_after_three_months(world):
    one = helper(world, "Practice Fits")
    ask(world, row := made(world), one)
    answered(row, one)
    volunteers.look_after_register(at=timezone.now() + timedelta(hours=1))
    row.refresh_from_db()
    assert row.state == "open"
    with tenancy.tenant_context(row.society_id):
        volunteers.look_after_register(at=timezone.now() + timedelta(days=2))
        row.refresh_from_db()
        assert row.state == "closed" and not DueItem.objects.filter(subject=row.pk, done_at=None).exists()
        volunteers.look_after_register(at=timezone.now() + timedelta(days=100))
    assert not CallOut.objects.exists() and not Asked.objects.exists()


def test_nobody_asks_for_help_near_a_branch_of_another_society(world):
    starts = timezone.now() + timedelta(hours=6)
    with pytest.raises(Refusal, match="no-such-branch"):
        callouts.call_out(
            by=world.staff["bakyt"], branch=str(world.branches["sora"].pk), what="meet", language="", wanted=1,
            meets_person=False, place=PLACE, note="", starts_at=starts, ends_at=starts + timedelta(hours=2),
            at=timezone.now(),
        )  # fmt: skip
    assert not CallOut.objects.exists()
