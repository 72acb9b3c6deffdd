"""Reading the texts of the door: for colleagues side by side, for the door as they are corrected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Max, QuerySet

from panah.ground.audit.queries import hands_since_approval
from panah.ground.foundation import dialled_numbers, tenancy
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.kit import corrected_words
from panah.ground.kit.corrected_words import Words
from panah.ground.kit.languages import DOOR
from panah.ground.network.queries import hosted_ids
from panah.people.page_texts import rules
from panah.people.page_texts.models import Correction, NativeCheck
from panah.people.page_texts.sentences import (
    Sentence,
    all_sentences,
    delivered_checked,
    print_of,
    sentence_of,
)
from panah.people.page_texts.words import TextState

LANGUAGES = tuple(tag for tag, _name in DOOR)


def hands_of(row: Correction) -> frozenset[UUID]:
    """Return all who wrote in a draft, as the journals of the societies of this node tell it, and its row."""
    hands = {UUID(hand) for hand in row.hands}
    for society in hosted_ids():
        with tenancy.tenant_context(society):
            hands |= hands_since_approval(row.pk)
    return frozenset(hands)


# ---- at the door ---------------------------------------------------------------------------------

# Language -> (stamp, its corrected words) as this process read them last.
_read: dict[str, tuple[str, Words | None]] = {}
_reading = Lock()


@contextmanager
def corrected(language: str) -> Iterator[None]:
    """Say what is corrected in this language while a page of the door is drawn. One question to the database."""
    with corrected_words.spoken(words_in(language)):
        yield


def words_in(language: str) -> Words | None:
    """Return the corrected words of a language; None where there are none, or nobody answers.

    They are read anew, and compared with what was published, when a correction has come or gone since.
    """
    try:
        now = _stamp(language)
        cached = _read.get(language)
        if cached is None or cached[0] != now:
            with _reading:
                cached = _read[language] = now, _words(language, now)
    except DatabaseError:
        # As they were delivered: the page must stand.
        return None
    return cached[1]


def _stamp(language: str) -> str:
    """What changed last among the texts of a language; "" where nothing was ever published."""
    changed = _last_changed(language=language)
    return " ".join(str(part) for part in changed[0]) if changed else ""


@prepared
def _last_changed(language: str) -> QuerySet[Correction, tuple[UUID, str, datetime]]:
    rows = Correction.objects.filter(language=language).exclude(state=TextState.DRAFT)
    return rows.order_by("-edited_at", "pk").values_list("pk", "state", "edited_at")[:1]


def no_earlier_than(at: datetime, *, language: str) -> datetime:
    """Return when a change of this moment counts as done: after every other, also where the clock went back."""
    last = Correction.objects.filter(language=language).aggregate(last=Max("edited_at"))["last"]
    return at if last is None or last < at else last + timedelta(microseconds=1)


def _words(language: str, stamp: str) -> Words | None:
    if not stamp:
        return None
    # Who wrote it is no stranger's: the role of the door's own machine may not read that either.
    rows = Correction.objects.filter(language=language, state=TextState.SHOWN)
    rows = rows.defer("hands", "written_by", "published_by")
    good = {row.key: tuple(row.texts) for row in dialled_numbers.compared(rows) if may_be_said(row)}
    # What two rows say differently was never published so.
    digest = print_of(language, tuple(f"{key}\x1f{'|'.join(texts)}" for key, texts in sorted(good.items())))
    return Words(language, digest, good) if good else None


def may_be_said(row: Correction) -> bool:
    """Say whether a row is as it was published, and still holds what a corrected text must hold."""
    if row.changed_outside or row.mark != sentence_of(row.key).mark:
        return False
    english = sentence_of(row.key).wanted
    given = [str(one) for one in row.delivered] or [english]
    return bool(row.texts) and not any(
        rules.problem(text, english=english, delivered=given[min(place, len(given) - 1)])
        for place, text in enumerate(row.texts)
    )


# ---- for colleagues ------------------------------------------------------------------------------


@dataclass(frozen=True)
class TextLine:
    """A sentence of the door in one language. ``said``: as it is said now; ``draft`` waits for a second person."""

    sentence: Sentence
    said: tuple[str, ...]
    corrected: bool
    draft: bool
    checked: bool
    changed_outside: bool


@dataclass(frozen=True)
class Progress:
    """How far the texts of a language are."""

    language: str
    sentences: int
    checked: int
    corrected: int
    drafts: int
    checks: list[NativeCheck]


def lines(language: str) -> list[TextLine]:
    """Return every sentence of the door in a language. Three queries, however many there are."""
    wanted = Correction.objects.filter(language=language, state__in=(TextState.DRAFT, TextState.SHOWN))
    rows = dialled_numbers.compared(wanted)
    shown = {row.mark: row for row in rows if row.state == TextState.SHOWN}
    drafts = {row.mark for row in rows if row.state == TextState.DRAFT}
    prints = _checked_prints(language)
    return [
        _line(sentence, language, shown.get(sentence.mark), sentence.mark in drafts, prints)
        for sentence in all_sentences().values()
    ]


def _line(
    sentence: Sentence, language: str, shown: Correction | None, draft: bool, prints: set[str]
) -> TextLine:
    good = shown is not None and may_be_said(shown)
    said = tuple(shown.texts) if shown is not None and good else sentence.delivered(language)
    checked = print_of(sentence.key, said) in prints or (
        not good and sentence.key in delivered_checked(language)
    )
    return TextLine(sentence, said, good, draft, checked, shown is not None and not good)


def _checked_prints(language: str) -> set[str]:
    rows = NativeCheck.objects.filter(language=language).values_list("prints", flat=True)
    return {mark for row in rows for mark in row}


def found(rows: list[TextLine], *, words: str = "", unchecked: bool = False) -> list[TextLine]:
    """Return those lines that hold all these words, in English or in the language, and are unchecked if asked so."""
    wanted = words.casefold().split()

    def fits(one: TextLine) -> bool:
        text = " ".join([*one.sentence.english, *one.said]).casefold()
        return all(word in text for word in wanted) and not (unchecked and one.checked)

    return [row for row in rows if fits(row)]


def line_of(mark: str, language: str) -> TextLine | None:
    """Return one sentence in a language, or None."""
    return next((line for line in lines(language) if line.sentence.mark == mark), None)


def progress(language: str, rows: list[TextLine]) -> Progress:
    return Progress(
        language,
        len(rows),
        sum(line.checked for line in rows),
        sum(line.corrected for line in rows),
        sum(line.draft for line in rows),
        list(NativeCheck.objects.filter(language=language)[:5]),
    )


def draft_of(mark: str, language: str) -> Correction | None:
    return Correction.objects.filter(mark=mark, language=language, state=TextState.DRAFT).first()


def drafts() -> list[Correction]:
    """Return all corrections that wait for a second person, the oldest first."""
    return list(Correction.objects.filter(state=TextState.DRAFT).order_by("edited_at", "pk"))


def correction(pk: UUID) -> Correction | None:
    return Correction.objects.filter(pk=pk).first()


def history(mark: str, language: str) -> list[Correction]:
    """Return what was published of a sentence, the newest first, each compared."""
    rows = Correction.objects.filter(mark=mark, language=language).exclude(state=TextState.DRAFT)
    return dialled_numbers.compared(rows)


def all_published(_society: UUID) -> list[Correction]:
    """Return what is kept outside the database too; the door is one for all societies of the node."""
    return list(Correction.objects.exclude(state=TextState.DRAFT))
