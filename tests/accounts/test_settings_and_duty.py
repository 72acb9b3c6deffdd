"""My settings, my sign-ins, the roster."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts import queries, roster, rules
from panah.ground.accounts.models import Duty, RoleHeld
from panah.ground.foundation.errors import Refusal
from panah.ground.network import actions as network
from panah.ground.network.words import RuleKey
from tests.accounts.duty_forms import on_duty_form
from tests.conftest import PASSPHRASE

EIGHT = datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_amina_changes_her_language_and_the_next_page_speaks_it(world):
    client = world.client("amina")
    given = {
        "language": "ru",
        "theme": "dark",
        "speaks": ["uz", "ru"],
        "email": "amina@example.org",
        "passphrase": PASSPHRASE,
    }
    page = client.post("/me/settings", given, follow=True).content.decode()
    assert (
        "Мои настройки" in page
        and 'data-theme="dark"' in page
        and 'data-shortcuts="off"' in page
        and "Сохранено." in page
    )
    assert client.post("/me/settings", given | {"language": "xx"}).status_code == 422
    assert client.post("/me/settings", given | {"email": "no address"}).status_code == 422


def test_a_duty_telephone_stands_where_it_is_changed_and_stays_when_something_else_is(world):
    """Danger was called on no number, since a focal point had changed how light her pages are."""
    client, mine = (
        world.client("bakyt"),
        {"language": "en", "theme": "dark", "email": "", "duty_phone": "+77010001122"},
    )
    client.post("/me/settings", mine | {"passphrase": PASSPHRASE})
    stands = re.search(r'name="duty_phone"[^>]*value="([^"]*)"', client.get("/me/settings").content.decode())
    assert stands and stands[1] == "+77010001122"
    assert client.post("/me/settings", mine | {"duty_phone": stands[1], "theme": "light"}).status_code == 302
    assert queries.duty_phone(queries.staff_by_id(world.staff["bakyt"].pk)).phone == "+77010001122"


def test_amina_sees_her_sign_ins_and_ends_all_others(world):
    here, there = world.client("amina"), world.client("amina")
    page = here.get("/me/settings").content.decode()
    # What stands in a template is no part of the page yet: the sheet of a locked vault speaks of this browser too.
    shown = re.sub(r"<template.*?</template>", "", page, flags=re.S)
    assert shown.count("this browser") == 1 and "End all others" in shown
    here.post("/me/sessions/end-others")
    assert there.get("/").status_code == 302 and here.get("/").status_code == 200


def test_amina_ends_one_sign_in_and_cannot_end_cholpons(world):
    here, there, cholpon = world.client("amina"), world.client("amina"), world.client("cholpon")
    hers = queries.own_sessions(world.staff["cholpon"], current="")[0]
    here.post(f"/me/sessions/{hers.key}/end")
    assert cholpon.get("/").status_code == 200
    other = next(
        s
        for s in queries.own_sessions(world.staff["amina"], current=here.session.session_key)
        if not s.this_one
    )
    here.post(f"/me/sessions/{other.key}/end")
    assert there.get("/").status_code == 302


def test_bakyt_puts_elena_on_duty_and_a_long_duty_is_said_and_done_when_it_is_said_again(world):
    client, now = world.client("bakyt"), timezone.now()
    form = on_duty_form(world.staff["elena"], now - timedelta(hours=1), now + timedelta(hours=14))
    asked = client.post("/me/roster/put", form).content.decode()
    assert "all the same" in asked and "limit of 12 hours" in asked
    assert client.post("/me/roster/put", form | {"anyway": "on"}).status_code == 302
    page = client.get("/me/roster").content.decode()
    assert "longer than 12 hours" in page and "Elena" in page
    assert queries.on_duty(world.societies["north"].pk, "calls", at=timezone.now()) == [world.staff["elena"]]
    client.post(f"/me/roster/{Duty.objects.get().pk}/off")
    assert queries.on_duty(world.societies["north"].pk, "calls", at=timezone.now()) == []


def test_a_duty_that_ends_before_it_begins_keeps_what_was_typed(world):
    now = timezone.now()
    form = on_duty_form(world.staff["elena"], now + timedelta(hours=4), now + timedelta(hours=2))
    page = world.client("bakyt").post("/me/roster/put", form).content.decode()
    assert "ends after it begins" in page and not Duty.objects.exists()


@pytest.mark.parametrize("name", ["amina", "elena", "timur", "rustam"])
def test_only_a_focal_point_of_the_society_changes_its_roster(world, name):
    now = timezone.now()
    duty = accounts.put_on_duty(
        staff=world.staff["elena"], what="calls", starts_at=now, ends_at=now + timedelta(hours=8), at=now
    )
    client = world.client(name)
    answer = client.post("/me/roster/put", on_duty_form(world.staff["elena"], now, now + timedelta(hours=1)))
    assert answer.status_code in (200, 404, 409, 422) and Duty.objects.count() == 1
    assert client.post(f"/me/roster/{duty.pk}/off").status_code in (404, 409) and Duty.objects.count() == 1
    assert ("Elena" in client.get("/me/roster").content.decode()) == (name != "rustam")


@pytest.mark.parametrize(
    ("gap", "warned"),
    [(timedelta(hours=10), True), (timedelta(hours=11), False), (timedelta(hours=-1), False)],
)
def test_less_than_eleven_hours_between_two_duties_is_too_little_rest(gap, warned):
    first = (EIGHT, EIGHT + timedelta(hours=8))
    second = (first[1] + gap, first[1] + gap + timedelta(hours=8))
    assert rules.too_little_rest(*first, [first, second]) is warned
    assert rules.too_little_rest(*second, [first, second]) is warned


def test_a_rest_that_is_too_short_is_said_when_the_duty_is_planned_by_the_societys_own_limit(world):
    client, now = world.client("bakyt"), timezone.now().replace(minute=0, second=0, microsecond=0)
    client.post("/me/roster/put", on_duty_form(world.staff["elena"], now, now + timedelta(hours=8)))
    later = on_duty_form(world.staff["elena"], now + timedelta(hours=20), now + timedelta(hours=26))
    client.post("/me/roster/put", later)
    assert "of rest" not in client.get("/me/roster").content.decode().replace("short rest", ""), (
        "twelve hours between"
    )
    network.edit_rule_line(
        society=world.societies["north"], key=RuleKey.REST_HOURS, value=16, text_en="", text_ru="", source="",
        valid_from=timezone.localdate(), by=world.staff["bakyt"], at=now,
    )  # fmt: skip
    late = on_duty_form(world.staff["bakyt"], now, now + timedelta(hours=8))
    client.post("/me/roster/put", late)
    late = on_duty_form(world.staff["bakyt"], now + timedelta(hours=20), now + timedelta(hours=26))
    page = client.post("/me/roster/put", late).content.decode()
    client.post("/me/roster/put", late | {"anyway": "on"})
    assert "less than 16 hours of rest before or after it" in page and Duty.objects.count() == 4
    on_call = late | {"what": "danger"} | {"staff": str(world.staff["saule"].pk)}
    assert "before or after it" not in client.post("/me/roster/put", on_call, follow=True).content.decode()


def test_twelve_hours_are_not_too_long_and_a_minute_more_is():
    assert not rules.too_long(EIGHT, EIGHT + timedelta(hours=12))
    assert rules.too_long(EIGHT, EIGHT + timedelta(hours=12, minutes=1))


def test_a_society_keeps_two_focal_points_when_roles_change(world):
    with pytest.raises(Refusal, match="too-few-focal-points"):
        accounts.change_roles(
            staff=world.staff["saule"],
            roles=["caseworker"],
            branch=None,
            by=world.staff["bakyt"],
            at=world.at,
        )
    assert RoleHeld.objects.filter(staff=world.staff["saule"], role="focal_point").exists()
    added, taken = accounts.change_roles(
        staff=world.staff["amina"],
        roles=["intake"],
        branch=world.branches["besh"],
        by=world.staff["bakyt"],
        at=world.at,
    )
    assert (added, taken) == ({"intake"}, {"caseworker"}) and world.staff["amina"].branch == world.branches[
        "besh"
    ]


@pytest.mark.parametrize("username", ["", "a", "Ä", "1abc", "a b", "x" * 33, "a'--"])
def test_a_sign_in_name_is_plain(world, username):
    with pytest.raises(Refusal, match="bad-username"):
        accounts.add_colleague(
            society=world.societies["north"],
            username=username,
            name="X",
            roles=[],
            by=world.staff["bakyt"],
            at=world.at,
        )


def test_the_roster_stands_by_day_with_what_goes_on_now_first(world):
    at = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=5), time(9)))
    for hours in (0, 24, 36):
        starts = at + timedelta(hours=hours)
        length = timedelta(hours=24 if hours == 36 else 12)
        accounts.put_on_duty(
            staff=world.staff["elena"], what="calls", starts_at=starts, ends_at=starts + length, at=at
        )
    days = roster.by_day(roster.roster(to=world.staff["bakyt"], at=at + timedelta(hours=1)))
    first = timezone.localdate(at)
    assert [(part.day, len(part.lines)) for part in days] == [(None, 1), (first + timedelta(days=1), 2)]
    lasts = [line.ends_on for part in days for line in part.lines]
    assert lasts == [None, None, first + timedelta(days=2)], "the day is said where the hours do not tell it"
