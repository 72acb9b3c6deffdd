"""No path leads from volunteers, trainings, prevention and the model to a person's file; a planted one is found."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.urls import path, resolve

from panah.people.cases.models import Case
from panah.people.cases.views import lists as case_pages
from panah.programmes.training.views import courses as course_pages
from panah.programmes.volunteers.models import Volunteer
from tests.guard import isolation
from tests.guard.isolation import (
    ROOMS,
    Route,
    above,
    modules,
    room_of,
    routes,
    scripts,
    templates,
    ways_by_address,
    ways_by_import,
    ways_by_name,
    ways_by_relation,
    ways_by_script,
    ways_by_template,
)
from tests.walk import Sheet, come_in, kind_of, links_of, sheet

TABLES = [one for room in ROOMS for one in apps.get_app_config(room).get_models()]
FILES = {
    "cases",
    "hotline",
    "shelter",
    "referrals",
    "screening",
    "inbox",
    "intake",
    "finding",
    "family_links",
}


def test_the_rooms_with_peoples_files_stand_above_these_four():
    assert above() >= FILES and above().isdisjoint({*ROOMS, "work", "vault", "accounts", "safety"})


# ---- what is there ----


def test_no_import_leads_to_a_file():
    assert ways_by_import(modules()) == []


def test_no_text_in_the_code_names_a_table_or_an_address_of_a_file():
    assert ways_by_name(modules(ROOMS)) == []


def test_no_relation_of_a_table_leads_to_a_file():
    assert len(TABLES) > 30 and ways_by_relation(TABLES) == []


def test_no_template_and_no_script_leads_to_a_file():
    assert ways_by_template(templates()) == [] and ways_by_script(scripts()) == []


def test_every_address_of_these_rooms_is_answered_by_one_of_them():
    assert {one.room for one in routes()} >= set(ROOMS)
    assert ways_by_address(routes()) == []


# ---- what is planted ----


@pytest.mark.parametrize(
    "planted",
    [
        "from panah.people.cases import actions as cases",
        "import panah.people.hotline.models",
        "def later():\n    from panah.people.shelter.queries import house",
        "if TYPE_CHECKING:\n    from panah.people.referrals.models import Referral",
    ],
)
def test_a_planted_import_is_found(planted):
    for room in ROOMS:
        found = ways_by_import({**modules(), f"panah.programmes.{room}.planted": planted})
        assert len(found) == 1 and found[0].startswith(f"panah.programmes.{room}.planted imports panah.")


def test_an_import_that_goes_round_by_a_room_below_is_found():
    house = modules() | {
        "panah.programmes.training.planted": "from panah.ground.work.planted import case_of",
        "panah.ground.work.planted": "from panah.people.cases.queries import case_of",
    }
    assert ways_by_import(house) == [
        "panah.ground.work.planted imports panah.people.cases.queries.case_of, and comes from panah.programmes.training.planted"
    ]


@pytest.mark.parametrize(
    "planted",
    [
        'reverse("cases:case", args=[number])',
        'apps.get_model("cases.Case")',
        'import_module("panah.people.hotline.queries")',
        'redirect("/calls/log/")',
        'requests.get(f"/cases/{number}/")',
    ],
)
def test_a_planted_name_is_found(planted):
    (found,) = ways_by_name({"panah.programmes.prevention.planted": planted})
    assert found.startswith("panah.programmes.prevention.planted says")


@isolate_apps("panah.programmes.training", "panah.people.cases")
def test_a_planted_foreign_key_is_found_also_behind_another_table():
    class Planted(models.Model):
        case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "training"

    class Behind(models.Model):
        planted = models.ForeignKey(Planted, on_delete=models.CASCADE, related_name="+")
        stay_id = models.UUIDField()

        class Meta:
            app_label = "training"

    Planted.__module__ = Behind.__module__ = "panah.programmes.training.models.planted"
    found = ways_by_relation([Behind])
    assert "Behind > Planted.case leads to Case" in found
    assert "Behind.stay_id sounds like the id of a file" in found


@isolate_apps("panah.people.cases", "panah.programmes.volunteers")
def test_a_table_of_the_cases_that_points_to_a_volunteer_is_found():
    class Volunteered(models.Model):
        class Meta:
            app_label = "volunteers"

    class Planted(models.Model):
        met_by = models.ForeignKey(Volunteered, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "cases"

    Volunteered.__module__, Planted.__module__ = (
        "panah.programmes.volunteers.models",
        "panah.people.cases.models",
    )
    assert ways_by_relation([Volunteered]) == ["Planted points to Volunteered"]
    assert room_of(Volunteer.__module__) == "volunteers"


@pytest.mark.parametrize(
    "planted",
    [
        '{% include "cases/_person.html" %}',
        '{% extends "hotline/call.html" %}',
        '{% from "referrals/packet.html" import told %}',
        "{% include part %}",
        '<a href="{{ url("cases:case", number) }}">case</a>',
        '{{ act(url("shelter:stay", pk), "Stay", csrf_input) }}',
        '<a href="/cases/4TQ-7MX-R/">case</a>',
        '<form action="/calls/take/">',
    ],
)
def test_a_planted_template_is_found_also_behind_another_one(planted):
    (found,) = ways_by_template({"model/planted.html": planted})
    assert found.startswith("model/planted.html")
    behind = {"training/one.html": '{% include "work/two.html" %}', "work/two.html": planted}
    assert len(ways_by_template(behind)) == 1


def test_a_planted_script_is_found():
    assert ways_by_script({"training/planted.js": 'fetch("/cases/" + number)'})
    assert not ways_by_script({"training/good.js": 'fetch("/training/phone/")'})


def test_a_planted_address_is_found():
    """A page of the cases under an address of the trainings, and a page of the trainings that takes a case's number."""
    planted = [
        Route(
            "training:planted", "training/file/<uuid:pk>/", room_of(isolation.view_of(case_pages.case_list))
        ),
        Route("training:other", "training/<case:number>/", room_of(isolation.view_of(course_pages.listed))),
    ]
    assert ways_by_address(planted) == [
        "training:planted at training/file/<uuid:pk>/ is answered by cases",
        "training:other at training/<case:number>/ takes the number of a file",
    ]
    assert path("", case_pages.case_list).callback is case_pages.case_list


# ---- what a coordinator and a focal point are led to ----

WATCHED = re.compile(r'data-watch="([^"]+)"')
MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
BEGINS = (
    "/volunteers/",
    "/volunteers/call-outs/",
    "/training/",
    "/prevention/",
    "/prevention/groups/",
    "/model/",
)


def pages(client):
    """Every kind of page of these rooms that can be reached from their lists."""
    waiting, known = list(BEGINS), set()
    while waiting:
        address = waiting.pop(0)
        if (
            kind_of(address) in known
            or room_of(resolve(address.partition("?")[0]).func.__module__) not in ROOMS
        ):
            continue
        known.add(kind_of(address))
        found = sheet(client, client.get(address), kind=kind_of(address), address=address)
        if found.status == 200 and found.is_page:
            yield found
            waiting += inner_links(found)


def inner_links(found):
    """Where the page itself leads, without the menu around it."""
    main = MAIN.search(found.html)
    text = main[0] if main else ""
    inner = Sheet(**{**vars(found), "body": text.encode()})
    forms = re.findall(r'<form[^>]*\saction="(/[^"]*)"', text)
    return [*links_of(inner), *forms]


@pytest.mark.parametrize("who", ["ibrat", "bakyt"])
def test_no_page_of_these_rooms_leads_on_to_a_file(practised, who):
    client = come_in({"name": who, **practised.kept["people"][who]}, "en")
    seen = list(pages(client))
    assert len(seen) > 40, len(seen)
    # Whoever waits longer than three minutes, while this walks on, is called for on every page.
    watched = {found[1] for one in seen if (found := WATCHED.search(one.html))}
    alarms = [
        there for one in watched for there in re.findall(r'(?:href|action)="([^"]*)"', client.get(one).text)
    ]
    led = {
        f"{found.kind} leads to {there}"
        for found in seen
        for there in inner_links(found)
        # Home is where everybody's menu begins.
        if there not in ("/", *alarms)
        and room_of(resolve(there.partition("?")[0]).func.__module__) in above()
    }
    assert led == set()
