"""Who may be put on which duty, what is missing in the coming days, and one week copied to the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.eligibility import ELIGIBLE, Unfit
from panah.ground.accounts.models import Duty, RoleHeld
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.models import KeyHeld
from panah.ground.work import actions as work
from panah.ground.work.models import DueItem
from tests.accounts.duty_forms import on_duty_form


def full_hour():
    """The hour that struck last; asked when a test needs it, however long the tests before it took."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def bakyts(world):
    for name in ("elena", "saule", "bakyt", "amina"):
        world.staff[name].email = f"{name}@practice.example"
        world.staff[name].save()
    return world.client("bakyt")


def put(client, world, who, what, *, hours=8, after=2, **more):
    # Never at the full hour that may strike meanwhile: before it there would be no gap, and after it she is on duty.
    starts = full_hour() + timedelta(hours=after)
    form = on_duty_form(world.staff[who], starts, starts + timedelta(hours=hours)) | {"what": what} | more
    return client.post("/me/roster/put", form)


@pytest.mark.parametrize(
    ("who", "what", "said"),
    [
        ("timur", "danger", "do not go with this duty"),
        ("nurlan", "danger_second", "do not go with this duty"),
        ("ibrat", "calls", "do not go with this duty"),
        ("amina", "calls", "do not go with this duty"),
        ("amina", "intake", "does not hold the intake key"),
        ("elena", "shelter", "do not go with this duty"),
    ],
)
def test_nobody_is_put_on_a_duty_she_can_do_nothing_on(world, bakyts, who, what, said):
    for insisting in ({}, {"anyway": "on"}):
        answer = put(bakyts, world, who, what, **insisting)
        assert answer.status_code == 422 and said in answer.content.decode()
    assert not Duty.objects.exists()


@pytest.mark.parametrize(
    ("who", "what"), [("elena", "calls"), ("amina", "danger"), ("saule", "intake"), ("gulnar", "shelter")]
)
def test_whoever_can_do_it_is_put_on_it(world, bakyts, who, what):
    assert put(bakyts, world, who, what).status_code == 302
    assert Duty.objects.get().staff == world.staff[who]


def test_an_operator_whose_key_was_taken_is_not_put_on_calls(world, bakyts):
    KeyHeld.objects.filter(staff=world.staff["elena"], key__kind="L").delete()
    assert "holds the key of no line" in put(bakyts, world, "elena", "calls").content.decode()


def test_eighteen_hours_at_once_are_asked_about_and_done_only_when_it_is_said_again(world, bakyts):
    answer = put(bakyts, world, "elena", "calls", hours=18)
    page = answer.content.decode()
    assert answer.status_code == 422 and "limit of 12 hours" in page and "all the same" in page
    assert not Duty.objects.exists()
    assert put(bakyts, world, "elena", "calls", hours=18, anyway="on").status_code == 302
    assert "all the same" not in bakyts.get("/me/roster").content.decode(), "nobody ticks it beforehand"


def test_whoever_no_channel_reaches_is_put_on_danger_only_when_it_is_said_again(world, bakyts):
    answer = put(bakyts, world, "cholpon", "danger")
    assert answer.status_code == 422 and "No channel reaches this colleague" in answer.content.decode()
    assert put(bakyts, world, "cholpon", "danger", anyway="on").status_code == 302


def test_first_and_second_are_two_people_and_nobody_is_on_a_duty_twice(world, bakyts):
    put(bakyts, world, "saule", "danger")
    for what in ("danger", "danger_second"):
        answer = put(bakyts, world, "saule", what, after=3)
        assert answer.status_code == 422 and "at that time already" in answer.content.decode()
    assert put(bakyts, world, "amina", "danger_second", after=3).status_code == 302


def test_a_room_above_can_say_who_is_too_young(world, bakyts):
    young = Unfit("age", "This colleague is under 18.", "Choose an adult.")

    def check(staff, what, at):
        return {one.pk: young for one in staff if one.username == "elena"}

    with ELIGIBLE.temporarily("ages", check):
        assert "under 18" in put(bakyts, world, "elena", "calls").content.decode()


def test_who_lost_a_role_or_key_since_is_seen_on_the_roster_and_on_the_focal_points_lists(world, bakyts):
    put(bakyts, world, "elena", "calls")
    assert "key of no line" not in bakyts.get("/me/roster").content.decode()
    KeyHeld.objects.filter(staff=world.staff["elena"], key__kind="L").delete()
    RoleHeld.objects.filter(staff=world.staff["elena"]).delete()
    page = bakyts.get("/me/roster").content.decode()
    assert "holds the key of no line" in page and "do not go with this duty" in page
    assert "key of no line" not in world.client("gulnar").get("/me/roster").content.decode()
    work.check_rosters(at=timezone.now())
    work.check_rosters(at=timezone.now())
    items = DueItem.objects.filter(purpose="roster", society=world.societies["north"], done_at=None)
    assert sorted(one.owner.username for one in items) == ["bakyt", "saule"]


def test_gaps_of_the_coming_week_are_said_hour_by_hour(world, bakyts):
    put(bakyts, world, "elena", "calls", after=3, hours=8)
    put(bakyts, world, "saule", "calls", after=13, hours=8)
    page = bakyts.get("/me/roster").content.decode()
    assert "5 gaps in the coming week" in page, (
        "calls: before, between and after; danger: first and second all week"
    )


def test_a_roster_without_a_gap_leaves_the_lists(world, bakyts):
    work.check_rosters(at=timezone.now())
    items = DueItem.objects.filter(purpose="roster", society=world.societies["north"])
    assert items.filter(done_at=None).count() == 2
    begins = full_hour() - timedelta(hours=1)
    for half in range(20):
        starts = begins + timedelta(hours=12 * half)
        answering = "elena" if half % 2 else "bakyt"
        for who, what in ((answering, "calls"), ("amina", "danger"), ("saule", "danger_second")):
            accounts.put_on_duty(
                staff=world.staff[who],
                what=what,
                starts_at=starts,
                ends_at=starts + timedelta(hours=12),
                at=timezone.now(),
            )
    work.check_rosters(at=timezone.now())
    assert not items.filter(done_at=None).exists()


def test_the_week_is_copied_at_the_same_hours_and_whoever_does_not_fit_is_left_out(world, bakyts):
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday()) + timedelta(days=7)
    first = timezone.make_aware(timezone.datetime(monday.year, monday.month, monday.day, 9))
    for who, what, days in (("elena", "calls", 0), ("saule", "danger", 2), ("timur", "danger_second", 3)):
        starts = first + timedelta(days=days)
        accounts.put_on_duty(
            staff=world.staff[who],
            what=what,
            starts_at=starts,
            ends_at=starts + timedelta(hours=8),
            at=timezone.now(),
        )
    page = bakyts.post("/me/roster/copy", {"monday": f"{monday:%Y-%m-%d}"}, follow=True).content.decode()
    assert "2 duties were copied." in page and "1 was left out" in page
    copied = Duty.objects.filter(starts_at__gte=first + timedelta(days=7)).order_by("starts_at")
    assert [(one.staff.username, timezone.localtime(one.starts_at).hour) for one in copied] == [
        ("elena", 9), ("saule", 9),
    ]  # fmt: skip
    page = bakyts.post("/me/roster/copy", {"monday": f"{monday:%Y-%m-%d}"}, follow=True).content.decode()
    assert "0 duties were copied." in page and Duty.objects.count() == 5, "twice changes nothing"


@pytest.mark.parametrize("name", ["amina", "rustam"])
def test_nobody_else_copies_the_roster(world, name):
    with pytest.raises(Refusal):
        accounts.copy_week(monday=timezone.localdate(), by=world.staff["amina"], at=timezone.now())
    world.client(name).post("/me/roster/copy", {"monday": f"{timezone.localdate():%Y-%m-%d}"})
    assert not Duty.objects.exists()


def test_the_duty_telephone_stands_on_the_roster(world, bakyts):
    world.staff["elena"].duty_phone = "+996555010203"
    world.staff["elena"].save()
    dialled_numbers.keep([world.staff["elena"]])
    put(bakyts, world, "elena", "calls")
    shown = 'href="tel:+996555010203"'
    assert shown in bakyts.get("/me/roster").content.decode(), "who keeps the roster reads them all"
    assert shown not in world.client("gulnar").get("/me/roster").content.decode(), "she is not on duty yet"
    now = timezone.now()
    Duty.objects.update(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    assert shown in world.client("gulnar").get("/me/roster").content.decode()
