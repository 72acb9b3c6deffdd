"""One row as a volunteer to be, or what is wrong with it, by column and code. No clock, no rows of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict, cast
from uuid import UUID

from django.db.models import TextChoices

from panah.ground.kit.tables.cells import (
    FEMALE,
    LOST,
    MALE,
    CellError,
    clean,
    email,
    flag,
    language,
    partial_date,
)
from panah.ground.kit.tables.reading import Row
from panah.ground.kit.tables.workbooks import MERGED, as_heading
from panah.ground.names.normalise import in_one_script, is_mixed
from panah.ground.network.words import international
from panah.programmes.volunteers import rules
from panah.programmes.volunteers.importing.words import Column
from panah.programmes.volunteers.words import Sex, VolunteerRole, VolunteerState

type Faults = list[tuple[str, str]]


class Person(TypedDict, total=False):
    """A volunteer to be, as JSON can say it; what is not known is not there."""

    name: str
    branch: str
    card: str
    address: str
    guardian: str
    guardian_phone: str
    born: str
    joined_on: str
    left_on: str
    code_signed_on: str
    sex: str
    state: str
    role: str
    languages: list[str]
    phone: str
    other: str
    email: str
    may_be_contacted: bool


LONGEST = {Column.NAME: 120, Column.CARD: 60, Column.ADDRESS: 200, Column.EMAIL: 120, Column.GUARDIAN: 120}
NAME_PARTS = (Column.NAME, Column.SURNAME, Column.GIVEN, Column.FATHER)
TOTALS = re.compile(
    r"(?:итого|всего|общее количество|in total|total|жалпы|жами|барлығы|ҳамагӣ|jami)[\s:–-]*"
    r"(?:по \w+|волонт\w*|человек|людей|volunteers|people)?[\s:–-]*\d*",
    re.IGNORECASE,
)
NUMBERS = re.compile(r"[\d\s.,%]*")
SLASHED = re.compile(r"(\d{1,2})[/\-](\d{1,2})[/\-](\d{4})")
MANY = re.compile(r"[;,|/]|\s+и\s+|\s+and\s+")
# Two numbers in one cell; blanks and brackets are part of one.
PHONES = re.compile(r"[;,/\n]|\s{2,}")
SEXES = {
    **dict.fromkeys(FEMALE, Sex.FEMALE),
    **dict.fromkeys(MALE, Sex.MALE),
    **dict.fromkeys(("другой", "другое", "other"), Sex.OTHER),
}
# Told as a state: the row is refused, with what to write instead.
MOVED = "moved"
STATES = {
    **dict.fromkeys(
        ("активный", "активен", "активна", "действующий", "да", "active", "yes"), VolunteerState.ACTIVE
    ),
    **dict.fromkeys(
        ("пауза", "приостановлен", "приостановлена", "неактивный", "pause", "paused", "pauses", "inactive"),
        VolunteerState.PAUSED,
    ),
    **dict.fromkeys(
        ("выбыл", "выбыла", "ушел", "ушла", "исключен", "исключена", "left", "ended"), VolunteerState.LEFT
    ),
}
TRANSFERRED = re.compile(r"перевед[её]н|перешел|перешла|transferred|moved", re.IGNORECASE)
ROLES = {
    **dict.fromkeys(("волонтер", "доброволец", "volunteer", "member"), VolunteerRole.MEMBER),
    **dict.fromkeys(("равный наставник", "равный консультант", "равный преподаватель", "равный равному",
                     "peer educator", "peer"), VolunteerRole.PEER_EDUCATOR),
    **dict.fromkeys(("тренер", "инструктор", "trainer"), VolunteerRole.TRAINER),
    **dict.fromkeys(("лидер", "лидер группы", "руководитель группы", "координатор группы", "team leader", "leader"),
                    VolunteerRole.LEADER),
}  # fmt: skip


CALLED_BRANCH = re.compile(r"\b(?:филиал|отделение|branch|chapter|of)\b\.?", re.IGNORECASE)


def branch_key(text: str) -> str:
    """Return the name of a branch as it is looked for: "Отделение Арна" is "арна"."""
    return " ".join(CALLED_BRANCH.sub(" ", as_heading(text)).split())


@dataclass
class Setting:
    """What rows are read against: the day, the country, the branches by their names, and where rows come to."""

    today: date
    iso2: str
    branches: Mapping[str, UUID]
    home: UUID | None = None
    # A coordinator brings in her own branch alone.
    only: UUID | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, note: str) -> None:
        self.counts[note] = self.counts.get(note, 0) + 1


type Reader = Callable[[str, Setting], object]
type Taker = Callable[[Person, str, Setting], None]


def read(rows: Iterable[Row], setting: Setting) -> Iterator[tuple[Row, Person | None, Faults]]:
    """Yield each row that is meant as a person, with the person or what is wrong; totals and headings are counted.

    A branch that stands once beside all its people, or above them, is written into each row.
    """
    above = heading = ""
    for row in rows:
        if row.wrong:
            yield row, None, [("", row.wrong)]
            continue
        said = [text for text in row.cells.values() if text and text != MERGED]
        if said and TOTALS.fullmatch(said[0]) and all(NUMBERS.fullmatch(text) for text in said[1:]):
            setting.count("totals")
            continue
        if len(said) == 1 and len(row.cells) > 1 and branch_key(said[0]) in setting.branches:
            heading = said[0]
            setting.count("headings-inside")
            continue
        # A title across the columns; a branch alone may be merged with the one above.
        if len(said) == 1 and any(
            text == MERGED for name, text in row.cells.items() if name != Column.BRANCH
        ):
            yield row, None, [("", "one-cell")]
            continue
        branch = row.cells.get(Column.BRANCH, "")
        if branch == MERGED and above:
            setting.count("merged-branch")
        above = above if branch == MERGED else branch
        cells = {**row.cells, Column.BRANCH.value: above if branch == MERGED and above else branch or heading}
        yield Row(row.number, cells), *check(cells, setting)


def check(cells: Mapping[str, str], setting: Setting) -> tuple[Person | None, Faults]:
    """Return the volunteer of a row, or None and (column, code) of everything that is wrong with it."""
    person: Person = {}
    wrong: Faults = []
    filled: dict[str, str] = {}
    for column, text in cells.items():
        if not text:
            continue
        try:
            filled[column] = kept = clean(text)
            if len(kept) > LONGEST.get(Column(column), 300):
                raise CellError("too-long")  # noqa: TRY301  it is one of the answers
            if take := TAKERS.get(column):
                take(person, kept, setting)
        except CellError as problem:
            wrong.append((column, problem.code))
    for judge in (_name, _branch, _days):
        try:
            judge(person, filled, setting)
        except _Wrong as problem:
            if not any(column == problem.column for column, _code in wrong):
                wrong.append((problem.column, problem.code))
    return (None, wrong) if wrong else (person, [])


class _Wrong(CellError):
    def __init__(self, column: str, code: str) -> None:
        super().__init__(code)
        self.column = column


def _name(person: Person, filled: Mapping[str, str], _setting: Setting) -> None:
    parts = [(part, filled[part]) for part in NAME_PARTS if filled.get(part)]
    if not parts:
        raise _Wrong(Column.NAME, "no-name")
    words: list[str] = []
    for part, text in parts:
        if LOST.search(text):
            raise _Wrong(part, "lost-letters")
        for word in text.split():
            whole = in_one_script(word)
            if is_mixed(whole):
                raise _Wrong(part, "two-scripts")
            words.append(whole)
    name = " ".join(words)
    if len(name) > LONGEST[Column.NAME]:
        raise _Wrong(parts[0][0], "too-long")
    if len(words) < 2 and len(parts) == 1 and parts[0][0] == Column.NAME:
        raise _Wrong(Column.NAME, "one-word")
    person["name"] = name


def _branch(person: Person, filled: Mapping[str, str], setting: Setting) -> None:
    text = filled.get(Column.BRANCH, "")
    found = setting.branches.get(branch_key(text)) if text else setting.home
    if found is None:
        raise _Wrong(Column.BRANCH, "unknown-branch" if text else "no-branch")
    if person.get("state") == MOVED:
        raise _Wrong(Column.STATE, "transferred")
    if setting.only is not None and found != setting.only:
        raise _Wrong(Column.BRANCH, "other-branch")
    person["branch"] = str(found)


def _days(person: Person, _filled: Mapping[str, str], setting: Setting) -> None:
    born, joined, left = person.get("born", ""), person.get("joined_on", ""), person.get("left_on", "")
    if born and setting.today.year - int(born[:4]) < rules.YOUNGEST:
        raise _Wrong(Column.BORN, "too-young")
    if joined and left and left < joined:
        raise _Wrong(Column.LEFT, "left-before")
    if left and person.get("state", VolunteerState.ACTIVE) == VolunteerState.ACTIVE:
        person["state"] = VolunteerState.LEFT.value
    if person.get("state") == VolunteerState.LEFT and not left:
        person["left_on"] = setting.today.isoformat()


# -- cells ---------------------------------------------------------------------------------------


def _date(text: str, setting: Setting) -> str:
    """A date as far as it is known; with slashes only where day and month cannot be taken for one another."""
    if slashed := SLASHED.fullmatch(text):
        first, second, year = (int(group) for group in slashed.groups())
        if (first > 12) == (second > 12) and first != second:
            raise CellError("slashes" if first <= 12 else "no-such-day")
        day, month = (first, second) if first > 12 or first == second else (second, first)
        text = f"{day:02}.{month:02}.{year}"
    return partial_date(text, setting.today)


def _whole_date(text: str, setting: Setting) -> str:
    """A date; of a year or month its first day."""
    return (_date(text, setting) + "-01-01")[:10]


def _born(text: str, setting: Setting) -> str:
    return _date(text.removesuffix("г.р.").strip(), setting)


def _signed(text: str, setting: Setting) -> str | None:
    return None if text.lower() in ("нет", "no", "false") else _whole_date(text, setting)


def _state(text: str, _setting: Setting) -> str:
    return MOVED if TRANSFERRED.match(text) else _chosen(text, STATES, "not-a-state")


def _languages(text: str, _setting: Setting) -> list[str]:
    return list(dict.fromkeys(language(one.strip()) for one in MANY.split(text) if one.strip()))


def _number(text: str, setting: Setting) -> str:
    if number := international(text, setting.iso2):
        return number
    raise CellError("not-a-phone")


def _phones(person: Person, text: str, setting: Setting) -> None:
    """One number, or several: the first is the telephone, the others are other ways."""
    found = [international(one, setting.iso2) for one in PHONES.split(text) if one.strip()]
    first, *others = found if found and all(found) else [_number(text, setting)]
    person["phone"] = first
    if others:
        person["other"] = ", ".join(others)


def _text(text: str, _setting: Setting) -> str:
    return " ".join(text.split())


def _chosen(text: str, meant: Mapping[str, TextChoices], code: str) -> str:
    if (found := meant.get(as_heading(text))) is None:
        raise CellError(code)
    return str(found.value)


def _into(name: str, reader: Reader) -> Taker:
    """Keep what a cell says under a name; None is nothing."""

    def take(person: Person, text: str, setting: Setting) -> None:
        if (value := reader(text, setting)) is not None:
            cast("dict[str, object]", person)[name] = value

    return take


TAKERS: dict[str, Taker] = {
    Column.CARD: _into("card", _text),
    Column.ADDRESS: _into("address", _text),
    Column.GUARDIAN: _into("guardian", _text),
    Column.BORN: _into("born", _born),
    Column.JOINED: _into("joined_on", _whole_date),
    Column.LEFT: _into("left_on", _whole_date),
    Column.CODE: _into("code_signed_on", _signed),
    Column.SEX: _into("sex", lambda text, _setting: _chosen(text, SEXES, "not-a-sex")),
    Column.STATE: _into("state", _state),
    Column.ROLE: _into("role", lambda text, _setting: _chosen(text, ROLES, "not-a-role")),
    Column.LANGUAGES: _into("languages", _languages),
    Column.PHONE: _phones,
    Column.GUARDIAN_PHONE: _into("guardian_phone", _number),
    Column.CONTACT: _into("may_be_contacted", lambda text, _setting: flag(text) == "yes"),
    Column.EMAIL: _into("email", lambda text, _setting: email(text)),
}


def identity(person: Person) -> str:
    """Return what a row is known again by: a card's number, else name and day of birth, else telephone or branch too.

    Names are compared as written but for letters' size and words' order; two spellings of one person come in both, and
    are proposed as doubles.
    """
    if card := person.get("card"):
        return f"card\0{card.casefold()}"
    name = " ".join(sorted(person["name"].casefold().replace("ё", "е").split()))
    born = person.get("born", "")
    # With less than a whole day of birth two people can have the same: a telephone tells them apart, else the branch.
    beside = "" if len(born) == 10 else person.get("phone") or person["branch"]
    return f"person\0{name}\0{born}\0{beside}"
