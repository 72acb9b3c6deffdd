"""*Is this offer safe?*: what somebody reads who is about to travel, on a telephone that others look into."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image, ImageDraw

from panah.ground.directory.models import HotlineNumber, Verification
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.languages import DOOR
from panah.people.public.offer_picture import HEIGHT, MOST_BYTES, WIDTH, OfferPicture, drawn, font_for
from panah.people.public.offer_rules import questions_of
from panah.people.public.offer_words import KINDS, QUESTIONS, kind_or_none
from tests.materials.making import mp3, published
from tests.materials.making import picture as jpeg

CHECK, CARD = reverse("public:check"), reverse("public:check-card")
PICTURE, TEXT = reverse("public:check-picture"), reverse("public:check-text")
TAGS = [tag for tag, _name in DOOR]
WORK = KINDS[0]
LINE = "+000 555 01 16"

by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
in_every_language = pytest.mark.parametrize("tag", TAGS)


def asked(stranger, kind=WORK, tag="en", **answers):
    return stranger.post(f"{CHECK}?in={tag}&kind={kind.number}", answers)


@pytest.fixture
def line(register, world, at):
    """The line of North, which somebody reached yesterday."""
    north = world.societies["north"]
    HotlineNumber.objects.filter(society=north).delete()
    row = HotlineNumber.objects.create(
        society=north, iso2=north.iso2, name_en="Line of North", number=LINE, kind="own"
    )
    Verification.objects.create(
        hotline_number=row, at=at, by="Bakyt", outcome="answered", expires_on=at.date().replace(year=2099)
    )
    dialled_numbers.accept(north.pk)
    return row


def test_she_chooses_what_is_offered_and_its_address_says_nothing_of_it(stranger):
    page = stranger.get(CHECK, {"in": "en"}).text
    for kind in KINDS:
        assert f'href="{CHECK}?in=en&amp;kind={kind.number}"' in page and str(kind.name) in page
        assert not re.search(r"marriage|work|study|job", f"{CHECK}?kind={kind.number}")


@by_kind
def test_every_question_can_be_answered_yes_no_or_not_at_all(stranger, kind):
    page = stranger.get(CHECK, {"in": "en", "kind": kind.number}).text
    for one in questions_of(kind):
        assert str(one.asked) in page
        for said in ("yes", "no", "unknown"):
            assert re.search(rf'name="{one.code}"[^>]*value="{said}"', page), (one.code, said)
    assert " checked" not in page and " required" not in page


@by_kind
def test_each_warning_comes_with_its_reason_and_what_to_do_and_no_verdict(stranger, kind):
    answers = {one.code: one.warns for one in questions_of(kind)}
    page = asked(stranger, kind, **answers).text
    for one in questions_of(kind):
        assert str(one.sign) in page and str(one.reason) in page and str(one.to_do) in page
    assert f"{len(answers)} warning signs" in page
    assert "Do not go yet." in page
    assert "An offer without warning signs can be false too." in page
    assert not re.search(r"\b(is|not) safe\b|\bunsafe\b|\bdangerous\b", page.partition("<footer")[0])


def test_answers_without_a_sign_are_not_called_safe(stranger):
    page = asked(stranger, firm="yes", passport="no").text
    assert "No warning sign in your answers" in page
    assert "An offer without warning signs can be false too." in page
    assert "Do not go yet." not in page


def test_what_she_does_not_know_she_is_told_to_find_out(stranger):
    page = asked(stranger, debt="unknown").text
    assert "Find out before you go" in page
    assert str(QUESTIONS["debt"].to_do) in page and str(QUESTIONS["debt"].sign) not in page


@by_kind
def test_without_answers_nothing_is_judged(stranger, kind):
    page = asked(stranger, kind).text
    assert "You have answered nothing yet" in page and "So nothing can be said about this offer." in page
    assert "warning sign in your answers" not in page
    assert "Copy these" in page, "what to take along is told all the same"


def test_nothing_is_written_and_nothing_stays_in_the_browser_or_its_address(stranger, register):
    with CaptureQueriesContext(connection) as asked_for:
        page = asked(stranger, passport="yes", secret="yes", country="XB")
    assert page.status_code == 200 and not page.cookies and not stranger.cookies
    assert page.headers["Cache-Control"] == "no-store"
    # On PostgreSQL the walls are said in front of each statement.
    said = [one["sql"].rpartition("; ")[2].lstrip().upper() for one in asked_for]
    assert said and [one for one in said if not one.startswith("SELECT")] == []
    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', page.text)
    assert addresses and not [one for one in addresses if "passport" in one or "secret" in one]


def test_the_language_is_changed_midway_and_no_answer_is_lost(stranger):
    page = stranger.get(CHECK, {"in": "en", "kind": WORK.number}).text
    assert re.search(r'<button[^>]*formaction="\?in=ru&amp;kind=1"[^>]*name="step"[^>]*value="ask"', page)
    page = asked(stranger, tag="ru", passport="yes", firm="unknown", step="ask").text
    assert '<html lang="ru"' in page
    assert re.search(r'name="passport" value="yes"[^>]*checked', page)
    assert re.search(r'name="firm" value="unknown"[^>]*checked', page)
    signs = asked(stranger, tag="ru", passport="yes", step="signs").text
    assert "Ваш паспорт хотят забрать." in signs
    assert re.search(r'type="hidden"\s+name="passport"\s+value="yes"', signs), (
        "and it goes on to the next one"
    )


def test_a_made_up_answer_is_met_with_a_sentence_and_the_others_stay(stranger):
    page = asked(stranger, passport="yes", debt="<script>")
    assert page.status_code == 422 and "choose one of the answers" in page.text
    assert re.search(r'name="passport" value="yes"[^>]*checked', page.text)
    assert stranger.get(CHECK, {"in": "en", "kind": "99"}).text.count("<h1>Is this offer safe?</h1>") == 1


def test_she_takes_along_the_numbers_of_the_country_and_of_the_line_at_home(stranger, line):
    page = asked(stranger, passport="yes", country="XB").text
    assert (
        "Numbers to take along: Practice Country B" in page.replace("\xa0", " ")
        or "Numbers to take along:" in page
    )
    assert LINE in page and "Line of North" in page
    card = stranger.get(CARD, {"in": "en", "country": "XB"}).text
    assert LINE in card and "Numbers change." in card
    assert 'href="tel:112"' not in card, "she is not there yet: it would ring here"


def test_the_card_is_whole_without_a_country_and_has_room_to_write(stranger):
    page = stranger.get(CARD, {"in": "en"}).text
    for part in ("Ask before you go", "Strong warning signs", "Copy these", "Agree on this before you go"):
        assert f"<h2>{part}</h2>" in page
    assert "Write the numbers here:" in page
    assert "<button" in page and "data-print hidden" in re.sub(r"\s+", " ", page)


@in_every_language
def test_every_page_is_read_in_eleven_languages(stranger, register, tag):
    for address in (CHECK, f"{CHECK}?kind=2", CARD, TEXT):
        page = stranger.get(address, {"in": tag, **({"kind": "2"} if "kind" in address else {})})
        assert page.status_code == 200 and f'<html lang="{tag}"' in page.text
    assert asked(stranger, tag=tag, passport="yes", country="XB").status_code == 200
    assert stranger.get(CARD, {"in": tag, "country": "XB"}).status_code == 200


# ---- the picture ---------------------------------------------------------------------------


@in_every_language
@by_kind
def test_the_picture_goes_round_on_a_thin_line_in_every_language(stranger, line, tag, kind):
    answer = stranger.get(PICTURE, {"in": tag, "kind": kind.number})
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"] == 'inline; filename="picture.png"'
    assert answer.headers["Cache-Control"] == "public, max-age=3600" and not answer.cookies
    assert len(answer.content) < MOST_BYTES
    picture = Image.open(BytesIO(answer.content))
    assert picture.size == (WIDTH, HEIGHT) and picture.info.keys() <= {"transparency"}, (
        "nothing of who made it"
    )


@in_every_language
def test_every_letter_of_a_picture_is_in_its_font(stranger, tag):
    from django.utils import translation

    from panah.people.public.views.offer import _pictured

    with translation.override(tag):
        pictures = [_pictured(kind, [("Line", LINE)]) for kind in KINDS]
    for picture in pictures:
        for text in (picture.title, *picture.signs, *picture.advice, picture.call):
            font = font_for(text, 40)
            missing = font.getmask("\U000e0fff").getbbox(), bytes(font.getmask("\U000e0fff"))
            for letter in set(text) - {" ", "\u00a0"}:
                assert (font.getmask(letter).getbbox(), bytes(font.getmask(letter))) != missing, (tag, letter)


@pytest.mark.parametrize(
    ("tag", "sign"),
    [
        ("ar", "يريدون الاحتفاظ بجواز سفرك."),
        ("ko", "여권을 다른 사람이 보관하려고 합니다."),
        ("tg", "Шиносномаи шуморо гирифтан мехоҳанд."),
    ],
)
def test_arabic_korean_and_tajik_letters_are_drawn_and_long_words_still_fit(tag, sign):
    long = OfferPicture(tag, sign, (sign * 3,) * 6, (sign * 2,) * 3, sign, (("Line", LINE),) * 3, sign)
    body = drawn(long)
    assert len(body) < MOST_BYTES
    image = Image.open(BytesIO(body)).convert("RGB")
    below = image.crop((0, HEIGHT - 24, WIDTH, HEIGHT))
    assert len(below.getcolors()) == 1, "nothing runs over the lower edge"


def test_arabic_letters_are_joined():
    apart = sum(font_for("ب", 40).getlength(letter) for letter in "كتاب")
    image = Image.new("L", (400, 80))
    ImageDraw.Draw(image).text((390, 10), "كتاب", 255, font_for("ك", 40), "ra", direction="rtl")
    left, _top, right, _bottom = image.getbbox()
    assert right - left < apart, "joined letters are narrower than letters alone"


def test_the_picture_names_no_site_and_carries_only_a_number_that_was_reached(stranger, line):
    before = stranger.get(PICTURE, {"in": "en", "kind": "1"}).content
    Verification.objects.filter(hotline_number=line).update(outcome="no_answer")
    without = stranger.get(PICTURE, {"in": "en", "kind": "1"}).content
    assert before != without
    assert b"testserver" not in before


# ---- the text to be read aloud -----------------------------------------------------------------


def test_a_society_reads_the_text_to_record_with_its_number(stranger, line):
    page = stranger.get(TEXT, {"in": "en"}).text
    assert "Never leave your passport with others." in page and LINE in page


def test_nothing_to_listen_to_is_offered_where_nobody_has_recorded_it(stranger):
    assert "<audio" not in stranger.get(CHECK, {"in": "en"}).text


def test_what_a_society_recorded_and_drew_is_offered_to_whoever_reads_its_language(stranger, world):
    sound = published(
        world, body=mp3(28), titles={"ru": "Проверьте предложение"}, audiences=["offer-sound"], what="sound"
    )
    drawing = published(
        world, body=jpeg("PNG"), titles={"ru": "Смотрите"}, audiences=["offer-picture"], what="picture"
    )
    page = stranger.get(CHECK, {"in": "ru"}).text
    assert re.search(rf'<audio[^>]* src="{reverse("public:paper", args=[sound.pk])}"', page)
    assert "Проверьте предложение" in page
    assert f'href="{reverse("public:paper", args=[drawing.pk])}"' in page and "Смотрите" in page
    assert "<audio" not in stranger.get(CHECK, {"in": "kk"}).text


def test_a_number_in_an_address_that_is_no_kind_is_no_kind():
    assert kind_or_none("0") is None and kind_or_none("") is None
