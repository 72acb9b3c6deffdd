"""Joining and the own page in the languages of the region: no sentence of theirs falls back to English."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from panah.ground.kit.languages import READERS
from panah.programmes.training import actions as training
from panah.programmes.volunteers import actions
from panah.programmes.volunteers.helping_words import Answer
from panah.programmes.volunteers.models import OwnPage, Volunteer
from tests.region import TAGS, not_said
from tests.training.conftest import course
from tests.volunteers.calling_out import PLACE, ask, everybody_trained, helper, made, press
from tests.volunteers.joining_questions import ASKS
from tests.volunteers.own_telephone import Phone, given

__all__ = ["everybody_trained"]
LATIN = ("uz", "tk")


@pytest.fixture
def address(world):
    token = actions.renew_link(by=world.staff["ibrat"], branch=world.branches["arna"].pk, at=timezone.now())
    return reverse("join", args=[token])


def in_each(see, tags=TAGS, **more):
    """See the same in English and in each language; what is not said in it."""
    english = see("en")
    return {tag: left for tag in tags if (left := not_said(tag, see(tag), english, **more))}


def in_turn(number):
    """Two languages, one in each script, others each time.

    What is translated stands in all languages alike (tests/kit/test_page_words.py): what is not is English in these too.
    """
    scripts = [tag for tag in TAGS if tag not in LATIN], [tag for tag in TAGS if tag in LATIN]
    return [tags[number % len(tags)] for tags in scripts]


def test_a_stranger_reads_the_page_to_join_its_refusals_and_its_thanks(world, address):
    assert not in_each(lambda tag: Client().get(address, {"in": tag}).text)
    minor = {
        "born_year": timezone.localdate().year - 15,
        "name": "",
        "phone": "12",
        "languages": ["xx"],
        "once": "x",
    }
    refused = ({}, minor, ASKS | {"born_year": "99", "once": uuid4()}, ASKS | {"born_year": "x" * 9})
    for number, wrong in enumerate(refused):
        tags = in_turn(number)
        pages = {tag: Client().post(f"{address}?in={tag}", wrong) for tag in ("en", *tags)}
        assert {one.status_code for one in pages.values()} == {422}
        assert not in_each(lambda tag, pages=pages: pages[tag].text, tags, data=("x" * 9,))
    done = in_each(lambda tag: Client().post(f"{address}?in={tag}", ASKS | {"once": uuid4()}).text)
    assert not done and Volunteer.objects.count() == 7
    assert not in_each(lambda tag: Client().get(f"/j/{'x' * 24}/", {"in": tag}).text)


def test_the_language_is_a_plain_link_stays_through_errors_and_sets_no_cookie(address):
    stranger = Client()
    page = stranger.get(address)
    for tag, name in READERS:
        assert f'href="?in={tag}"' in page.text and f">{name}</a>" in page.text
    wrong = stranger.post(f"{address}?in=ky", {"name": "Practice Newcomer"})
    assert wrong.status_code == 422 and 'lang="ky"' in wrong.text and "Practice Newcomer" in wrong.text
    assert 'action="' not in wrong.text, "a form without an address goes back to the one with its language"
    assert not stranger.cookies


def test_a_volunteer_reads_the_door_of_the_own_page(world):
    row = helper(world, "Practice Poplar")
    address = given(world, row)
    assert not in_each(lambda tag: Client().get(address, {"in": tag}).text)
    assert not in_each(lambda tag: Client().post(f"{address}?in={tag}", {"pin": "1", "digits": ""}).text)
    assert not in_each(lambda tag: Client().get(f"/v/{'x' * 24}/", {"in": tag}).text)
    assert Phone(address).first().status_code == 200
    wrong = in_each(lambda tag: Client().post(f"{address}?in={tag}", {"pin": "999999", "do": "pause"}).text)
    assert not wrong and OwnPage.objects.get().wrong
    OwnPage.objects.update(wrong=99)
    assert not in_each(lambda tag: Client().get(address, {"in": tag}).text)


def test_a_volunteer_reads_the_whole_own_page_whatever_is_pressed_on_it(world):
    row = helper(world, "Practice Poplar", availability=["nights", "weekdays"])
    phone = Phone(given(world, row))
    phone.first()
    first, second = made(world), made(world, what="capture")
    for call in (first, second):
        ask(world, call, row)
    press(world, first, "choose", row)
    at, by = timezone.now(), world.staff["ibrat"]
    training.enrol_volunteer(course=course(world), volunteer=row, by=by, at=at)
    training.write_training(
        volunteer=row, teaches="field", since=timezone.localdate(), months=12, by=by, at=at
    )
    plain = phone.address

    def see(tag, **form):
        phone.address = f"{plain}?in={tag}"
        return phone.send(**form).text

    data = (PLACE, "Practice: safe response, School 7", *(name for _tag, name in READERS))
    assert "Practice Poplar" in see("ky") and PLACE in see("ky")
    assert not in_each(see, data=data)
    asked = re.search(r'value="answer">\s*<input type="hidden" name="asked" value="([^"]+)"', see("en"))[1]
    presses = (
        *({"do": "answer", "asked": asked, "answer": answer} for answer in (Answer.LATER, Answer.YES)),
        {"do": "tell"},
        {"do": "pause"},
        {"do": "return"},
        {"do": "profile", "quiet_from": "3", "phone": "1", "email": "x"},
        {"do": "hours", "on_day": "44", "minutes": "99", "once": uuid4()},
        {"do": "money", "on_day": "1", "amount": "-1", "currency": "somoni", "once": uuid4()},
        {"do": "correct"},
        {"do": "correct", "text": "Practice Poplar"},
    )
    assert {tag for number, _form in enumerate(presses) for tag in in_turn(number)} == set(TAGS)
    for number, form in enumerate(presses):
        left = in_each(lambda tag, form=form: see(tag, **form), in_turn(number), data=(*data, "somoni"))
        assert not left, form
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    see("ky", do="hours", minutes="3", what="training", once=uuid4(), **day)
    see("ky", do="money", amount="30", currency="KGS", what="fare", once=uuid4(), **day)
    assert not in_each(see, data=data)


def test_the_language_that_a_volunteer_chose_is_kept_with_the_page_and_her_messages(world):
    row = helper(world, "Practice Poplar")
    phone = Phone(given(world, row))
    phone.first()
    kept = {"languages": ["ky"], "may_be_contacted": "on", "email": "practice@example.org"}
    assert 'lang="uz-cyrl"' in phone.send(do="profile", language="uz-cyrl", **kept).text
    assert OwnPage.objects.get().language == "uz-cyrl"
    assert '<html lang="uz-cyrl"' in phone.open().text
    assert '<html lang="tg"' in phone.client.get(f"{phone.address}?in=tg").text, (
        "the door, for whoever reads it"
    )


def test_the_letter_of_hours_is_in_the_language_of_the_page(world):
    row = helper(world, "Practice Poplar")
    phone = Phone(given(world, row))
    phone.first()
    phone.address += "?in=ky"
    text = " ".join(PdfReader(BytesIO(phone.send(do="letter").content)).pages[0].extract_text().split())
    assert "Бөлүм" in text and "Practice Poplar" in text and "Hours" not in text


def test_the_sheet_to_hang_up_speaks_it_and_only_colleagues_are_told_that_nobody_checked(world, address):
    ibrat, sheet = world.client("ibrat"), reverse("volunteers:sheet", args=[world.branches["arna"].pk])
    link = ibrat.get(reverse("volunteers:link", args=[world.branches["arna"].pk])).text
    assert "No native speaker has checked: " in link and "Kyrgyz" in link
    kyrgyz = ibrat.get(sheet, {"in": "ky"}).text
    assert "No native speaker has checked: Kyrgyz." in kyrgyz and "Ыктыярчы болуңуз" in kyrgyz
    assert "No native speaker" not in ibrat.get(sheet, {"in": "ru"}).text
    assert "No native speaker" not in Client().get(address, {"in": "ky"}).text
    data = ("Northern Society", "No native speaker has checked")
    left = in_each(
        lambda tag: re.sub(r"No native speaker[^<]*", "", ibrat.get(sheet, {"in": tag}).text), data=data
    )
    assert not left
