"""A stranger looks for a confidential title through every page of the library and of the rooms beside it.

Both worlds are gone through in the same way: one in which the document is there and one in which it never was. What
she reads, how much is asked of the database for it, and by which questions, must be the same. Leaks are planted too:
a way of looking that finds nothing would be of no use.
"""

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.urls import get_resolver, reverse, reverse_lazy
from django.utils import timezone

from panah.ground.kit.beside import Beside
from panah.programmes.diplomacy.beside import BESIDE_PROVISIONS
from panah.programmes.library import queries
from panah.programmes.library.models import Document, Entry
from panah.programmes.library.queries import indexes
from tests.library.shelved import put

TITLE = "Zherdevka protocol on safehouses"
TYPED = ("Zherdevka", "Жердевка", "zherdevak", '"protocol on safehouses"', "saefhouses", "shelter")
DRAWN = re.compile(
    r'(?<=name="csrf" content=")[^"]*|(?<=name="csrfmiddlewaretoken" value=")[^"]*|(?<=nonce=")[^"]*'
    r"|~[\w-]{100,}|[0-9a-f]{8}-[0-9a-f-]{27}|\d\d:\d\d(:\d\d)?"
)


def without_what_is_drawn(answer):
    return answer.status_code, DRAWN.sub("", answer.content.decode())


@contextmanager
def asked():
    """Which questions the database is asked: their text without values; how many it names stays."""
    seen = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def addresses(number):
    """Every address of the room that is read with GET, as this document or without one."""
    room = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "library")
    for one in room.url_patterns:
        names = one.pattern.converters
        given = {"number": number, "at": 1, "version": 1, "first": 1, "one": 1}
        if set(names) <= set(given):
            yield reverse(f"library:{one.name}", kwargs={name: given[name] for name in names})


# Pages, lists and calendars of other rooms, on which documents stand or could.
ELSEWHERE = [
    reverse_lazy(name, args=args)
    for name, *args in (
        *(("desk:home",), ("diplomacy:start",), ("diplomacy:calendar",), ("diplomacy:reports",)),
        *(("diplomacy:instruments",), ("diplomacy:instrument", "palermo"), ("model:elements",)),
        *(("cooperation:practices",), ("cooperation:meetings",), ("figures:list",), ("figures:sources",)),
    )
]


def trace(client, number):
    """All that a stranger reads, and all that is asked for it."""
    found = []
    for address in (*addresses(number), *map(str, ELSEWHERE)):
        with asked() as questions:
            answer = client.get(address)
        found.append((address, *without_what_is_drawn(answer), tuple(questions)))
    for typed in TYPED:
        with asked() as questions:
            answer = client.post(reverse("library:search"), {"words": typed})
        found.append((typed, *without_what_is_drawn(answer), tuple(questions)))
    for document in Document.objects.filter(visibility="network").order_by("title"):
        with asked() as questions:
            answer = client.get(reverse("library:similar", args=[document.number]))
        found.append((document.title, *without_what_is_drawn(answer), tuple(questions)))
    return found


def first_difference(one, other):
    """Where two traces part: for whoever must find a leak."""
    for mine, theirs in zip(one[1:], other[1:], strict=True):
        if isinstance(mine, str) and mine != theirs:
            at = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), -1)
            return mine[max(0, at - 60) : at + 60], theirs[max(0, at - 60) : at + 60]
        if mine != theirs:
            return mine if isinstance(mine, int) else [q for q in theirs if q not in mine][:1] or len(theirs)
    return ""


NUMBER = "ZZZ-ZZZ-Z"


@pytest.fixture
def compared(world):
    """Whatever differs for strangers when the confidential document comes."""
    bakyt = world.staff["bakyt"]
    for turn in range(4):
        put(bakyt, f"Shelters {turn}", f"Protocol of a shelter, safehouse rules and counselling {turn}")
    clients = {name: world.client(name) for name in ("rustam", "cholpon", "ibrat")}
    # The first time some things are read that are kept then.
    for client in clients.values():
        client.get(reverse("library:list"))
    trace(clients["cholpon"], NUMBER)

    def differences(*strangers):
        before = {name: trace(clients[name], NUMBER) for name in strangers}
        hidden = put(
            bakyt,
            TITLE,
            "Zherdevka shelter protocol, safehouse rules",
            visibility="confidential",
            number=NUMBER,
        )
        day = timezone.localdate()
        hidden.links.create(kind="provision", key="palermo/9", added_by=bakyt, added_on=day)
        after = {name: trace(clients[name], NUMBER) for name in strangers}
        hidden.entry.delete()
        Document.objects.filter(pk=hidden.pk).update(current=None)
        hidden.delete()
        return [
            (name, one[0], first_difference(one, other))
            for name in strangers
            for one, other in zip(before[name], after[name], strict=True)
            if one != other
        ]

    return differences


def everything(*, to):
    return Entry.objects.filter(document__visibility="confidential").order_by("pk")


def leaky(reader):
    about = Document.objects.filter(links__key="palermo/9")
    return {"palermo/9": [Beside(one.title, "/", "") for one in about]}


def test_a_confidential_title_leaves_no_trace_for_a_stranger_and_planted_leaks_are_found(
    compared, monkeypatch
):
    assert compared("rustam", "cholpon") == []
    # Counts, rarities, suggestions and lists from an index of everybody's confidential documents.
    # Ibrat is of the same society: from another one PostgreSQL hides the document even then.
    monkeypatch.setattr(indexes, "confidential_entries", everything)
    with BESIDE_PROVISIONS.temporarily("library", leaky):
        differs = {where for _who, where, _how in compared("ibrat")}
    assert differs >= {"zherdevak", "Zherdevka", reverse("diplomacy:instrument", args=["palermo"])}


def test_those_who_may_read_it_find_it(world):
    bakyt = world.staff["bakyt"]
    put(bakyt, TITLE, "Zherdevka shelter", visibility="confidential")
    assert [one.document.title for one in queries.search("Жердевка", to=world.staff["saule"]).hits] == [TITLE]
    assert not queries.search("Жердевка", to=world.staff["amina"]).hits
