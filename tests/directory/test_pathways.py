"""Referral pathways: written by a focal point, drawn for everybody, shown where a referral begins."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.audit.models import Entry
from panah.ground.directory import actions, pathway_svg, queries
from panah.ground.directory.models import Organization, PathwayStep, Service
from panah.ground.foundation.errors import Refusal
from tests.guard.forms import page_of

NORTH = "/network/societies/practice-north/pathways/"


def typed(need="medical", order=1, sender="r:caseworker", receiver=None, **more):
    service = Service.objects.get(reference="north-clinic-urgent")
    return {"need": need, "order": order, "sender": sender, "receiver": receiver or f"s:{service.pk}", **more}


def value(page, name):
    """What stands in a field of the page's form."""
    return next(form.fields[name].value for form in page_of(page).forms if name in form.fields)


@pytest.fixture
def way(register, world, at):
    """From a caseworker to the clinic, and from the clinic to Juniper's beds for women."""
    clinic = Service.objects.get(reference="north-clinic-urgent")
    beds = Service.objects.get(reference="north-juniper-women")
    steps = (
        {"order": 1, "from_role": "caseworker", "to_service": clinic.pk, "conditions_en": "At any hour."},
        {"order": 2, "from_organization": clinic.organization_id, "to_service": beds.pk},
    )
    return [
        actions.save_step(
            entry=actions.StepEntry(need="medical", **one),
            society=world.societies["north"],
            by=world.staff["bakyt"],
            at=at,
        )
        for one in steps
    ]


def test_bakyt_writes_a_step_and_everybody_sees_it_drawn_and_told(bakyts, world, register):
    assert "No way has been agreed yet" in bakyts.get(NORTH).text
    empty = bakyts.post(f"{NORTH}new/", {"need": "medical", "conditions_en": "At night too"})
    assert "“Who refers” needs an answer." in empty.text and "At night too" in empty.text
    assert bakyts.post(f"{NORTH}new/", typed(conditions_en="Ring first.")).status_code == 302
    for who in ("elena", "daler"):
        page = world.client(who).get(NORTH).text
        assert '<svg role="img"' in page and "Ring first." in page and "Urgent medical care" in page
        assert "Add a step" not in page
    assert Entry.objects.filter(event="network:pathway:saved").count() == 1


def test_the_picture_needs_no_style_of_its_own(elenas, way):
    page = elenas.get(NORTH).text
    picture = page[page.index("<svg role=") : page.index("</svg>", page.index("<svg role="))]
    assert "style=" not in picture and "onload" not in picture
    assert len(re.findall("<polygon", picture)) == 2


def test_the_next_step_is_offered_its_number(bakyts, way):
    assert value(bakyts.get(f"{NORTH}new/?need=medical"), "order") == "3"
    assert value(bakyts.get(f"{NORTH}new/?need=nonsense"), "order") == "1"


def test_bakyt_changes_and_removes_a_step(bakyts, way):
    address = f"{NORTH}{way[0].pk}/"
    page = bakyts.get(address)
    assert "At any hour." in page.text
    seen = value(page, "seen")
    assert bakyts.post(address, typed(conditions_en="By day.", seen=seen)).status_code == 302
    meanwhile = bakyts.post(address, typed(conditions_en="Too late.", seen=seen))
    assert "A colleague has changed this entry in the meantime." in meanwhile.text
    assert bakyts.post(f"{address}remove/").status_code == 302
    assert bakyts.get(address).status_code == 404
    assert PathwayStep.objects.count() == 1


@pytest.mark.parametrize("who", ["amina", "elena", "rustam"])
def test_whoever_does_not_keep_the_pathways_changes_none(world, way, who):
    client = world.client(who)
    for address in (f"{NORTH}new/", f"{NORTH}{way[0].pk}/", f"{NORTH}{way[0].pk}/remove/"):
        assert client.post(address, typed()).status_code == 404
    assert PathwayStep.objects.count() == 2


def test_a_step_that_leads_back_to_itself_and_a_thirteenth_are_refused(world, way, at):
    clinic = Organization.objects.get(reference="north-clinic")
    itself = actions.StepEntry(
        need="medical", order=1, from_organization=clinic.pk, to_service=clinic.services.first().pk
    )
    more = {"society": world.societies["north"], "by": world.staff["bakyt"], "at": at}
    with pytest.raises(Refusal, match="step-to-itself"):
        actions.save_step(entry=itself, **more)
    one = actions.StepEntry(need="medical", order=3, from_role="branch", to_organization=clinic.pk)
    for _ in range(10):
        actions.save_step(entry=one, **more)
    with pytest.raises(Refusal, match="too-many-steps"):
        actions.save_step(entry=one, **more)


def test_a_receiver_that_takes_nobody_is_said_in_the_pathway(elenas, way):
    Service.objects.filter(reference="north-clinic-urgent").update(status="inactive")
    assert "takes nobody now" in elenas.get(NORTH).text


@pytest.mark.parametrize("steps", [1, 11])
def test_the_pathways_cost_one_question(register, world, at, steps, django_assert_num_queries):
    clinic = Organization.objects.get(reference="north-clinic")
    for n in range(steps):
        entry = actions.StepEntry(need="legal", order=n + 1, from_role="branch", to_organization=clinic.pk)
        actions.save_step(entry=entry, society=world.societies["north"], by=world.staff["bakyt"], at=at)
    with django_assert_num_queries(1):
        (found,) = queries.pathways_of(world.societies["north"])
    assert [one.number for one in found.steps] == list(range(1, steps + 1))


# ---- the drawing -----------------------------------------------------------------------------------


def edge(number, begin, end):
    return pathway_svg.Edge(number, begin, begin, end, end)


def test_a_box_stands_one_column_after_the_last_that_leads_to_it():
    found = pathway_svg.depths([edge(1, "a", "b"), edge(2, "a", "c"), edge(3, "b", "c"), edge(4, "c", "d")])
    assert found == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_a_way_back_is_drawn_without_an_end_of_columns():
    found = pathway_svg.depths([edge(1, "a", "b"), edge(2, "b", "a")])
    assert found == {"a": 0, "b": 1}
    assert pathway_svg.drawn([]).boxes == ()


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
def test_whatever_is_agreed_boxes_do_not_lie_on_each_other_and_stay_in_the_picture(pairs):
    made = pathway_svg.drawn([edge(n, begin, end) for n, (begin, end) in enumerate(pairs, 1)])
    assert len({(b.x, b.y) for b in made.boxes}) == len(made.boxes)
    assert len(made.arrows) == len(pairs)
    assert all(b.x + b.width <= made.width and b.y + b.height <= made.height for b in made.boxes)


def test_a_long_name_is_broken_and_cut_never_wider_than_its_box():
    made = pathway_svg.drawn([pathway_svg.Edge(1, "a", "word " * 60, "b", "x" * 200)])
    assert all(len(line.text) <= pathway_svg.LETTERS for box in made.boxes for line in box.lines)
    assert all(len(box.lines) <= pathway_svg.LINES for box in made.boxes)
