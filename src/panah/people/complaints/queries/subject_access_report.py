"""Everything kept about one person, in plain words to read aloud: of a case, a stay or a contact.

What is told, told when asked for and withheld is declared by the rooms (``work.told_parts``); here it is only read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import queries as audit_queries
from panah.ground.audit.events import REGISTER
from panah.ground.kit import dates
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import waiting_parts
from panah.ground.work.told_parts import (
    MORE,
    OF_ANOTHER,
    ON_A_CALL,
    ON_A_CALL_READ_FIRST,
    SHEETS,
    UNSORTED,
    Asking,
    Fields,
    HandedIn,
    HowTold,
    ReadablePart,
    ToldField,
    ToldPart,
    when_asked,
    withheld,
)
from panah.ground.work.words import is_sentence, read_text

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring

SHOWN_TIMES = 200
# What nobody declared: not told, and said so.
UNDECLARED = withheld("", UNSORTED)
NOTHING: tuple[object, ...] = ("", None, [], {})
# As an answer of four is kept that was not asked for; among choices it may be one.
NOT_ASKED = "none"

type Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class ReportSection:
    """A part of what is kept: each entry is a list of (what it is, the words)."""

    title: str
    entries: list[Rows]


@dataclass
class LeftOut:
    """What is left out for one reason: of which parts, called how, and how often."""

    why: str
    what: dict[str, int] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return sum(self.what.values())

    @property
    def named(self) -> list[tuple[str, int]]:
        return [(name, number) for name, number in self.what.items() if name]


@dataclass
class SubjectAccessReport:
    """What is told, what is told when asked for, and what is withheld, each with its reason."""

    requested: bool
    sections: list[ReportSection] = field(default_factory=list)
    when_asked: dict[str, LeftOut] = field(default_factory=dict)
    withheld: dict[str, LeftOut] = field(default_factory=dict)
    decided: list[str] = field(default_factory=list)

    def leave_out(self, title: str, declared: ToldField) -> None:
        kind = self.when_asked if declared.telling == HowTold.WHEN_ASKED else self.withheld
        left = kind.setdefault(str(declared.why), LeftOut(str(declared.why)))
        label = str(declared.label)
        name = f"{title}: {label}" if label and label != title else label
        left.what[name] = left.what.get(name, 0) + 1


def gathered(*, asking: Asking, keys: Keyring | None, requested: bool = False) -> SubjectAccessReport:
    """Gather what is kept about whoever is asked about; ``requested``: what is told when asked for, too."""
    out = SubjectAccessReport(requested)
    more = [given for room in MORE for given in room(asking, keys)]
    all_of_another = any(given.of_another and not given.sheet for given in more)
    found = [HandedIn(name, parts) for name, parts in _in_the_file(asking, keys)]
    own: dict[str, list[ReadablePart]] = {}
    others: dict[str, list[ReadablePart]] = {}
    for given in (*found, *more):
        out.decided.extend(given.left)
        for part in given.parts:
            foreign = all_of_another or given.of_another or bool(part.value.get(OF_ANOTHER))
            (others if foreign else own).setdefault(given.sheet, []).append(part)
    for name, sheet in SHEETS.items():
        _tell(out, sheet, own.get(name, []))
    apart = [rows for name, sheet in SHEETS.items() for rows in _of_another(out, sheet, others.get(name, []))]
    if apart:
        out.sections.append(ReportSection(str(ON_A_CALL_READ_FIRST), apart))
    if seen := _seen(asking):
        out.sections.append(ReportSection(str(_("Who opened it, and when")), [seen]))
    return out


def _in_the_file(asking: Asking, keys: Keyring | None) -> Iterable[tuple[str, list[ReadablePart]]]:
    mine = {
        name.partition(":")[2]: (name, sheet)
        for name, sheet in SHEETS.items()
        if name.startswith(f"{asking.about}:") and not sheet.handed_in
    }
    parts = vault_queries.read_parts(keys=keys, file=asking.file, names=mine)
    for part, (name, sheet) in mine.items():
        waits = waiting_parts.read_all(keys=keys, file=asking.file, part=part) if sheet.waits else []
        yield name, list(waits or parts.get(part, []))


def _tell(out: SubjectAccessReport, sheet: ToldPart, parts: Sequence[ReadablePart]) -> None:
    if entries := list(_entries(out, sheet, parts)):
        out.sections.append(ReportSection(str(sheet.title), entries))


def _of_another(
    out: SubjectAccessReport, sheet: ToldPart, parts: Sequence[ReadablePart]
) -> Iterable[list[tuple[str, str]]]:
    """What somebody else told, as a colleague reads it first; unasked it is counted and nothing else."""
    if out.requested or sheet.whole is not None:
        yield from _entries(out, sheet, parts)
        return
    for _rows in _entries(SubjectAccessReport(requested=True), sheet, parts):
        _leave_apart(out)


def _leave_apart(out: SubjectAccessReport) -> None:
    out.leave_out(str(ON_A_CALL), when_asked(ON_A_CALL))


def _entries(
    out: SubjectAccessReport, sheet: ToldPart, parts: Sequence[ReadablePart]
) -> Iterable[list[tuple[str, str]]]:
    for part in parts:
        rows: Rows = []
        if sheet.whole is not None:
            out.leave_out(str(sheet.title), sheet.whole)
        elif sheet.rows is not None:
            rows = _data(sheet.rows(part.value))
        else:
            _walk(out, sheet, sheet.fields, part.value, rows)
        if rows:
            yield [*rows, (str(_("Written down")), dates.day(part.at))]


def _walk(
    out: SubjectAccessReport,
    sheet: ToldPart,
    fields: Fields,
    value: Mapping[str, object],
    rows: Rows,
    before: str = "",
) -> None:
    for name, item in value.items():
        declared = fields.get(name, UNDECLARED)
        if name == OF_ANOTHER or item in NOTHING or (item == NOT_ASKED and declared.words is None):
            continue
        if declared.telling == HowTold.WITHHELD or (
            declared.telling == HowTold.WHEN_ASKED and not out.requested
        ):
            out.leave_out(str(sheet.title), declared)
        elif declared.rows is not None and isinstance(item, Mapping):
            rows += _answered(out, sheet, declared, item)
        elif declared.inside:
            for each in item if isinstance(item, list) else [item]:
                if isinstance(each, Mapping) and each.get(OF_ANOTHER) and not out.requested:
                    _leave_apart(out)
                elif isinstance(each, Mapping):
                    label = ON_A_CALL_READ_FIRST if each.get(OF_ANOTHER) else declared.label
                    _walk(out, sheet, declared.inside, each, rows, str(label))
        else:
            label = str(declared.label)
            rows.append((f"{before}: {label}" if before else label, _said(declared, item)))


def _answered(
    out: SubjectAccessReport, sheet: ToldPart, declared: ToldField, item: Mapping[str, object]
) -> Rows:
    """Answers that are told, and those that a colleague reads first."""
    first = _data(declared.read_first(item)) if declared.read_first else []
    for label, _text in [] if out.requested else first:
        out.leave_out(str(sheet.title), when_asked(label))
    rows = _data(declared.rows(item)) if declared.rows else []
    return [*rows, *first] if out.requested else rows


def _data(rows: Iterable[tuple[str, str]]) -> Rows:
    """Questions and answers that a room reads itself; an answer of four is said in words."""
    return [(label, _plain(text)) for label, text in rows if text not in (*NOTHING, NOT_ASKED)]


def _said(declared: ToldField, value: object) -> str:
    if is_sentence(value):
        return read_text(value)
    many = value if isinstance(value, list | tuple) else [value]
    return "; ".join(text for item in many if item not in NOTHING and (text := _one(declared.words, item)))


def _one(words: Any, value: object) -> str:
    if words is None:
        return _plain(value)
    if isinstance(words, type) and issubclass(words, TextChoices):
        return str(words(value).label) if value in words.values else _plain(value)
    return str(words(value))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    text = str(value)
    return {"yes": str(_("yes")), "no": str(_("no")), "unknown": str(_("unknown"))}.get(text) or _readable(
        text
    )


def _readable(text: str) -> str:
    """A moment or a day as people write it; any other text as it stands."""
    try:
        return dates.day(date.fromisoformat(text)) if len(text) == 10 else dates.when(_moment(text))
    except ValueError:
        return text


def _moment(text: str) -> datetime:
    if len(text) < 16 or text[4:5] != "-":
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _seen(asking: Asking) -> Rows:
    """What was done with the file and when, without the colleagues: they are other people."""
    entries = audit_queries.entries_about(asking.file, limit=SHOWN_TIMES)
    return [
        (dates.day(entry.at), _(str(REGISTER[entry.event].sentence)) % {"who": _("A colleague")})
        for entry in reversed(entries)
        if entry.event in REGISTER
    ]
