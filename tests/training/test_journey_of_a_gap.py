"""Ibrat sees who lacks what, plans a course, calls somebody out to help at it, fills the places, and the gap is gone."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from panah.programmes.training import actions as training
from panah.programmes.training.models import Course
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.helping_words import Answer
from panah.programmes.volunteers.words import TrainedIn
from tests.prevention.conftest import educator
from tests.training.conftest import module
from tests.volunteers.calling_out import answered, ask, made, page_of, press, states
from tests.volunteers.making import day

GAP = "2 of 3 trained in “answering a line” lack “children and safeguarding”."


def may_answer(*rows):
    today = timezone.localdate()
    found = volunteers_queries.may_do_on(rows, on=today)
    return ["answer" in found[one.pk] for one in rows]


def test_ibrat_sees_a_gap_plans_a_course_calls_out_and_fills_it(world):
    on_the_line = ("safe_response", "hotline")
    whole = educator(world, "Practice Whole", trained=(*on_the_line, "children"))
    lacking = [educator(world, f"Practice Lacks {n}", trained=on_the_line) for n in (1, 2)]
    helping = educator(
        world, "Practice Helps", trained=("safe_response",), may_be_contacted=True, languages=["ky"]
    )
    ibrat, today = world.client("ibrat"), timezone.localdate()
    seen = ibrat.get(reverse("training:gaps")).text
    assert GAP in seen and reverse("training:plan") in seen
    assert may_answer(whole, *lacking) == [True, False, False]

    # Plans, and puts both on the list: one has the only place, one waits until there is another.
    children = module(world, "children", teaches=TrainedIn.CHILDREN)
    form = {
        "title": "Practice: children", "modules": [children.pk], "trainers": [world.staff["elena"].pk],
        "audience": "volunteers", "language": "ky", "place": "Branch", "places": "1", "begins": "10:00",
    } | day("on", today)  # fmt: skip
    assert ibrat.post(reverse("training:plan"), form).status_code == 302
    one = Course.objects.get()
    for who in lacking:
        ibrat.post(reverse("training:enrol", args=[one.pk]), {"volunteer": who.pk})
    change = {name: form[name] for name in ("title", "trainers", "audience", "language", "place")} | {
        "places": "2"
    }
    assert [row.state for row in one.enrolments.order_by("place_in_line")] == ["enrolled", "waiting"]

    # Somebody is to help at it: with a second pair of hands there is room for both.
    call = made(world, what="help", language="ky", place="Branch, room 2")
    assert "Practice Helps" in ibrat.get(page_of(call)).text
    ask(world, call, helping)
    answered(call, helping)
    press(world, call, "choose", helping)
    call.refresh_from_db()
    assert call.state == "filled" and states(call) == {"Practice Helps": Answer.CHOSEN}
    assert ibrat.post(reverse("training:change", args=[one.pk]), change).status_code == 302
    assert {row.state for row in one.enrolments.all()} == {"enrolled"}

    # Taught: nobody lacks it any more, and both answer the line.
    training.keep_from_page(session=one.sessions.get(), absent=[], by=world.staff["elena"], at=timezone.now())
    Course.objects.update(begins_on=today - timedelta(days=1), ends_on=today - timedelta(days=1))
    one.sessions.update(on=today - timedelta(days=1))
    one.refresh_from_db()
    training.settle(course=one, by=world.staff["ibrat"], at=timezone.now())
    assert GAP not in ibrat.get(reverse("training:gaps")).text
    assert may_answer(whole, *lacking) == [True, True, True]
