"""What a corrected text may be: nobody plants a number, an address or a piece of a page in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.people.page_texts import rules
from panah.people.page_texts.permissions import corrects

ENGLISH = "You can leave this page in %(num)s seconds: press the button, up to 24 hours a day."
DELIVERED = "Вы можете уйти со страницы за %(num)s с: нажмите кнопку, до 24 часов в сутки."


def wrong(text: str, english: str = ENGLISH, delivered: str = DELIVERED) -> str:
    return rules.problem(rules.tidied(text), english=english, delivered=delivered)


@pytest.mark.parametrize(
    "text",
    [
        "Со страницы можно уйти за %(num)s секунд: нажмите кнопку, круглые сутки, 24 часа.",
        "Уйти можно сразу, т.е. за %(num)s с. Нажмите кнопку «Уйти», и т.д.",
        "За %(num)s с, как обычно: O‘zbekcha, «кнопка», …",
        "می‌توانید در %(num)s ثانیه از این صفحه خارج شوید، ۲۴ ساعت",
        "%(num)s 초 안에 이 페이지를 나갈 수 있습니다. 24시간",
        "За ~ %(num)s с",
    ],
)
def test_a_plain_better_sentence_is_good(text):
    assert wrong(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Звоните 112. %(num)s",
        "Звоните +996 555 12 34 56, %(num)s",
        "%(num)s ٠٥٥٥ ١٢٣ ٤٥٦",
        "%(num)s ۱۲۳",
        "%(num)s ０５５５",
        "%(num)s ①①②",
        "%(num)s 1\u200c1\u200d2",
        "%(num)s 24 24 24",
        "%(num)s 24, 24",
        "%(num)s 2-4-1",
        "%(num)s Ⅷ",
        "%(num)s 一一二",
        "%(num)s ¹¹²",
        "%(num)s 𝟏𝟏𝟐",
        "%(num)s 1e2",
    ],
)
def test_a_number_that_was_not_there_is_found_however_it_is_written(text):
    assert wrong(text) == "number"


@pytest.mark.parametrize(
    "text",
    [
        "Пишите на help.example, %(num)s",
        "%(num)s t.me/panah",
        "%(num)s https://x",
        "%(num)s @panah",
        "%(num)s x@y",
        "%(num)s help。example",
        "%(num)s help．example",
        "%(num)s www panah",
        "%(num)s he\u200blp.example".replace("\u200b", "\u200c"),
        "%(num)s слово.Слово",
    ],
)
def test_an_address_that_was_not_there_is_found(text):
    assert wrong(text) == "address"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("Уйти можно сразу.", "placeholders"),
        ("%(num)s %(num)s", "placeholders"),
        ("%(number)s", "placeholders"),
        ("%(num)d", "placeholders"),
        ("%(num)s {x}", "placeholders"),
        ("%(num)s %%", "placeholders"),
        ("%(num)s %", "markup"),
        ("%(num)s <b>сразу</b>", "markup"),
        ("%(num)s <script>", "markup"),
        ("%(num)s > <", "markup"),
        ('%(num)s" onclick=x', "markup"),
        ("%(num)s &#49;&#49;&#50;", "markup"),
        ("%(num)s {", "markup"),
        ("%(num)s `x`", "markup"),
        ("%(num)s \u202eесле", "unseen"),
        ("%(num)s \u200bx", "unseen"),
        ("%(num)s \x07", "unseen"),
        ("%(num)s \ue000 of a font of its own", "unseen"),
        ("%(num)s \ud800 half a sign", "unseen"),
        ("%(num)s \u2028 another line", "unseen"),
        ("%(num)s \u2029 another paragraph", "unseen"),
        ("%(num)s " + "о" * 300, "long"),
    ],
)
def test_what_is_no_plain_sentence_is_named(text, code):
    assert wrong(text) == code


def test_a_text_may_be_twice_as_long_as_the_longer_original_and_forty_signs():
    english, delivered = "Leave", "Уйти отсюда"
    room = 2 * len(delivered) + 40
    assert wrong("о" * room, english, delivered) == wrong("о" * room, delivered, english) == ""
    assert wrong("о" * (room + 1), english, delivered) == "long"


def test_lines_and_spaces_become_one_space_each():
    assert rules.tidied("  Leave \t this\r\n\npage ") == "Leave this page"


@pytest.mark.parametrize("unseen", ["\u200c", "\x07", "\u0301", "\u20dd"])
def test_a_number_that_is_cut_by_what_nobody_sees_is_read_whole(unseen):
    assert rules.numbers(f"1{unseen}12") == {"112": 1}
    assert rules.addresses(f"faq{unseen}.example") == {"faq.example": 1}


def test_a_number_may_be_written_with_other_spaces():
    for said in ("996-555", "996555", "996 55 5"):
        assert wrong(f"Звоните {said} и 12", "Ring 996 555 or 12", "Звоните 996 555, 12") == ""
    assert wrong("Звоните 99 и 6", "Ring 996", "Звоните 996") == "number"


def test_numbers_and_addresses_of_the_original_may_stay_and_move():
    original = "Ring 112 or write to help@example.org; see example.org."
    assert wrong("example.org: 112, help@example.org;", original, original) == ""
    assert wrong("113", original, original) == "number"
    assert wrong("help@example.com", original, original) == "address"


def test_tags_of_the_original_stay_as_they_are():
    original = "Press <b>Leave</b> now."
    assert wrong("Жмите <b>Уйти</b>.", original, original) == ""
    assert wrong('Жмите <b class="x">Уйти</b>.', original, original) == "markup"
    assert wrong("Жмите Уйти.", original, original) == "markup"


@given(st.text(min_size=1, max_size=60))
def test_whatever_is_typed_a_text_that_passes_holds_no_digit_and_no_tag(text):
    if wrong(text, "Leave this page", "Уйти со страницы") == "":
        said = rules.tidied(text)
        assert not any(one.isdigit() for one in rules.plain(said))
        assert not set(said) & set('<>"&%{}')


def test_nobody_corrects_who_is_not_signed_in():
    assert not corrects(None)
