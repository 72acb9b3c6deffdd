"""The call-out tree for days without power: hours, names and numbers on paper, for whoever keeps the roster alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.audit.models import Entry
from panah.ground.directory.models import HotlineNumber
from panah.ground.foundation import dialled_numbers

TREE = "/calls/paper/call-out/"
NUMBERS = {
    "amina": "+996555000001",
    "saule": "+996555000002",
    "cholpon": "+996555000003",
    "elena": "+996555000004",
}


@pytest.fixture
def roster(world):
    """Today: Amina first, Saule second until eight in the evening, then Cholpon alone; Elena answers calls."""
    for name, number in NUMBERS.items():
        world.staff[name].duty_phone = number
        world.staff[name].save()
        dialled_numbers.keep([world.staff[name]])
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for name, what, begins, ends in (
        ("amina", "danger", 8, 20),
        ("saule", "danger_second", 8, 20),
        ("cholpon", "danger", 20, 32),
        ("elena", "calls", 8, 16),
    ):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff[name], what=what,
            starts_at=midnight + timedelta(hours=begins), ends_at=midnight + timedelta(hours=ends),
        )  # fmt: skip


def printed(client, language="en", **given):
    answer = client.post(
        f"{TREE}?in={language}", {"week": f"{timezone.localdate():%Y-%m-%d}", "branch": "", **given}
    )
    assert answer.status_code == 200, answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def hours(page, what):
    """The line of some hours of the first day."""
    return page[page.index(what) :].split("__:__")[0]


def test_bakyt_prints_who_is_first_second_and_next_with_telephone_and_hours(world, paired, roster):
    HotlineNumber.objects.create(
        society=world.societies["south"], iso2="XB", name_en="Duty of South", number="+000 77", kind="own"
    )
    dialled_numbers.accept(world.societies["south"].pk)
    bakyts = world.client("bakyt")
    assert f'href="{TREE}"' in bakyts.get("/me/roster").content.decode()
    page = printed(bakyts)
    by_day = hours(page, "8:00–20:00" if "8:00–20:00" in page else "08:00–20:00")
    assert (
        by_day.index("Amina")
        < by_day.index("+996555000001")
        < by_day.index("Saule")
        < by_day.index("Cholpon")
    )
    at_night = hours(page, "20:00–00:00" if "20:00–00:00" in page else "20:00–0:00")
    assert "Cholpon" in at_night and "+996555000003" in at_night and "Amina" not in at_night
    assert "Nobody is on duty: ring the focal points." in page
    assert "Elena" in page and "+996555000004" in page
    assert "Duty of South" in page and "+000 77" in page
    assert "every ten minutes, until somebody answers" in page and "☐" in page and "__:__" in page
    for one in ("Focal points", "Bakyt", "Emergency numbers"):
        assert one in page


def test_a_night_that_two_days_share_stands_on_each_with_its_own_hours_duty_by_duty(world, roster):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for what, begins, ends in (("shelter", 6, 30), ("calls", 20, 32)):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff["saule"], what=what,
            starts_at=midnight + timedelta(hours=begins), ends_at=midnight + timedelta(hours=ends),
        )  # fmt: skip
    others = re.findall(r"☐ ([A-Z][a-z]+, \d{1,2}:00–\d{1,2}:00): (\w+)", printed(world.client("bakyt")))
    told = [(hours.replace(" 0", " "), who) for hours, who in others]
    assert told[:3] == [
        ("Calls, 8:00–16:00", "Elena"),
        ("Calls, 20:00–00:00", "Saule"),
        ("Shelter, 6:00–00:00", "Saule"),
    ]
    assert told[3:] == [("Calls, 0:00–08:00", "Saule"), ("Shelter, 0:00–06:00", "Saule")], "the morning after"


def test_the_tree_is_printed_in_russian_too_whatever_language_she_reads(world, roster):
    page = printed(world.client("bakyt"), "ru")
    assert "Схема оповещения" in page and "кто кому звонит" in page and "Call-out" not in page


def test_the_tree_of_a_branch_leaves_out_what_others_are_on_but_never_danger(world, roster):
    besh = next(one for one in world.societies["north"].branches.all() if one.slug == "besh")
    page = printed(world.client("bakyt"), branch=str(besh.pk))
    assert "Amina" in page and "Elena" not in page


def test_each_print_is_in_the_journal_and_looking_at_the_choice_is_not(world, roster):
    bakyts = world.client("bakyt")
    before = Entry.objects.filter(event="hotline:call-tree:printed").count()
    bakyts.get(TREE)
    assert Entry.objects.filter(event="hotline:call-tree:printed").count() == before
    printed(bakyts)
    assert Entry.objects.filter(event="hotline:call-tree:printed").count() == before + 1


@pytest.mark.parametrize("who", ["amina", "elena", "timur", "zarina"])
def test_whoever_does_not_read_everybodys_telephone_prints_none(world, roster, who):
    client = world.client(who)
    assert client.get(TREE).status_code == 404
    answer = client.post(TREE, {"week": f"{timezone.localdate():%Y-%m-%d}"})
    assert answer.status_code == 404 and "+996555000001" not in answer.content.decode()
    assert f'href="{TREE}"' not in client.get("/me/roster").content.decode()


def test_the_tree_of_the_south_holds_nobody_of_the_north(world, roster):
    page = printed(world.client("rustam"))
    assert "Amina" not in page and not any(number in page for number in NUMBERS.values())
