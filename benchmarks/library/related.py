"""How good the lists of similar documents are, on a shelf of made-up documents in nine languages (`shelf.toml`).

On this shelf the measure was developed; `related.toml` says of each entry that was shown whether it is related, judged
by reading both. Entries that nobody has judged are counted apart: whoever changes the measure judges them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from django.utils import timezone

from benchmarks.figures import Figure
from panah.ground.foundation import bulk_insert
from panah.practice.cast import Practice
from panah.programmes.library import actions, queries
from panah.programmes.library.models import Document, Entry, Page, Version

HERE = Path(__file__).parent
DOCUMENT = "id society_id number title title_language kind visibility source brought_by_id added_on edited_at"
VERSION = "id document_id number file_name media_type size sha256 state brought_by_id added_on"


class Shelved(NamedTuple):
    """A document of the shelf: what it is called there, its language, what it is about, its words."""

    id: str
    language: str
    matter: frozenset[str]
    title: str
    text: str


def shelf() -> list[Shelved]:
    rows = tomllib.loads((HERE / "shelf.toml").read_text("utf-8"))["document"]
    return [
        Shelved(one["id"], one["language"], frozenset(one["matter"]), one["title"], one["text"])
        for one in rows
    ]


def judged() -> dict[tuple[str, str], bool]:
    """Return {(document, what was shown as like it): whether it is related}."""
    said = tomllib.loads((HERE / "related.toml").read_text("utf-8"))
    return {
        (one, other): related
        for related, name in ((True, "related"), (False, "unrelated"))
        for one, others in said[name].items()
        for other in others
    }


def run(made: Practice) -> Iterator[Figure]:
    """Yield how many of the entries shown are unrelated, how many were never judged, and what of a matter is found."""
    known, documents = judged(), shelf()
    entries = [(one.id, other) for one, others in shown(made, documents) for other in others]
    told = [known[one] for one in entries if one in known]
    wrong = told.count(False)
    yield Figure(
        "library", "similar documents shown on our shelf", len(entries), "entries", None, len(documents)
    )
    yield Figure(
        "library", "unrelated among those judged by hand", wrong, "entries", 20 / 200 * len(told), len(told)
    )
    yield Figure("library", "not judged by anybody", len(entries) - len(told), "entries", 0, len(entries))
    there = {
        (one.id, other.id)
        for one in documents
        for other in documents
        if one is not other and one.language == other.language and one.matter & other.matter
    }
    yield Figure(
        "library",
        "of the same matter and language, shown",
        len(there & {*entries}) / len(there),
        "share",
        None,
        len(there),
    )


def shown(made: Practice, documents: list[Shelved]) -> Iterator[tuple[Shelved, list[str]]]:
    """Yield each document with those that are shown as like it."""
    numbers = _shelve(made, documents)
    names = {number: one.id for number, one in zip(numbers, documents, strict=True)}
    rows = {row.number: row for row in Document.objects.filter(number__in=numbers)}
    for number, one in zip(numbers, documents, strict=True):
        like = queries.similar(rows[number], to=made.staff["amina"])
        yield one, [names[other.document.number] for other in like]


def _shelve(made: Practice, documents: list[Shelved]) -> list[str]:
    by, day, now = made.staff["bakyt"], timezone.localdate(), timezone.now()
    keys = [(uuid4(), uuid4(), uuid4().hex[:12]) for _ in documents]
    common = ("report", "network", "made up", by.pk, day, now)
    told = list(zip(keys, documents, strict=True))
    rows = [(pk, by.society_id, number, one.title, one.language, *common) for (pk, _v, number), one in told]
    bulk_insert.insert(Document, DOCUMENT.split(), rows)
    bulk_insert.insert(
        Version,
        VERSION.split(),
        [(version, pk, 1, "a.pdf", "pdf", 1, "0" * 64, "read", by.pk, day) for pk, version, _n in keys],
    )
    pages = [(uuid4(), version, 1, one.text, one.language, "text_layer") for (_pk, version, _n), one in told]
    bulk_insert.insert(Page, ("id", "version_id", "number", "text", "language", "read_by"), pages)
    for pk, version, _number in keys:
        Document.objects.filter(pk=pk).update(current=version)
    bulk_insert.insert(
        Entry,
        ("id", "document_id", "waits", "terms", "columns", "pages"),
        [(uuid4(), pk, True, b"", b"", b"") for pk, _version, _number in keys],
    )
    actions.index_waiting(at=now)
    return [number for _pk, _version, number in keys]
