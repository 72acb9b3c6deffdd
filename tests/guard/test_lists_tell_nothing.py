"""Whatever is coded of a person, no list says it: not on a page, not in an e-mail, in neither language.

"Child, forced begging, has a bed" is a name in a small town; "forced criminality" is evidence against the person; the
hours of a detention say where somebody is. With the vault open too a list shows when something is due, how urgent it
is, and whether it is about an adult or a child. The rest stands on the page of the case or of the contact.
"""

import re
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse, reverse_lazy
from django.utils import timezone, translation

from panah.cases import actions as cases
from panah.cases.queries.consent import consent_subject
from panah.cases.words import codes
from panah.cases.words.detention import ASK_FOR_A_VISIT, HOURS_RUN_OUT, HeldIn, HeldUntil
from panah.cases.words.terms import Assistance, ClockKind, Stage
from panah.consent import actions as consent
from panah.consent.words import SEVEN, ConsentPurpose
from panah.hotline.actions.held import write_held
from panah.hotline.models import Contact, Line
from panah.work import queries as work_queries
from panah.work.models import DueItem
from tests.casework import at, opened
from tests.guard.addresses import ADDRESSES
from tests.hotline.conftest import LINE_NORTH

WHO = ("amina", "bakyt", "elena", "gulnar", "zarina", "nurlan", "timur", "cholpon")
LANGUAGES = ("en", "ru")
# Beside the labels of the lists: what a sentence about one of them cannot do without.
STEMS = {
    "en": ("rape", "hiv", "detention", "detained", "is held", "recovery and reflection", "not involved"),
    "ru": ("изнасил", "вич", "задерж", "под стражей", "удержива", "размышлен", "не причаст"),
}
BOOK = ("exploitation", "sex_forms", "control", "recruitment", "industry")
SEALED_LISTS = (ClockKind, HeldIn, HeldUntil, Stage, Assistance, ConsentPurpose)
# Who is held is asked for on a page of its own, by whoever can open those cases: it says that, and nothing more.
WHO_IS_HELD = reverse_lazy("cases:held_now")
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


def lists_of(who):
    """The pages of no thing that a colleague may read: her lists, what she counts, what she searches and exports."""
    return sorted(
        one.path({})
        for one in ADDRESSES.values()
        if not one.of_a_thing and one.answers["GET"].get(who, "").startswith("page")
    )


def found_on(client, path, language):
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode(errors="replace").casefold()
    asked = {word: found for word, found in WORDS[language].items() if word in text}
    if path == WHO_IS_HELD:
        asked = {word: found for word, found in asked.items() if word not in STEMS[language]}
    return Counter({word: len(found.findall(text)) for word, found in asked.items()})


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_of_any_colleague_says_what_is_coded_of_a_person(world, language):
    for one in world.staff.values():
        type(one).objects.filter(pk=one.pk).update(language=language)
        one.language = language
    case, child = opened(world), opened(world)
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", numbers=["0 000"],
        made_at=world.at,
    )  # fmt: skip
    clients = {who: world.client(who) for who in WHO}
    pages = {who: lists_of(who) for who in WHO}
    assert "/" in pages["amina"] and any("team" in one for one in pages["bakyt"])
    told = []
    with undone():
        everything_coded(world, case, child)
        somebody_rings_from_a_cell(world, clients["elena"], line)
        after = {
            (who, path): words
            for who in WHO
            for path in pages[who]
            if (words := found_on(clients[who], path, language))
        }
        assert DueItem.objects.filter(file=case.file_id, done_at=None).count() > len(ClockKind)
    for (who, path), words in after.items():
        more = words - found_on(clients[who], path, language)
        told += [(who, path, word) for word in more]
    assert not told, "\n".join(map(str, told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_its_own_page_whoever_opens_the_file_reads_what_it_is(world, language):
    """A control of the test above: what is planted is there, in the words that are searched."""
    type(world.staff["amina"]).objects.update(language=language)
    case, child = opened(world), opened(world)
    everything_coded(world, case, child)
    amina = world.client("amina")
    page = amina.get(at("case", case)).text.casefold() + amina.get(at("dates", case)).text.casefold()
    with translation.override(language):
        labels = [str(one.label).casefold() for one in ClockKind]
    assert [one for one in labels if one not in page] == []
    items = list(DueItem.objects.filter(file=case.file_id, purpose="deadline", done_at=None))
    said = [one.say for one in work_queries.with_sentences(items, keys=world.keys("amina"))]
    listed = [one.say for one in work_queries.lines_of_list(items, keys=world.keys("amina"))]
    assert len(set(said)) == len(ClockKind) + 1, "the hours of detention have what happens then, too"
    assert len(set(listed)) == 1
    own = {amina.get(reverse("desk:item", args=[item.pk])).text.casefold() for item in items}
    assert [one for one in labels if not any(one in page for page in own)] == []


def test_a_colleagues_own_words_stay_hers_in_a_list(world):
    case, keys, now = opened(world), world.keys("amina"), timezone.now()
    item = cases.add_due(
        keys=keys, case=case, kind="call", due_at=now, purpose="extra", sentence="Ring her sister", at=now
    )
    [line] = work_queries.lines_of_list([item], keys=keys)
    assert line.say == "Ring her sister"
    assert work_queries.lines_of_list([item], keys=world.keys("cholpon"))[0].say == ""
