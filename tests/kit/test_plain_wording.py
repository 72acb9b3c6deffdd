"""Words that tired people misread are gone from every screen, and the plain ones that took their place stand there."""

import re
from pathlib import Path

import panah
from panah.desk.queries import kinds_of_event

ROOMS = Path(panah.__file__).parent
STRINGS = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.M)

PLAIN = (
    "Sign in", "We couldn’t sign you in", "Name, words or digits don’t match", "Reschedule", "Looking for a relative",
    "Call ended without Finish: check it", "First four questions", "You may give the caller this number",
    "No time given: set for one hour from now", "Close this contact", "Goals", "Which deadline?", "Export this list",
    "For a child, exploitation counts even without deception or force", "No result is calculated",
    "buse of a difficult situation", "Arrival recorded by", "Lawyer consulted?",
)  # fmt: skip
ПРОСТО = (
    "Вы сейчас одни?", "Вместо человека говорит кто-то другой", "Письменные заметки",
    "Можно я буду делать заметки? Звук не записывается", "Один стук — да, два — нет", "осторожно: возможна утечка",
    "человек, которого ищут", "Едут вместе", "Выгрузить копию оригинала", "Кто-нибудь ранен?",
    "предельный срок прерывания", "сбор биологических следов", "Официальное определение интересов ребёнка",
    "обратился лично",
)  # fmt: skip
# Wordings that were on the screen once: sex assumed, riddles, terms of engineers, what cannot be answered by taps.
GONE = (
    "her own words", "a key of her own", "her or his", "Her or his", "Sign-in was refused",
    "ended by itself", "lies after", "lies in the past", "lies in the future", "Take out", "Called in the house",
)  # fmt: skip
НЕТ = (
    "Рядом никого нет?", "жертв", "опекун", "приют", "квитанц", "запечатан", "место передачи", "разыскиваем",
    "печатный код", "позвонившая", "звонившая", "сказала", "согласилась",
)  # fmt: skip


def texts() -> tuple[list[str], list[str]]:
    """Every sentence of the house in English and in Russian, as the catalogues hold them."""
    english, russian = [], []
    for catalogue in ROOMS.glob("**/locale/ru/LC_MESSAGES/django.po"):
        for kind, quoted in STRINGS.findall(catalogue.read_text()):
            text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', quoted)).replace('\\"', '"')
            (russian if kind.startswith("msgstr") else english).append(text)
    return english, russian


def alike(text: str) -> str:
    return text.replace("’", "'")


def test_the_plain_words_stand_on_the_screens_in_both_languages():
    english, russian = ("\n".join(one) for one in texts())
    assert [one for one in PLAIN if alike(one) not in alike(english)] == []
    assert [one for one in ПРОСТО if one.casefold() not in russian.casefold()] == []


def test_no_screen_says_what_was_misread_before():
    english, russian = texts()
    assert [(old, one) for old in GONE for one in english if old in one] == []
    assert [(old, one) for old in НЕТ for one in russian if old in one.casefold()] == []


def test_nothing_is_said_of_a_need_that_is_said_of_people_who_met(settings):
    from django.utils.translation import override

    from panah.people.cases.words.terms import NeedState
    from panah.people.referrals.words import ReferralState

    with override("ru"):
        assert str(NeedState.MET.label) == "удовлетворена"
        assert str(ReferralState.MET.label) == "встретились"


def test_the_journal_is_filtered_by_words_and_never_by_the_names_of_rooms():
    assert [room for room, words in kinds_of_event() if str(words) == room] == []
