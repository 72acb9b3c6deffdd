"""A slow line, an impatient thumb: what is pressed twice is made once, in each of the rooms of a branch."""

import re
from datetime import timedelta
from uuid import uuid4

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from panah.ground.work.models import DueItem
from panah.programmes.model.models import Assessment, PlannedAction
from panah.programmes.model.words import AssessmentState
from panah.programmes.prevention import actions as prevention
from panah.programmes.prevention.forms import GroupForm
from panah.programmes.prevention.models import Access, Campaign, Goal, Group, Plan, Session
from panah.programmes.training.models import Course, Training
from panah.programmes.training.models import Session as CourseSession
from panah.programmes.volunteers.models import CallOut, Hours, Volunteer
from tests.prevention.conftest import day, said
from tests.training.conftest import module
from tests.training.conftest import volunteer as a_volunteer

ONCE = re.compile(r'name="once" value="([0-9a-f-]{36})"')


def press_twice(client, url, typed):
    """Open a page and press its button twice; where both presses lead."""
    once = ONCE.search(client.get(url).text)
    assert once, f"{url} carries no id of its own"
    answers = [client.post(url, {**typed, "once": once[1]}) for _press in range(2)]
    assert [one.status_code for one in answers] == [302, 302], answers[-1].text
    assert answers[0]["Location"] == answers[1]["Location"]
    return once[1]


def test_ibrat_presses_plan_the_session_twice_and_there_is_one_session_and_one_line_on_her_list(
    world, leader, group
):
    ibrat, url = world.client("ibrat"), reverse("prevention:plan", args=[group.pk])
    what = said(leader)
    typed = what | {"begins": ""} | day("on", what.pop("on"))
    once = press_twice(ibrat, url, typed)
    one = Session.objects.get()
    assert DueItem.objects.filter(subject=one.pk).count() == 1
    # She goes back, writes another place and presses again: that is a session of its own.
    ibrat.post(url, {**typed, "place": "School 8, Practice Osh", "once": once})
    assert Session.objects.count() == 2


def test_two_presses_at_one_moment_make_one(world):
    """The other press is through between looking and making."""
    ibrat = world.staff["ibrat"]
    typed = QueryDict(f"name=Practice+team&language=ky&once={uuid4()}")
    form, other = GroupForm(typed, staff=ibrat), GroupForm(typed, staff=ibrat)

    def begin_after_the_other_press(**given):
        if other.result is None:
            assert other.submit(prevention.begin_group, by=ibrat, at=timezone.now())
        return prevention.begin_group(**given)

    assert form.submit(begin_after_the_other_press, by=ibrat, at=timezone.now())
    assert form.result == other.result == Group.objects.get()


def test_a_page_of_another_colleague_leads_nobody_to_what_she_made(world):
    group = {"name": "Practice: School 7", "language": "ky", "branch": str(world.branches["arna"].pk)}
    url = reverse("prevention:begin_group")
    once = press_twice(world.client("ibrat"), url, group)
    world.client("bakyt").post(url, {**group, "once": once})
    assert Group.objects.count() == 2


def _on(name, days=0):
    return day(name, timezone.localdate() + timedelta(days=days))


def test_a_course_its_sessions_and_a_training_are_written_once(world):
    adopted, ibrat = module(world), world.client("ibrat")
    typed = {
        "title": "Practice: course", "modules": [str(adopted.pk)], "trainers": [str(world.staff["elena"].pk)],
        "audience": "pupils", "language": "ky", "places": "20",
    }  # fmt: skip
    press_twice(ibrat, reverse("training:plan"), typed | _on("on"))
    one = Course.objects.get()
    press_twice(ibrat, reverse("training:add_session", args=[one.pk]), {"minutes": "90"} | _on("on", 1))
    assert CourseSession.objects.filter(course=one).count() == 2
    who = a_volunteer(world)
    typed = {"teaches": "safe_response", "months": "24"} | _on("since", -3)
    press_twice(ibrat, reverse("training:volunteer", args=[who.pk]), typed)
    assert Training.objects.count() == 1
    names = reverse("training:names", args=[one.pk])
    for _press in range(2):
        ibrat.post(names, {"names": "Practice Aida\nPractice Bek"})
    assert one.enrolments.count() == 2


def test_a_plan_an_access_a_campaign_and_a_goal_are_made_once(world):
    ibrat = world.client("ibrat")
    plan = {
        "title": "Practice plan", "language": "ky", "minutes": "45", "aims": "Practice aim", "steps": "Practice step",
    }  # fmt: skip
    press_twice(ibrat, reverse("prevention:write_plan"), plan)
    access = {
        "asked_by": "us", "place": "School 7", "kind": "school", "office": "Practice office", "audience": "pupils",
    }  # fmt: skip
    press_twice(ibrat, reverse("prevention:ask_access"), access | _on("asked_on"))
    campaign = {
        "title": "Practice campaign", "objective": "demand", "audiences": ["employers"], "channels": ["radio"],
        "messages": "Practice message", **_on("begins_on"), **_on("ends_on", 9),
    }  # fmt: skip
    press_twice(ibrat, reverse("prevention:plan_campaign"), campaign)
    goal = {"code": "practice-1", "name_en": "Practice goal", "name_ru": "Учебная цель"}
    press_twice(world.client("bakyt"), reverse("prevention:goals"), goal)
    assert [one.objects.count() for one in (Plan, Access, Campaign, Goal)] == [1, 1, 1, 1]


def test_a_self_assessment_and_a_step_of_its_plan_are_begun_once(world):
    bakyt = world.client("bakyt")
    year = str(timezone.localdate().year)
    press_twice(bakyt, reverse("model:begin"), {"year": year, "people": [str(world.staff["saule"].pk)]})
    row = Assessment.objects.get()
    Assessment.objects.update(state=AssessmentState.AGREED, agreed_on=timezone.localdate())
    typed = {
        "element": "hotline",
        "action": "Practice: hang up the number",
        "owner": str(world.staff["saule"].pk),
    }
    press_twice(bakyt, reverse("model:plan", args=[row.pk]), typed | _on("due_on", 30))
    assert PlannedAction.objects.count() == 1


def test_a_volunteer_a_call_out_and_hours_are_written_down_once(world):
    ibrat, branch = world.client("ibrat"), str(world.branches["arna"].pk)
    press_twice(
        ibrat,
        reverse("volunteers:add"),
        {"name": "Practice Aida", "branch": branch, "role": "member", "born_year": "1990"},
    )
    who = Volunteer.objects.get(name="Practice Aida")
    press_twice(
        ibrat,
        reverse("volunteers:helped", args=[who.pk]),
        {"minutes": "3", "what": "session"} | _on("on", -1),
    )
    assert Hours.objects.filter(volunteer=who).count() == 1
    call = {
        "branch": branch, "what": "help", "wanted": "1", "place": "Practice office", "note": "",
        **_on("starts_at", 1), "starts_at_time": "10:00", **_on("ends_at", 1), "ends_at_time": "12:00",
    }  # fmt: skip
    press_twice(ibrat, reverse("volunteers:call_out_add"), call)
    assert CallOut.objects.count() == 1
