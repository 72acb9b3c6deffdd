"""The practice library: a leaflet in the languages of the region, and what two societies wrote."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from panah.ground.kit.documents import Heading, docx
from panah.ground.kit.letter import letter
from panah.practice.cast import Practice
from panah.programmes.library import actions as library
from panah.programmes.library.words import LinkKind

if TYPE_CHECKING:
    from panah.programmes.library.models import Document

HERE = Path(__file__).parent
# The leaflet's files: one of each kind that is read here, and who brought it.
LEAFLETS = {
    "ru": ("leaflet.docx", "ibrat"), "kk": ("leaflet.pdf", "ibrat"), "ky": ("leaflet.html", "ibrat"),
    "tg": ("leaflet.docx", "rustam"), "uz": ("leaflet.html", "rustam"), "tk": ("leaflet.txt", "rustam"),
}  # fmt: skip


class Row(TypedDict, total=False):
    """One document of `library.toml`; the keys of other documents stand in the last three."""

    by: str
    title: str
    language: str
    kind: str
    visibility: str
    days: int
    file: str
    source: str
    countries: list[str]
    instruments: list[str]
    provisions: list[str]
    pages: list[str]
    withdrawn: str
    replaced_by: str
    translation_of: str
    same_matter: str


class Leaflet(TypedDict):
    """The leaflet in one language."""

    titles: list[str]
    paragraphs: list[str]


def build(practice: Practice) -> None:
    """Bring everything with its text, so that nothing is left for the worker to read."""
    brought: dict[str, Document] = {}
    leads = practice.staff["bakyt" if practice.has("bakyt") else "rustam"]
    brought["source"] = library.bring_source(by=leads, at=practice.at)
    _leaflets(practice, brought)
    rows = {key: row for key, row in _written().items() if practice.has(row["by"])}
    for key, row in rows.items():
        brought[key] = _bring(practice, row)
    for key, row in rows.items():
        _join(practice, brought, key, row)
    _collect(practice, brought)


def _written() -> dict[str, Row]:
    found: dict[str, Row] = tomllib.loads((HERE / "library.toml").read_text("utf-8"))
    return found


def _leaflet_texts() -> dict[str, Leaflet]:
    found: dict[str, Leaflet] = tomllib.loads((HERE / "leaflets.toml").read_text("utf-8"))
    return found


def _leaflets(practice: Practice, brought: dict[str, Document]) -> None:
    texts = _leaflet_texts()
    for language, (file, by) in LEAFLETS.items():
        if not practice.has(by):
            continue
        title = f"Practice: {texts[language]['titles'][0]}"
        row: Row = {
            "by": by,
            "title": title,
            "language": language,
            "kind": "leaflet",
            "visibility": "public" if practice.staff[by].is_focal_point else "network",
            "days": 30,
            "file": file,
            "source": f"Practice: leaflet in {language}",
            "pages": ["\n".join(texts[language]["paragraphs"])],
        }
        brought[f"leaflet-{language}"] = _bring(practice, row)
    for language in set(LEAFLETS) - {"ru"}:
        one, of = brought.get(f"leaflet-{language}"), brought.get("leaflet-ru")
        if one is not None and of is not None:
            by = practice.staff[LEAFLETS[language][1]]
            library.link(document=one, kind=LinkKind.TRANSLATION, other=of, by=by, at=practice.at)


def _bring(practice: Practice, row: Row) -> Document:
    at = practice.at - timedelta(days=row["days"])
    facts = library.Facts(
        title=row["title"],
        title_language=row["language"],
        kind=row["kind"],
        visibility=row["visibility"],
        source=row["source"],
        licence="Practice: free to copy" if row["visibility"] == "public" else "",
        published_on=at.date(),
        countries=row.get("countries", []),
        instruments=row.get("instruments", []),
    )
    return library.bring_read(
        name=row["file"],
        body=_file(row),
        facts=facts,
        pages=[library.Known(text, row["language"]) for text in row["pages"]],
        by=practice.staff[row["by"]],
        at=at,
    )


def _file(row: Row) -> bytes:
    """The document as its file: a form feed begins a page of a plain text."""
    title, pages, kind = row["title"], row["pages"], row["file"].rpartition(".")[2]
    paragraphs = [line for page in pages for line in page.split("\n")]
    if kind == "docx":
        return docx([Heading(title, 1), *paragraphs])
    if kind == "pdf":
        return letter(
            title=title, intro=paragraphs[0], rows=[("", one) for one in paragraphs[1:]], closing=[]
        )
    if kind == "html":
        body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
        return f'<!doctype html><meta charset="utf-8"><title>{escape(title)}</title>{body}'.encode()
    return "\f".join(pages).encode()


def _join(practice: Practice, brought: dict[str, Document], key: str, row: Row) -> None:
    document, by, at = brought[key], practice.staff[row["by"]], practice.at
    for provision in row.get("provisions", ()):
        library.link(document=document, kind=LinkKind.PROVISION, key=provision, by=by, at=at)
    for other, kind in (
        (row.get("translation_of"), LinkKind.TRANSLATION),
        (row.get("same_matter"), LinkKind.SAME_MATTER),
    ):
        if other in brought:
            library.link(document=document, kind=kind, other=brought[other], by=by, at=at)
    if (newer := brought.get(row.get("replaced_by", ""))) is not None:
        library.replace(document=document, other=newer, by=by, at=at)
        library.link(document=newer, kind=LinkKind.REPLACES, other=document, by=by, at=at)
    if "withdrawn" in row:
        library.withdraw(document=document, reason=row["withdrawn"], by=by, at=at)


def _collect(practice: Practice, brought: dict[str, Document]) -> None:
    lists = (
        (
            "bakyt",
            "Practice: for a new focal point",
            ("source", "plan", "first-talk", "round-table", "agreement"),
        ),
        ("ibrat", "Practice: to give to people before they leave", [f"leaflet-{one}" for one in LEAFLETS]),
    )
    for username, title, keys in lists:
        chosen = [brought[key] for key in keys if key in brought]
        if practice.has(username) and chosen:
            row = library.collect(title=title, about="", by=practice.staff[username], at=practice.at)
            library.put_in_order(
                collection=row, documents=chosen, by=practice.staff[username], at=practice.at
            )
