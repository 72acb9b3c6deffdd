"""Knowledge tests before and after a course: on paper, on telephones without an account, read aloud."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.training.models import AnswerSheet, KnowledgeTest
from tests.training.conftest import course, names
from tests.training.filled_tests import filled, opened
from tests.training.knowing import BANK, answers, course_with_bank, module_with_bank, prepared, typed

PUPILS = ("Aigul Toktosunova", "Bolot Practice", "Nurgul Practice")


@pytest.fixture
def one(world):
    return course_with_bank(world, *PUPILS)


def test_elena_draws_ten_questions_and_after_the_course_the_same_are_asked(world, one):
    elena = world.client("elena")
    before = reverse("training:test", args=[one.pk, "before"])
    assert "Draw the questions" in elena.get(before).text
    assert elena.post(before).status_code == 302
    assert elena.post(before).status_code == 302, "twice is once"
    elena.post(reverse("training:test", args=[one.pk, "after"]))
    first, second = (one.tests.get(when=when) for when in ("before", "after"))
    assert len(first.asked) == 10 and first.asked == second.asked
    assert "Practice question" in elena.get(before).text
    for who in ("amina", "cholpon", "rustam"):
        assert world.client(who).get(before).status_code == 404


def test_a_course_whose_modules_bring_no_questions_says_so(world):
    one = course_with_bank(world, questions=())
    answer = world.client("elena").post(reverse("training:test", args=[one.pk, "before"]))
    assert "bring no questions" in answer.text and not one.tests.exists()


def test_elena_prints_the_sheet_in_both_languages_and_only_the_key_tells_the_answers(world, one):
    test, elena = prepared(world, one), world.client("elena")
    sheet = reverse("training:test_paper", args=[test.pk])
    english, russian = elena.get(sheet + "?in=en").text, elena.get(sheet + "?in=ru").text
    assert english.count("Practice question") == 10 and russian.count("Учебный вопрос") == 10
    assert "☒" not in english and elena.get(sheet + "?key=1").text.count("☒") >= 10


def test_elena_types_the_sheets_in_and_a_line_that_does_not_fit_keeps_all_that_was_typed(world, one):
    test, elena = prepared(world, one), world.client("elena")
    aigul, bolot, _nurgul = one.enrolments.all()
    here = reverse("training:test_typed", args=[test.pk])
    today = timezone.localdate()
    form = {"paper_on_day": today.day, "paper_on_month": today.month, "paper_on_year": today.year,
            "paper_by": "Elena", f"person-{aigul.pk}": " ".join("1" * 10), f"person-{bolot.pk}": "1 2 3"}  # fmt: skip
    answer = elena.post(here, form)
    assert answer.status_code == 422 and "Write the numbers of the answers to 10 questions" in answer.text
    assert "1 1 1 1 1 1 1 1 1 1" in answer.text and not AnswerSheet.objects.exists()
    form[f"person-{bolot.pk}"] = "2222222222"
    assert elena.post(here, form).status_code == 302
    right = {row.enrolment: row.right for row in AnswerSheet.objects.all()}
    two = sum(question == "q12" for _module, question in test.asked)
    assert right == {aigul: 10 - two, bolot: 0}
    # Corrected, not doubled; the page shows what was typed.
    assert "2 2 2 2 2 2 2 2 2 2" in elena.get(here).text
    form[f"person-{bolot.pk}"] = "1111111111"
    elena.post(here, form)
    assert AnswerSheet.objects.count() == 2 and bolot.sheets.get().right == 10 - two
    assert bolot.sheets.get().paper_by == "Elena"


def test_a_pupil_answers_on_her_own_telephone_without_an_account_and_a_double_press_counts_once(world, one):
    test, address = opened(world, one)
    phone = Client(enforce_csrf_checks=True)
    page = phone.get(address)
    assert page.status_code == 200 and "1. Aigul T." in page.text
    assert "Toktosunova" not in page.text and one.title not in page.text and "School 7" not in page.text
    row = one.enrolments.first()
    form = filled(page, test, who=str(row.pk), wrong=3)
    for _press in range(2):
        answer = phone.post(address, form)
        assert answer.status_code == 200 and "Your answers are in" in answer.text
    assert AnswerSheet.objects.get().right == 7 and row.sheets.get().way == "phone"
    # Before the course nothing is given away.
    assert "Because" not in answer.text
    assert not phone.cookies
    # Whoever has answered stands on the list no more.
    assert "1. Aigul T." not in phone.get(address).text


def test_after_the_course_she_reads_what_was_right_and_why(world, one):
    test, address = opened(world, one, "after")
    phone = Client()
    answer = phone.post(
        address, filled(phone.get(address), test, who=str(one.enrolments.first().pk), wrong=1)
    )
    assert "9 of 10 questions were right" in answer.text and "Because" in answer.text


def test_somebody_who_answers_under_a_name_that_has_answered_is_told_and_changes_nothing(world, one):
    test, address = opened(world, one)
    row, phone = one.enrolments.first(), Client()
    mine, theirs = phone.get(address), phone.get(address)
    phone.post(address, filled(mine, test, who=str(row.pk)))
    # Her name is chosen again on a page that was open before, or typed.
    late = phone.post(address, filled(theirs, test, who=str(row.pk), wrong=5))
    assert late.status_code == 422
    answer = phone.post(address, filled(theirs, test, name="Айгуль Токтосунова", wrong=5))
    assert "Answers under this name are in already" in answer.text
    assert AnswerSheet.objects.get().right == 10


def test_a_typed_name_is_sealed_until_elena_says_whose_it_is(world, one):
    test, address = opened(world, one)
    phone = Client()
    # In another script than on the list, and surely the same.
    phone.post(address, filled(phone.get(address), test, name="Айгуль Токтосунова"))
    assert AnswerSheet.objects.get().enrolment == one.enrolments.first()
    phone.post(address, filled(phone.get(address), test, name="Nurik", wrong=2))
    loose = AnswerSheet.objects.get(enrolment=None)
    assert b"Nurik" not in bytes(loose.sealed_name)
    elena, here = world.client("elena"), reverse("training:test", args=[one.pk, "before"])
    assert "Nurik" in elena.get(here).text
    nurgul = one.enrolments.last()
    elena.post(reverse("training:sheet", args=[loose.pk]), {"who": str(nurgul.pk)})
    loose.refresh_from_db()
    assert loose.enrolment == nurgul and loose.sealed_name is None and "Nurik" not in elena.get(here).text
    elena.post(reverse("training:sheet", args=[loose.pk]), {"drop": "1"})
    assert not nurgul.sheets.exists()


def test_what_was_answered_is_still_there_when_the_name_was_forgotten_in_the_same_order(world, one):
    test, address = opened(world, one, shuffled=True)
    phone = Client()
    page = phone.get(address)
    again = phone.post(address, filled(page, test))
    assert again.status_code == 422 and "Choose your name on the list" in again.text
    order = re.findall(r"Practice question \d+", page.text)
    assert re.findall(r"Practice question \d+", again.text) == order
    assert again.text.count(" checked") >= 10 and not AnswerSheet.objects.exists()
    orders = {tuple(re.findall(r"Practice question \d+", phone.get(address).text)) for _time in range(5)}
    assert len(orders) > 1, "shuffled: not the same for all"


def test_the_address_answers_on_its_day_alone_and_says_nothing_else(world, one):
    test, address = opened(world, one)
    phone = Client()
    page = phone.get(address)
    training.close_test(test=test, by=world.staff["elena"], at=timezone.now())
    closed, none = phone.get(address), phone.get(reverse("knowledge", args=["x" * 24]))
    assert closed.status_code == none.status_code == 410
    assert closed.text.replace(address, "") == none.text.replace(reverse("knowledge", args=["x" * 24]), "")
    assert phone.post(address, filled(page, test, name="Late")).status_code == 410
    KnowledgeTest.objects.update(open_on=timezone.localdate() - timedelta(days=1))
    assert phone.get(address).status_code == 410 and not AnswerSheet.objects.exists()


def test_the_page_speaks_russian_when_it_is_asked_to_sets_no_cookie_and_allows_no_script(world, one):
    _test, address = opened(world, one)
    phone = Client()
    page = phone.get(address + "?in=ru")
    assert (
        "Учебный вопрос" in page.text
        and "Уйти с этой страницы" in page.text
        and "<title>Информация" in page.text
    )
    assert not phone.cookies and not page.cookies and "<script" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "script-src" not in policy and "default-src 'none'" in policy


def test_a_hundred_typed_names_are_enough_and_the_next_is_asked_to_see_the_trainer(world, one, monkeypatch):
    test, _address = opened(world, one)
    monkeypatch.setattr("panah.programmes.training.actions.knowledge.MOST_TYPED", 2)

    def types(name):
        return training.answer_on_phone(
            test=test, once=uuid4(), chosen=None, name=name, answers=answers(test), at=timezone.now()
        )

    types("Somebody Quite Other")
    types("And Another")
    with pytest.raises(Refusal, match="too-many-names"):
        types("A Third")


def test_elena_reads_aloud_and_writes_down_hands_and_marks(world, one):
    test, elena = prepared(world, one), world.client("elena")
    here = reverse("training:test_aloud", args=[test.pk])
    aigul = one.enrolments.first()
    form = {"hands-1": "4", "hands-2": "2", f"person-{aigul.pk}": "8"}
    answer = elena.post(here, form)
    assert (
        answer.status_code == 422
        and "How many people were there" in answer.text
        and 'value="8"' in answer.text
    )
    assert "More hands were counted" in elena.post(here, {**form, "people": "3"}).text
    assert elena.post(here, {**form, "people": "5"}).status_code == 302
    test.refresh_from_db()
    assert test.hands["people"] == 5 and test.hands["right"][:3] == [4, 2, None]
    assert aigul.sheets.get().right == 8 and aigul.sheets.get().way == "aloud"
    assert training_queries.pre_post(one).hands_before == (6, 10)


def test_before_and_after_are_joined_by_person_without_names_and_the_lost_are_counted(world, one):
    before, after = prepared(world, one), prepared(world, one, "after")
    aigul, bolot, nurgul = one.enrolments.all()
    typed(world, before, {aigul: 6, bolot: 8})
    typed(world, after, {aigul: 1, nurgul: 2})
    found = training_queries.pre_post(one)
    assert found.pairs == ((4, 9),) and (found.only_before, found.only_after, found.questions) == (1, 1, 10)
    text = world.client("elena").get(reverse("training:test", args=[one.pk, "after"])).text
    assert "1 person answered before and after" in text and "Only before: 1. Only after: 1." in text


def test_what_a_course_changed_is_claimed_with_its_interval_where_the_numbers_carry_it(world):
    pupils = [f"Practice Pupil{number}" for number in range(56)]
    one = course_with_bank(world, *pupils)
    rows = list(one.enrolments.all())
    before, after = prepared(world, one, "before"), prepared(world, one, "after")
    here = reverse("training:test", args=[one.pk, "after"])
    typed(world, before, dict.fromkeys(rows, 8))
    typed(world, after, dict.fromkeys(rows[:31], 1))
    text = world.client("elena").get(here).text
    # Nearly half of them did not come back: no claim, and the sentence says why.
    assert (
        "those who stayed may be the ones who knew" in text
        and "25 people did not take the second test" in text
    )
    typed(world, after, dict.fromkeys(rows[:50], 1))
    text = world.client("elena").get(here).text
    assert "Those who passed: +100 percentage points (95 % interval: +" in text
    assert (
        "6 people did not take the second test (11 %)" in text
        and "Whoever had 70 % right, or more, has passed." in text
    )


def test_of_five_people_nothing_is_claimed(world, one):
    rows = list(one.enrolments.all())
    before, after = prepared(world, one, "before"), prepared(world, one, "after")
    typed(world, before, dict.fromkeys(rows, 8))
    typed(world, after, dict.fromkeys(rows, 0))
    text = world.client("elena").get(reverse("training:test", args=[one.pk, "after"])).text
    assert "fewer than 30 people took both tests" in text and "percentage points" not in text


def test_a_bad_question_is_seen_and_one_that_fewer_know_after_the_course(world):
    people = [f"Pupil {letter}" for letter in "ABCDEF"]
    one = course_with_bank(world, *people, questions=BANK[:10])
    before, after = prepared(world, one), prepared(world, one, "after")
    rows = list(one.enrolments.all())
    typed(world, before, dict.fromkeys(rows[:5], 0) | {rows[5]: 1})
    typed(world, after, dict.fromkeys(rows, 2))
    page = world.client("ibrat").get(reverse("training:questions", args=[one.taught.get().module_id])).text
    assert page.count("Fewer know it after the course") == 2
    assert (
        page.count("Everybody gets it right") == 8
        and "before: 83 % of 6" in page
        and "after: 0 % of 6" in page
    )


def test_the_statistics_tell_a_coordinator_of_her_own_branch_alone(world):
    module = module_with_bank(world)
    theirs = course(world, module, places=60, by="bakyt", branch=str(world.staff["cholpon"].branch_id))
    names(world, theirs, "Pupil A", by="bakyt")
    typed(world, prepared(world, theirs, by="bakyt"), {theirs.enrolments.get(): 0}, by="bakyt")
    here = reverse("training:questions", args=[module.pk])
    assert "before: 100 % of 1" not in world.client("ibrat").get(here).text
    assert "before: 100 % of 1" in world.client("bakyt").get(here).text


def test_whoever_failed_the_test_has_not_completed_a_course_that_asks_for_it(world):
    one = course_with_bank(world, *PUPILS, enough_right=70, days_ago=1)
    training.keep_from_page(session=one.sessions.get(), absent=[], by=world.staff["elena"], at=timezone.now())
    aigul, bolot, nurgul = one.enrolments.all()
    after = prepared(world, one, "after")
    typed(world, after, {aigul: 3, bolot: 4})
    training.settle(course=one, by=world.staff["ibrat"], at=timezone.now())
    done = {row.pk: row.completed_on is not None for row in one.enrolments.all()}
    assert done == {aigul.pk: True, bolot.pk: False, nurgul.pk: False}
    # A sheet that comes later still counts.
    typed(world, after, {nurgul: 0})
    nurgul.refresh_from_db()
    assert nurgul.completed_on is not None
