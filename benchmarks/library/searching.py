"""The search of the library among made-up documents: a page of hits and similar documents, beside their own questions.

The floor of a search is what it asks of the database, asked again and nothing done with the rows; beside it stands a
plain scan of the same pages for the words as they were typed.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from benchmarks import seed
from benchmarks.figures import Figure
from benchmarks.library import recall, related
from panah.ground.foundation import bulk_insert, tenancy
from panah.practice.cast import Practice
from panah.programmes.library import actions, queries
from panah.programmes.library.models import Block, Document, Entry, Page, Shelf, Term, Version

SIZES, QUICK_SIZES = (20_000, 100_000), (2_000,)
CONFIDENTIAL = 500
WORDS_EACH = 120
ASKED, ALIKE = 200, 60
# Of each language so many words, the commonest first as in any text.
VOCABULARY = 20_000
SYLLABLES = {
    "ru": ("бо ра тор гов лю ди за кон по мощь ми гра ци я пра во суд стра на жен де ти ра бо та", 0.3),
    "kk": ("ада м са уда қа зақ стан құ қық кө мек заң өң ір ұлт ық жү гі ну дер сі ба ла", 0.2),
    "uz": ("o dam sav do si qo nun yor dam hu quq bo la qiz mil liy ja mi yat oʻz be kis", 0.2),
    "en": ("tra fic king hu man la bour law pro tec tion as sist ance mi gra tion red cres cent", 0.3),
}


def run(quick: bool) -> Iterator[Figure]:
    """Yield, for each size, how long it takes to index, search and find similar documents."""
    made = seed.node()
    with tenancy.tenant_context(made.staff["bakyt"].society_id):
        yield from recall.run(made)
        _empty()
        yield from related.run(made)
        _empty()
        for size in _sizes(quick):
            chance = random.Random(size)
            written = _Writer(chance)
            began = time.perf_counter()
            _shelve(made, written, size, "network")
            _shelve(made, written, min(CONFIDENTIAL, size // 4), "confidential")
            yield Figure(
                "library",
                "documents written, a second",
                size / (time.perf_counter() - began),
                "1/s",
                None,
                size,
            )
            began = time.perf_counter()
            actions.index_waiting(at=timezone.now(), most=4096)
            yield Figure(
                "library",
                "documents indexed, a second",
                size / (time.perf_counter() - began),
                "1/s",
                None,
                size,
            )
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            yield from _searches(made, written, size)
            yield from _alike(made, chance, size)
            _empty()


def _sizes(quick: bool) -> list[int]:
    asked = os.environ.get("PANAH_BENCH_ROWS", "")
    return [int(one) for one in asked.split(",")] if asked else list(QUICK_SIZES if quick else SIZES)


class _Writer:
    """Texts of made-up words whose frequency falls as that of words does."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = {tag: _words(parts.split(), chance) for tag, (parts, _share) in SYLLABLES.items()}
        self.weights = list(accumulate(1 / (turn + 3) for turn in range(VOCABULARY)))

    def language(self) -> str:
        shares = [share for _parts, share in SYLLABLES.values()]
        return self.chance.choices(list(SYLLABLES), shares)[0]

    def text(self, language: str, count: int) -> str:
        return " ".join(self.chance.choices(self.words[language], cum_weights=self.weights, k=count))

    def asked(self) -> str:
        """What somebody types: one to three words, common and rare, some in quotes, some with a slip."""
        language = self.language()
        words = [
            self.words[language][min(int(self.chance.paretovariate(0.35) * 5), VOCABULARY - 1)]
            for _ in range(self.chance.randint(1, 3))
        ]
        kind = self.chance.random()
        if kind < 0.1:
            return f'"{self.text(language, 2)}"'
        if kind < 0.2 and len(words[0]) > 5:
            words[0] = words[0][:3] + words[0][4] + words[0][3] + words[0][5:]
        return " ".join(words)


def _words(parts: Sequence[str], chance: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found["".join(chance.choices(parts, k=chance.randint(2, 5)))] = None
    return list(found)


DOCUMENT = "id society_id number title title_language kind visibility source countries brought_by_id added_on edited_at"
VERSION = "id document_id number file_name media_type size sha256 state brought_by_id added_on"
NEAR_HERE = ("kz", "kg", "tj", "tm", "uz", "ru", "tr")


def _shelve(made: Practice, written: _Writer, count: int, visibility: str) -> None:
    """Write documents of one page each as rows, as they are after the reading."""
    by, day, now = made.staff["bakyt"], timezone.localdate(), timezone.now()
    documents, versions, pages, entries = [], [], [], []
    for _ in range(count):
        pk, version, language = uuid4(), uuid4(), written.language()
        title, text = written.text(language, 6).capitalize(), written.text(language, WORDS_EACH)
        countries = written.chance.sample(NEAR_HERE, written.chance.randint(0, 2))
        said = (title, language, "report", visibility, "made up", countries)
        documents.append((pk, by.society_id, uuid4().hex[:12], *said, by.pk, day, now))
        versions.append((version, pk, 1, "a.pdf", "pdf", 1, "0" * 64, "read", by.pk, day))
        pages.append((uuid4(), version, 1, text, language, "text_layer"))
        entries.append((uuid4(), pk, True, b"", b"", b""))
    bulk_insert.insert(Document, DOCUMENT.split(), documents)
    bulk_insert.insert(Version, VERSION.split(), versions)
    bulk_insert.insert(Page, ("id", "version_id", "number", "text", "language", "read_by"), pages)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE library_document SET current_id = (SELECT v.id FROM library_version v"
            " WHERE v.document_id = library_document.id) WHERE current_id IS NULL"
        )
    bulk_insert.insert(Entry, ("id", "document_id", "waits", "terms", "columns", "pages"), entries)


def _searches(made: Practice, written: _Writer, size: int) -> Iterator[Figure]:
    asked = [written.asked() for _ in range(ASKED)]
    for name, who in (("a colleague", "amina"), ("a focal point, with confidential ones", "bakyt")):
        reader = made.staff[who]
        taken, floors, processor, hits = _timed([_search(text, reader) for text in asked])
        for share, case in ((50, "p50"), (95, "p95")):
            yield Figure(
                "library", f"search, {name}, {case}", _of(taken, share), "ms", _of(floors, share), size
            )
            yield Figure(
                "library", f"search, {name}, processor, {case}", _of(processor, share), "ms", None, size
            )
        yield Figure(
            "library", f"search, {name}, that found something", hits / len(asked), "share", None, size
        )
    scans = [_scan(text) for text in asked[:20]]
    taken, _floors, _processor, _hits = _timed([_search(text, made.staff["amina"]) for text in asked[:20]])
    yield Figure(
        "library", "search, beside a plain scan, p50", _of(taken, 50), "ms", statistics.median(scans), size
    )


def _search(text: str, reader: Any) -> Callable[[], int]:
    return lambda: len(queries.search(text, to=reader).hits)


def _alike(made: Practice, chance: random.Random, size: int) -> Iterator[Figure]:
    keys = list(
        Document.objects.filter(visibility="network").order_by("number").values_list("pk", flat=True)[:2000]
    )
    some = Document.objects.filter(pk__in=chance.sample(keys, min(ALIKE, len(keys)))).order_by("number")
    amina = made.staff["amina"]

    def like(document: Document) -> Callable[[], int]:
        return lambda: len(queries.similar(document, to=amina))

    taken, floors, processor, _found = _timed([like(one) for one in some])
    for share, case in ((50, "p50"), (95, "p95")):
        yield Figure(
            "library", f"similar documents, {case}", _of(taken, share), "ms", _of(floors, share), size
        )
        yield Figure(
            "library", f"similar documents, processor, {case}", _of(processor, share), "ms", None, size
        )


def _timed(work: Sequence[Callable[[], int]]) -> tuple[list[float], list[float], list[float], int]:
    """Return milliseconds of each by the clock, of its own questions asked again, and of the processor alone.

    The processor's are moved less by who else works here. The last: how many found something.
    """
    taken, floors, processor, found = [], [], [], 0
    for one in work:
        seen: list[tuple[str, Any]] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any, seen: Any = seen) -> Any:
            if sql.startswith("SELECT"):
                seen.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            found += one() > 0
        began, worked = time.perf_counter(), time.process_time()
        one()
        between = time.perf_counter()
        processor.append((time.process_time() - worked) * 1000)
        with connection.cursor() as cursor:
            for sql, params in seen:
                cursor.execute(sql, params)
                cursor.fetchall()
        taken.append((between - began) * 1000)
        floors.append((time.perf_counter() - between) * 1000)
    return taken, floors, processor, found


def _scan(text: str) -> float:
    """The plain way: every page looked through for the words as they were typed. Returns milliseconds."""
    words = text.replace('"', "").split()
    began = time.perf_counter()
    pages = Page.objects.all()
    for word in words:
        pages = pages.filter(text__contains=word)
    list(pages.values_list("version_id", flat=True)[:20])
    return (time.perf_counter() - began) * 1000


def _of(values: Sequence[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def _empty() -> None:
    Document.objects.update(current=None)
    for model in (Entry, Page, Version, Document, Block, Term, Shelf):
        model.objects.all()._raw_delete("default")
