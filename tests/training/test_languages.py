"""Test, certificate check and the list on a telephone in the languages of the region: nothing falls back to English."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from tests.region import TAGS, not_said
from tests.training.conftest import names
from tests.training.filled_tests import filled, opened
from tests.training.knowing import BANK, completed_course, course_with_bank, issued, prepared, settled

# What a course brings itself: its title, its questions, the names on its list.
DATA = (
    *(said for each in BANK for said in (each.text, *each.options, each.why)),
    *(f"Учебный вопрос {n}?" for n in range(1, 13)),
    *("Aigul T.", "Bolot P.", "Practice: safe response, School 7", "Practice: safe-response", "Учебный модуль: safe-response"),
    *("yes", "no", "perhaps", "this too", "Because", "Both."),
)  # fmt: skip


def in_each(see):
    english = see("en")
    return {tag: left for tag in TAGS if (left := not_said(tag, see(tag), english, data=DATA))}


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_participant_answers_the_test_and_reads_thanks(world, when):
    one = course_with_bank(world, "Aigul Toktosunova", "Bolot Practice")
    test, address = opened(world, one, when)
    assert not in_each(lambda tag: Client().get(address, {"in": tag}).text)
    for wrong in ({"once": uuid4()}, {"once": "x"}, {"once": uuid4(), "who": "x", "question-1": "9"}):
        assert not in_each(lambda tag, wrong=wrong: Client().post(f"{address}?in={tag}", wrong).text)

    def hand_in(tag):
        page = Client().get(address, {"in": tag})
        return Client().post(f"{address}?in={tag}", filled(page, test, name=f"Guest {tag}", wrong=2)).text

    assert not in_each(hand_in) and test.sheets.count() == 7
    again = filled(Client().get(address), test, name="Guest ky")
    assert not in_each(lambda tag: Client().post(f"{address}?in={tag}", again | {"once": uuid4()}).text)
    training.close_test(test=test, by=world.staff["elena"], at=timezone.now())
    assert not in_each(lambda tag: Client().get(address, {"in": tag}).text)


def test_the_language_of_a_test_stays_through_an_error(world):
    _test, address = opened(world, course_with_bank(world, "Aigul Toktosunova"))
    page = Client().get(address, {"in": "ky"}).text
    # Its questions are in Russian: the course's own language, Kyrgyz, has none.
    assert page.count("Учебный вопрос") == 10 and 'href="?in=uz-cyrl"' in page
    wrong = Client().post(f"{address}?in=ky", {"once": uuid4()})
    assert wrong.status_code == 422 and '<html lang="ky"' in wrong.text and not wrong.cookies


def test_whoever_checks_a_certificate_reads_every_answer(world):
    one = completed_course(world, "Aigul Toktosunova")
    (row,) = issued(world, one)
    address = reverse("certificate", args=[training_queries.token_of(row.pk)])

    def type_in(tag, name="Aigul Toktosunova"):
        return Client().post(f"{address}?in={tag}", {"name": name}).text.replace(row.number, "")

    assert not in_each(lambda tag: Client().get(address, {"in": tag}).text)
    assert not in_each(lambda tag: type_in(tag, ""))
    assert not in_each(type_in)
    assert not in_each(lambda tag: type_in(tag, "Zz Zz").replace("Zz Zz", ""))
    today = timezone.localdate()
    ended = [{"state": state, "ended_on": today} for state in ("revoked", "replaced")]
    for change in ({"valid_until": today}, *ended):
        type(row).objects.filter(pk=row.pk).update(**change)
        assert not in_each(type_in), change
    for _n in range(12):
        type_in("en", "Zz Zz")
    rested = in_each(lambda tag: type_in(tag, "Zz Zz").replace("Zz Zz", ""))
    assert not rested


def test_the_list_on_a_telephone_and_all_that_its_script_says(world, planned):
    elena, here = world.client("elena"), reverse("training:phone")
    names(world, planned, "Aigul Toktosunova")
    assert not in_each(lambda tag: elena.get(here, {"in": tag}).text)
    page = elena.get(here, {"in": "ky"}).text
    assert 'href="?in=tk"' in page and "Кечиресиз" not in page
    take, send = (re.search(rf'data-{name}="([^"]+)"', page)[1] for name in ("take", "send"))
    assert take.endswith("?in=ky") and send.endswith("?in=ky"), "the script asks in the language of its page"
    session = planned.sessions.get()
    days = {}
    for tag in ("en", *TAGS):
        given = elena.post(reverse("training:phone_take", args=[session.pk]) + f"?in={tag}").json()
        days[tag] = given["day"]
        there = reverse("training:phone_send", args=[given["id"]])
        told = elena.post(f"{there}?in={tag}", {"sealed": "x"}).json()
        if tag == "en":
            english = f"<p>{told['sentence']}</p><p>{told['next_step']}</p>"
        else:
            assert not not_said(
                tag, f"<p>{told['sentence']}</p><p>{told['next_step']}</p><p>{given['day']}</p>", english
            )
    assert len(set(days.values())) == 7


def test_a_trainer_prints_the_test_and_is_told_that_nobody_checked_the_language(world):
    one = course_with_bank(world, "Aigul Toktosunova")
    test, elena = prepared(world, one), world.client("elena")
    sheet = reverse("training:test_paper", args=[test.pk])
    told = re.compile(r"No native speaker has checked: [^<]+")
    for more in ({}, {"key": "1"}):
        assert not in_each(lambda tag, more=more: told.sub("", elena.get(sheet, {"in": tag} | more).text))
    assert told.search(elena.get(sheet, {"in": "uz-cyrl"}).text)[0].strip().endswith("Uzbek, Cyrillic.")
    assert not told.search(elena.get(sheet, {"in": "ru"}).text)
    assert "&amp;key=1" in elena.get(sheet, {"in": "ky", "key": "1"}).text
    overview = reverse("training:test", args=[one.pk, "before"])
    assert not told.search(elena.get(overview).text)
    training.open_test(test=test, shuffled=False, by=world.staff["elena"], at=timezone.now())
    assert told.search(elena.get(overview).text)


def test_a_trainer_finds_what_is_said_before_a_test_is_read_aloud(world):
    one = course_with_bank(world, "Aigul Toktosunova")
    test = prepared(world, one)
    page = world.client("elena").get(reverse("training:test_aloud", args=[test.pk])).text
    assert "Close your eyes, and raise a hand" in page and "Көзүңүздү жумуп" in page
    assert page.count("not checked by a native speaker") == 5


def test_a_course_that_is_settled_keeps_its_certificates_page_in_two_languages_for_colleagues(world):
    one = course_with_bank(world, "Aigul Toktosunova", days_ago=1)
    settled(world, one)
    page = world.client("elena").get(reverse("training:course", args=[one.pk]), {"in": "ky"}).text
    assert '<html lang="en"' in page
