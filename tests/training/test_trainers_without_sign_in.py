"""A trainer of the register who has no sign-in leads a course: the list goes on paper, the branch types it in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.work.queries import items_of
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.training.models import Training
from panah.programmes.training.words import RegisterSource
from panah.programmes.volunteers.models import Volunteer
from tests.prevention.conftest import educator
from tests.training.conftest import course, volunteer
from tests.training.typed_days import day
from tests.volunteers.making import vouched


def trainer(world, name="Meerim Practice"):
    """Somebody who may lead and does not sign in."""
    return educator(world, name)


def named(world, one, who, *, by="ibrat"):
    return world.client(by).post(reverse("training:lead", args=[one.pk]), {"volunteer": who.pk}, follow=True)


def test_ibrat_names_a_trainer_who_does_not_sign_in_and_types_her_paper_in(world):
    meerim, aigul = trainer(world), volunteer(world, "Aigul Practice")
    one = course(world, trainers=(), days_ago=1)
    training.enrol_volunteer(course=one, volunteer=aigul, by=world.staff["ibrat"], at=timezone.now())
    ibrat, here = world.client("ibrat"), reverse("training:course", args=[one.pk])
    assert "nobody is named yet" in ibrat.get(here).text
    # Found in another script; the name stands in no address.
    found = ibrat.post(reverse("training:lead", args=[one.pk]), {"name": "Мээрим"}).text
    assert "Meerim Practice" in found
    text = named(world, one, meerim).text
    assert "Meerim Practice" in text and "no sign-in, list on paper" in text
    session = one.sessions.get()
    assert "Meerim Practice" in ibrat.get(reverse("training:paper", args=[session.pk])).text
    typed = reverse("training:typed", args=[session.pk])
    # Who wrote the paper stands there already.
    assert 'value="Meerim Practice"' in ibrat.get(typed).text
    form = {"added": "", "paper_by": "Meerim Practice"} | day("paper_on", session.on)
    assert ibrat.post(typed, form).status_code == 302
    session.refresh_from_db()
    assert (session.source, session.paper_by) == (RegisterSource.PAPER, "Meerim Practice")
    assert training_queries.people_of(one)[0].was == {session.pk: True}


def test_who_may_not_lead_on_the_first_day_is_neither_found_nor_named(world):
    over = trainer(world, "Erkin Practice")
    over.vetted_until = timezone.localdate() - timedelta(days=1)
    vouched(over)
    one = course(world, trainers=())
    find = reverse("training:lead", args=[one.pk])
    answer = world.client("ibrat").post(find, {"name": "Erkin"}).text
    assert "May not lead on the first day" in answer and "This one" not in answer
    assert reverse("volunteers:volunteer", args=[over.pk]) in answer
    answer = world.client("ibrat").post(find, {"volunteer": over.pk})
    assert answer.status_code == 409 and "may not lead a session" in answer.text
    assert not one.led_by.exists()


def test_whoever_is_not_offered_as_a_trainer_is_told_why(world):
    meerim, ibrat = trainer(world), world.client("ibrat")
    one = course(world, trainers=())
    find = reverse("training:lead", args=[one.pk])

    def said(name):
        return ibrat.post(find, {"name": name}).text

    assert "No volunteer of this name" in said("Nobodyhere")
    named(world, one, meerim)
    again = said("Meerim")
    assert "Leads this course already." in again and "No volunteer of this name" not in again
    assert reverse("volunteers:volunteer", args=[meerim.pk]) in again
    signs_in = said(world.staff["elena"].name)
    assert "Signs in" in signs_in and reverse("training:change", args=[one.pk]) in signs_in


def test_whoever_may_lead_is_found_among_many_of_her_name_who_may_not(world):
    for _ in range(training_queries.courses.SUGGESTED + 1):
        volunteer(world, "Aigul Practice")
    may = trainer(world, "Aigul Practice Z")
    one = course(world, trainers=())
    answer = world.client("ibrat").post(reverse("training:lead", args=[one.pk]), {"name": "Айгуль"}).text
    assert "Aigul Practice Z" in answer and str(may.pk) in answer


def test_two_rows_of_one_colleague_make_one_trainer(world):
    meerim = trainer(world)
    one = course(world)
    named(world, one, meerim)
    Volunteer.objects.filter(pk=meerim.pk).update(staff=world.staff["elena"])
    assert training_queries.leading_colleagues(one) == [world.staff["elena"]]


def test_a_trainer_without_a_sign_in_completes_her_own_course_not_by_her_own_word(world):
    meerim, other = trainer(world), volunteer(world, "Aigul Practice")
    one = course(world, trainers=(), days_ago=1)
    named(world, one, meerim)
    for row in (meerim, other):
        training.enrol_volunteer(course=one, volunteer=row, by=world.staff["ibrat"], at=timezone.now())
    training.keep_from_page(session=one.sessions.get(), absent=[], by=world.staff["ibrat"], at=timezone.now())
    training.settle(course=one, by=world.staff["ibrat"], at=timezone.now())
    given = Training.objects.filter(enrolment__course=one)
    assert [row.volunteer for row in given] == [other]


def test_the_paper_is_asked_of_the_branch_from_the_first_week(world):
    one = course(world, trainers=(), days_ago=8)
    named(world, one, trainer(world))
    training.settle_due(at=timezone.now())
    assert {item.owner.username for item in items_of(one.pk, purpose="register")} == {"ibrat"}


def test_named_twice_she_leads_once_and_unticked_she_leads_no_more(world):
    meerim = trainer(world)
    one = course(world)
    for _once_more in range(2):
        named(world, one, meerim)
    assert one.led_by.count() == 2
    ibrat, change = world.client("ibrat"), reverse("training:change", args=[one.pk])
    assert f'value="{meerim.pk}" ' in ibrat.get(change).text
    form = {"title": one.title, "audience": "volunteers", "language": "ky", "place": "", "places": "3",
            "trainers": [world.staff["elena"].pk]}  # fmt: skip
    assert ibrat.post(change, {**form, "trainers": [*form["trainers"], meerim.pk]}).status_code == 302
    assert one.led_by.count() == 2
    assert ibrat.post(change, form).status_code == 302
    assert [row.staff for row in one.led_by.all()] == [world.staff["elena"]]


def test_whoever_gets_a_sign_in_later_finds_the_course_and_its_list(world):
    meerim = trainer(world)
    one = course(world, trainers=())
    named(world, one, meerim)
    here = reverse("training:course", args=[one.pk])
    assert world.client("elena").get(here).status_code == 404
    Volunteer.objects.filter(pk=meerim.pk).update(staff=world.staff["elena"])
    assert world.client("elena").get(here).status_code == 200
    assert [who.username for who in training_queries.leading_colleagues(one)] == ["elena"]


def test_what_she_led_is_told_to_her_and_another_branch_names_nobody(world):
    meerim = trainer(world)
    one = course(world, trainers=())
    world.staff["cholpon"].roles.create(role="branch_coordinator", since=world.at)
    assert named(world, one, meerim, by="cholpon").status_code == 404
    named(world, one, meerim)
    _heading, lines = training_queries.held_for_export(meerim)
    assert any(what == one.title and "leads the course" in held for what, held in lines)


def test_whoever_types_the_paper_in_does_not_complete_the_course_by_her_own_word(world):
    ibrat, other = (
        volunteer(world, "Ibrat Practice", staff=world.staff["ibrat"]),
        volunteer(world, "Aigul Practice"),
    )
    one = course(world, trainers=(), days_ago=1)
    named(world, one, trainer(world))
    for row in (ibrat, other):
        training.enrol_volunteer(course=one, volunteer=row, by=world.staff["ibrat"], at=timezone.now())
    training.keep_from_page(session=one.sessions.get(), absent=[], by=world.staff["ibrat"], at=timezone.now())
    training.settle(course=one, by=world.staff["ibrat"], at=timezone.now())
    assert [row.volunteer for row in Training.objects.filter(enrolment__course=one)] == [other]


def test_a_session_is_not_moved_or_added_to_a_day_on_which_whoever_leads_may_not(world):
    meerim, today = trainer(world), timezone.localdate()
    meerim.vetted_until = today + timedelta(days=10)
    vouched(meerim)
    one = course(world, trainers=())
    named(world, one, meerim)
    session = one.sessions.get()
    said = {"begins": None, "minutes": 60, "place": "", "by": world.staff["ibrat"], "at": timezone.now()}
    late = today + timedelta(days=11)
    with pytest.raises(Refusal, match="may-not-lead"):
        training.change_session(session=session, on=late, **said)
    with pytest.raises(Refusal, match="may-not-lead"):
        training.add_session(course=one, on=late, **said)
    training.change_session(session=session, on=today + timedelta(days=9), **said)
