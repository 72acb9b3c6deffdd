"""A course does not stay open: its trainer is asked, then the coordinator, then it settles by what is known."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from panah.ground.work import queries as work_queries
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.training.actions.settling import REFRESH, REGISTER
from panah.programmes.training.models import Course, Training
from panah.programmes.training.words import CourseState
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.own_data import HELD
from panah.programmes.volunteers.words import TrainedIn
from tests.training.conftest import course, module, names, volunteer


def asked(world, one, who):
    return [
        item for item in work_queries.items_of(one.pk, purpose=REGISTER) if item.owner == world.staff[who]
    ]


def after(days):
    return timezone.now() + timedelta(days=days)


def test_after_a_week_elena_is_asked_after_two_ibrat_too_and_after_three_it_settles_and_nobody_is_asked(
    world,
):
    one = course(world, days_ago=1)
    names(world, one, "A One")
    assert training.settle_due(at=after(5)) == 0 and not asked(world, one, "elena")
    training.settle_due(at=after(6))
    training.settle_due(at=after(7))
    assert len(asked(world, one, "elena")) == 1 and not asked(world, one, "ibrat")
    said = world.client("elena").get(reverse("desk:home")).text
    assert "Write down who was at a course that is over" in said
    training.settle_due(at=after(13))
    assert len(asked(world, one, "ibrat")) == 1 and not asked(world, one, "bakyt")
    assert training.settle_due(at=after(20)) == 1
    one.refresh_from_db()
    assert one.state == CourseState.SETTLED and not asked(world, one, "elena") + asked(world, one, "ibrat")
    assert one.enrolments.get().completed_on is None


def test_a_course_whose_registers_are_all_there_settles_the_next_day_and_what_was_due_is_done(world):
    one = course(world, days_ago=8)
    training.settle_due(at=timezone.now())
    assert asked(world, one, "elena")
    world.client("elena").post(reverse("training:register", args=[one.sessions.get().pk]), {"added": "A One"})
    assert not asked(world, one, "elena")
    assert training.settle_due(at=timezone.now()) == 1
    assert one.enrolments.get().completed_on == one.ends_on


def test_without_a_trainer_who_still_works_here_the_coordinator_is_asked_at_once(world):
    one = course(world, days_ago=8, trainers=())
    training.settle_due(at=timezone.now())
    assert asked(world, one, "ibrat")


def test_one_course_without_a_register_holds_up_no_other(world):
    slow = course(world, days_ago=8)
    quick = course(world, days_ago=8, title="Practice: another")
    world.client("elena").post(
        reverse("training:register", args=[quick.sessions.get().pk]), {"added": "A One"}
    )
    assert training.settle_due(at=timezone.now()) == 1
    assert Course.objects.get(pk=quick.pk).state == CourseState.SETTLED
    assert Course.objects.get(pk=slow.pk).state == CourseState.OPEN


def taught(world, *who, teaches=TrainedIn.SAFE_RESPONSE, slug="safe-response", months=24, days_ago=1):
    """A course of one module that these volunteers completed."""
    one = course(world, module(world, slug, teaches=teaches, months=months), days_ago=days_ago, places=30)
    for each in who:
        training.enrol_volunteer(course=one, volunteer=each, by=world.staff["ibrat"], at=timezone.now())
    world.client("elena").post(reverse("training:register", args=[one.sessions.get().pk]), {"added": ""})
    training.settle(course=one, by=world.staff["ibrat"], at=timezone.now())
    return one


def test_what_aigul_completed_says_what_she_may_do_until_it_runs_out(world):
    today = timezone.localdate()
    aigul = volunteer(world, "Aigul Practice", born_year=1990, code_signed_on=today)
    assert volunteers_queries.may_do_on([aigul], on=today)[aigul.pk] == frozenset()
    taught(world, aigul)
    assert volunteers_queries.may_do_on([aigul], on=today)[aigul.pk] == {"help"}
    assert volunteers_queries.may_do_on([aigul], on=today + timedelta(days=800))[aigul.pk] == frozenset()
    text = world.client("ibrat").get(reverse("training:volunteer", args=[aigul.pk])).text
    assert "safe response when somebody tells" in text


def test_aigul_who_asks_for_her_data_is_told_her_courses_and_what_she_holds(world):
    aigul = volunteer(world, "Aigul Practice")
    taught(world, aigul)
    heading, lines = training_queries.held_for_export(aigul)
    assert heading == "Courses and trainings"
    assert [what for what, _held in lines] == [
        "Practice: safe response, School 7",
        "safe response when somebody tells",
    ]
    assert training_queries.held_for_export in list(HELD)
    text = world.client("ibrat").get(reverse("training:course", args=[Course.objects.get().pk])).text
    assert reverse("training:volunteer", args=[aigul.pk]) in text


def test_corrected_afterwards_as_not_there_she_holds_nothing_from_it(world):
    aigul = volunteer(world, "Aigul Practice")
    one = taught(world, aigul)
    row = one.enrolments.get()
    here = reverse("training:register", args=[one.sessions.get().pk])
    world.client("elena").post(here, {"absent": [row.pk], "added": ""})
    assert not Training.objects.exists()
    row.refresh_from_db()
    assert row.completed_on is None


def test_ibrat_sees_that_one_of_two_on_the_line_lacks_the_module_on_children(world):
    first, second = volunteer(world, "A One"), volunteer(world, "B Two")
    other = volunteer(world, "C Three", branch="besh")
    taught(world, first, second, teaches=TrainedIn.HOTLINE, slug="hotline")
    taught(world, first, teaches=TrainedIn.CHILDREN, slug="children")
    taught(world, first, second)
    training.write_training(
        volunteer=other, teaches=TrainedIn.HOTLINE, since=timezone.localdate(), months=12,
        by=world.staff["bakyt"], at=timezone.now(),
    )  # fmt: skip
    text = world.client("ibrat").get(reverse("training:gaps")).text
    assert "1 of 2 trained in “answering a line” lacks “children and safeguarding”." in text
    assert "1 of 1" not in text
    assert "1 of 1 trained in" in world.client("bakyt").get(reverse("training:gaps")).text
    assert world.client("elena").get(reverse("training:gaps")).status_code == 404


def test_what_runs_out_is_listed_and_ibrat_is_reminded_once_a_month(world):
    aigul = volunteer(world, "Aigul Practice")
    taught(world, aigul, months=1)
    training.settle_due(at=timezone.now())
    training.settle_due(at=timezone.now() + timedelta(days=1))
    items = work_queries.items_of(aigul.branch_id, purpose=REFRESH)
    assert [item.owner for item in items] == [world.staff["ibrat"]]
    assert "Aigul Practice" in world.client("ibrat").get(reverse("training:gaps")).text
    taught(world, aigul)
    assert training_queries.ending(to=world.staff["ibrat"], on=timezone.localdate()) == []


def test_a_training_from_elsewhere_is_written_down_by_the_branch_that_keeps_the_volunteer(world):
    aigul = volunteer(world, "Aigul Practice")
    today = timezone.localdate()
    form = {
        "teaches": "field", "months": "12",
        "since_day": today.day, "since_month": today.month, "since_year": today.year,
    }  # fmt: skip
    here = reverse("training:volunteer", args=[aigul.pk])
    assert world.client("elena").post(here, form).status_code == 404
    assert world.client("ibrat").post(here, form).status_code == 302
    assert training_queries.trained([aigul.pk], today) == {aigul.pk: frozenset({"field"})}
