"""What is coded of a person: written down in a case and in a contact, and every word for it in both languages."""

import re
from collections import Counter
from datetime import timedelta

from django.utils import timezone, translation

from panah.people.cases import actions as cases
from panah.people.cases.queries.consent import consent_subject
from panah.people.cases.words import codes
from panah.people.cases.words.detention import ASK_FOR_A_VISIT, HOURS_RUN_OUT, HeldIn, HeldUntil
from panah.people.cases.words.terms import Assistance, ClockKind, Stage
from panah.people.consent import actions as consent
from panah.people.consent.words import SEVEN, ConsentPurpose
from panah.people.hotline.actions.held import write_held
from panah.people.hotline.models import Contact, Line
from tests.hotline.conftest import LINE_NORTH

LANGUAGES = ("en", "ru")
# Beside the labels of the lists: what a sentence about one of them cannot do without.
STEMS = {
    "en": ("rape", "hiv", "detention", "detained", "is held", "recovery and reflection", "not involved"),
    "ru": ("изнасил", "вич", "задерж", "под стражей", "удержива", "размышлен", "не причаст"),
}
BOOK = ("exploitation", "sex_forms", "control", "recruitment", "industry")
SEALED_LISTS = (ClockKind, HeldIn, HeldUntil, Stage, Assistance, ConsentPurpose)
# How far a case is stands in plain; a kind of help has the same name.
WORK_FACTS = {"follow-up", "сопровождение"}
# A shorter label ("other", "bar") is part of other words.
SHORTEST = 7


def coded_words(language):
    """Every label of what is sealed about a person, in one language."""
    with translation.override(language):
        said = [str(one.label) for kind in SEALED_LISTS for one in kind]
        said += [one.label for name in BOOK for one in codes.book().lists[name]]
        said += [str(ASK_FOR_A_VISIT), str(HOURS_RUN_OUT)]
    labels = {one.casefold() for one in said if len(one) >= SHORTEST} - WORK_FACTS
    return {one: re.compile(rf"\b{re.escape(one)}\b") for one in labels} | {
        one: re.compile(rf"\b{one}\b" if len(one) < SHORTEST - 2 else one) for one in STEMS[language]
    }


WORDS = {language: coded_words(language) for language in LANGUAGES}


def coded_in(text, language):
    """How often which word for what is coded of a person stands in a text."""
    text = text.casefold()
    asked = {word: found for word, found in WORDS[language].items() if word in text}
    return Counter({word: len(found.findall(text)) for word, found in asked.items() if found.search(text)})


def everything_coded(world, case, child):
    """Amina writes all that can be coded of a person, so that each kind of thing is due for it."""
    keys, now = world.keys("amina"), timezone.now()
    for kind in ClockKind:
        end = now + timedelta(hours=3)
        cases.set_clock(keys=keys, case=case, kind=kind, due_at=end, at=now)
    for one in Assistance:
        need = {
            "type": one.value,
            "horizon": "now",
            "said": "x",
            "state": "open",
            "do": "y",
            "who": "",
            "by": "",
        }
        cases.write_need(keys=keys, case=case, need=need, at=now)
        waits = {"type": one.value, "given_on": now.date().isoformat(), "outcome": "waiting", "what": "z"}
        cases.write_service(keys=keys, case=case, service=waits, at=now)
    lists = codes.book().lists
    answers = {
        field.field: {"answer": "yes", "values": [one.value for one in lists[field.list]]}
        for field in codes.book().fields.values()
        if field.list in BOOK and field.kind == "many"
    }
    cases.write_codes(keys=keys, case=case, answers=answers, at=now)
    held = {"kind": "police", "place": "x", "country": "KZ", "before": "judge", "lawyer": "no"}
    until = {"since": now.isoformat(), "until": (now + timedelta(hours=9)).isoformat()}
    cases.write_detention(keys=keys, case=case, held=held | until, at=now)
    cases.presume(keys=keys, case=case, grounds="x", at=now)
    cases.begin_reflection(keys=keys, case=case, at=now)
    cases.set_age(keys=keys, case=child, said="child", basis="said", doubt="no", at=now)
    cases.begin_follow_up(keys=keys, case=child, at=now)
    subject = consent_subject(case.number, to=world.staff["amina"], keys=keys)
    for purpose in ConsentPurpose:
        answer = {
            "purpose": purpose.value, "said": "yes", "receiver": "other", "receiver_name": "Somebody",
            "fields": ["names"], "seven": dict.fromkeys(SEVEN, "yes"), "way": "spoken", "understood": "yes",
            "until": (now.date() + timedelta(days=9)).isoformat(),
        }  # fmt: skip
        consent.write_answer(keys=keys, subject=subject, answer=answer, at=now)
    cases.end_detention(keys=keys, case=case, how="moved", ended_at=now, at=now)
    cases.write_detention(keys=keys, case=case, held=held | until, at=now)


def somebody_rings_from_a_cell(world, elenas, line):
    """Elena took a call; it has ended, the person is held and the hours run."""
    answer = elenas.post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    contact = Contact.objects.get(number=answer.url.strip("/").split("/")[-1])
    elenas.post(f"/calls/{contact.number}/", {"note": "Rings from a cell.", "tab": "a", "do": "finish"})
    contact.refresh_from_db()
    now = timezone.now()
    held = {"kind": "police", "place": "x", "country": "KZ", "before": "judge", "lawyer": "no"}
    held |= {"since": now.isoformat(), "until": (now + timedelta(hours=9)).isoformat()}
    write_held(keys=world.keys("elena"), contact=contact, held=held, by=world.staff["elena"], at=now)
    return contact


def line_of(world):
    """The first line of the northern society."""
    return Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", numbers=["0 000"],
        made_at=world.at,
    )  # fmt: skip


def speaks(world, language):
    """Everybody reads this language."""
    for one in world.staff.values():
        type(one).objects.filter(pk=one.pk).update(language=language)
        one.language = language
