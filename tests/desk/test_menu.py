"""The menu: two to four rooms of the day for each kind of work, then the directory, help for oneself, the society."""

import re

import pytest
from django.urls import reverse

from panah.ground.kit import nav

ROOMS_OF_THE_DAY = {
    "amina": ["day", "inbox", "cases"],
    "bakyt": ["day", "calls", "inbox", "cases"],
    "elena": ["day", "calls"],
    "gulnar": ["day", "shelter"],
    "zarina": ["day", "complaints", "journal"],
    "nurlan": ["day", "month", "evidence"],
    "timur": ["day"],
    "ibrat": ["day", "training", "volunteers", "prevention"],
}


def parts(staff):
    return {str(part.label): [one.key for one in part.entries] for part in nav.menu(staff)}


@pytest.mark.parametrize(("who", "rooms"), ROOMS_OF_THE_DAY.items())
def test_each_finds_the_rooms_of_her_day_first(world, who, rooms):
    assert parts(world.staff[who])[""] == rooms


def test_bakyt_finds_the_rest_by_what_he_does(world):
    found = parts(world.staff["bakyt"])
    assert list(found) == ["", "Directory", "Help for me", "Society"]
    helpers = ["call_outs", "interpreters", "programmes", "training", "volunteers", "prevention"]
    helpers += ["materials", "public_door"]
    assert found["Directory"][:2] == ["shelter", "network"]
    assert sorted(found["Directory"][2:]) == sorted([*helpers, "cooperation", "exchange"])
    assert found["Help for me"] == ["complaints", "safety", "card"]
    assert sorted(found["Society"]) == [
        *(
            "channels",
            "colleagues",
            "commitments",
            "duty",
            "evidence",
            "figures",
            "journal",
            "library",
            "model",
            "month",
            "network_report",
        ),
        *("page_texts", "team"),
    ]


def test_paired_societies_stand_in_the_menu_of_focal_points_and_others_find_them_beside_the_partners(world):
    assert "exchange" not in parts(world.staff["amina"])["Directory"]
    page = world.client("amina").get(reverse("directory:services")).text
    assert f'href="{reverse("exchange:peers")}"' in page


def test_whatever_a_colleague_may_enter_stands_exactly_once(world):
    for staff in world.staff.values():
        keys = [one.key for part in nav.menu(staff) for one in part.entries]
        wanted = [key for key, one in nav.MENU.items() if one.visible(staff)]
        assert sorted(keys) == sorted(wanted)


def test_the_shortcuts_of_the_menu_are_listed_and_lead_there(world):
    page = world.client("bakyt").get("/kit/keys").text
    for go in ("gd", "gt", "gl", "gi", "gc", "gb"):
        assert f'data-go="{go}"' in page
        assert f"<kbd>{go[1].upper()}</kbd>" in page


def test_the_menu_in_russian_has_its_headings(world):
    bakyt = world.staff["bakyt"]
    bakyt.language = "ru"
    bakyt.save()
    page = world.client("bakyt").get("/").text
    for heading in ("Справочник", "Помощь для меня", "Общество"):
        assert re.search(rf"<summary id=\"menu-\d\">\s*{heading}", page)


FOLD = re.compile(r'<details(?P<open> open)? ?>\s*<summary id="menu-\d">\s*(?P<label>[^<]*?)\s*<', re.DOTALL)


def folded(page):
    """The headings under which the menu is folded, and whether each is open."""
    return {one["label"]: bool(one["open"]) for one in FOLD.finditer(page)}


def test_whoever_has_many_roles_sees_her_day_and_the_rest_folded_but_where_she_is(world):
    bakyt = world.client("bakyt")
    assert folded(bakyt.get("/").text) == {"Directory": False, "Help for me": False, "Society": False}
    assert folded(bakyt.get(reverse("accounts:roster")).text) == {
        "Directory": False, "Help for me": False, "Society": True,
    }  # fmt: skip


def test_whoever_has_few_places_sees_them_all(world):
    page = world.client("gulnar").get("/").text
    assert folded(page) == {}
    assert ">Directory</p>" in page


def test_what_waits_under_a_folded_heading_is_counted_beside_it(world):
    waits = (nav.Count(2), None, nav.Count(1, "urgent"))
    part = nav.MenuPart("Help", [nav.Entry("", "/", "", "", "", one) for one in waits])
    assert part.count == nav.Count(3, "urgent")
    assert nav.MenuPart("Help", part.entries[1:2]).count is None
