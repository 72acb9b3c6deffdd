"""Layouts that are known by themselves, and a guess at others: what a table's columns probably mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from panah.ground.kit.tables.reading import Row
from panah.ground.kit.tables.workbooks import as_heading
from panah.programmes.figures.reading.column_mapping import (
    AGE,
    BY,
    CITIZENSHIP,
    DECISION,
    EXPLOITATION,
    LONGEST_WORD,
    PLACE,
    SEX,
    ColumnMapping,
    Role,
)
from panah.programmes.figures.reading.countries import country_of
from panah.programmes.figures.reading.periods import read_period
from panah.programmes.figures.reading.values import Cells, NotUnderstood, read_value

GLOTIP, NRM, NRM_DECISIONS, OTHER = "glotip", "nrm", "nrm-decisions", "other"
STAGE = "stage"
# Of the words of a column, so many must be numbers, or countries.
MOST = 0.5
SEEN_ROWS, SEEN_WORDS = 2_000, 60
# By what a header is found that has years for the rest of its headings.
USUAL_HEADINGS = (
    *(
        "year",
        "quarter",
        "month",
        "country",
        "iso3_code",
        "region",
        "sex",
        "age",
        "indicator",
        "value",
        "time",
    ),
    *("год", "квартал", "месяц", "страна", "регион", "пол", "возраст", "показатель", "значение"),
)
_NAMED = {
    Role.YEAR: ("year", "time", "time_period", "time period", "period", "reference year", "год", "период"),
    Role.PART: ("quarter", "month", "квартал", "месяц"),
    Role.COUNTRY: ("country", "iso3_code", "iso3", "iso2", "geo", "ref_area", "страна", "код страны"),
    Role.MEASURE: ("indicator", "measure", "показатель"),
    Role.UNIT: ("unit of measurement", "unit", "единица измерения"),
    Role.VALUE: ("value", "obs_value", "txtvalue", "number", "count", "значение", "число", "количество"),
}
_SPLIT = {
    SEX: ("sex", "gender", "пол"),
    AGE: ("age", "age group", "возраст", "age at exploitation"),
    CITIZENSHIP: ("citizenship", "nationality", "гражданство"),
    EXPLOITATION: ("form of exploitation", "exploitation", "exploitation type", "вид эксплуатации"),
    PLACE: ("location of exploitation",),
}
# UNODC's indicators in our words.
GLOTIP_MEASURES = {
    "detected trafficking victims": "identified",
    "detected victims": "identified",
    "persons prosecuted": "prosecuted",
    "persons prosecuted for trafficking in persons": "prosecuted",
    "persons convicted": "convicted",
    "persons convicted for trafficking in persons": "convicted",
    "repatriated trafficking victims": "repatriated",
}
# Rates are left: they are worked out from what was counted, with the population's own source.
GLOTIP_UNITS = {"counts": "person", "count": "person", "number": "person", "persons": "person"} | {
    "rate per 100,000 population": ""
}
_DASH = re.compile(r"\s+[-–—]\s+")


@dataclass
class Seen:
    """The first rows of a table: its headings, and the words that stand in each column."""

    headings: dict[str, str]
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    rows: int = 0
    # What of the table is left out, or is to be looked at, by itself: (code, column).
    notes: list[tuple[str, str]] = field(default_factory=list)

    def take(self, row: Row, names: Mapping[str, str]) -> None:
        self.rows += 1
        for name, key in names.items():
            # What a workbook says by itself (a formula, a merged cell) begins with what no text begins with.
            word = "".join(c for c in row.cells.get(name, "").partition("\0")[0] if c.isprintable())[
                :LONGEST_WORD
            ]
            known = self.words[key]
            if len(known) < SEEN_WORDS and word not in known:
                known.append(word)


def look_at(headings: Mapping[str, str], rows: Iterable[Row]) -> Seen:
    """Walk the first rows of a table. ``headings``: by the name of a column in a row, as it stands above it."""
    names = {name: as_heading(text) for name, text in headings.items()}
    seen = Seen({key: headings[name] for name, key in names.items()})
    for row in rows:
        if not row.wrong:
            seen.take(row, names)
        if seen.rows >= SEEN_ROWS:
            break
    return seen


def propose(seen: Seen, *, country: str = "") -> ColumnMapping:
    """Return what the columns probably mean; ``country`` is the publisher's, where a table names none."""
    there = set(seen.headings)
    if {"iso3_code", "indicator", "dimension", "category", "year"} <= there:
        return _glotip(seen)
    if {"year", "quarter", "age at exploitation", "location of exploitation"} <= there:
        return _nrm(seen, country or "GB")
    if {"year", "quarter", "total"} <= there and any(
        "conclusive" in one or "reasonable" in one for one in there
    ):
        return _nrm_decisions(seen, country or "GB")
    return _guessed(seen, country)


def _glotip(seen: Seen) -> ColumnMapping:
    roles = {
        "iso3_code": Role.COUNTRY.value,
        "indicator": Role.MEASURE.value,
        "dimension": BY + "dimension",
        "category": BY + "category",
        "sex": BY + SEX,
        "age": BY + AGE,
        "year": Role.YEAR.value,
        "unit of measurement": Role.UNIT.value,
    }
    number = next((one for one in seen.headings if one in ("txtvalue", "value/txtvalue")), "value")
    roles = {heading: role for heading, role in roles.items() if heading in seen.headings}
    rest = {one: Role.SKIP.value for one in seen.headings if one not in roles and one != number}
    return ColumnMapping(
        roles=roles | rest | {number: Role.VALUE.value},
        values={number: {}},
        words={"measure": dict(GLOTIP_MEASURES), "unit": dict(GLOTIP_UNITS)},
        layout=GLOTIP,
    )


def _nrm(seen: Seen, country: str) -> ColumnMapping:
    known = {
        "year": Role.YEAR.value,
        "quarter": Role.PART.value,
        "age at exploitation": BY + AGE,
        "location of exploitation": BY + PLACE,
    }
    numbers = [one for one in seen.headings if one not in known]
    roles = known | dict.fromkeys(numbers[1:], Role.SKIP.value) | dict.fromkeys(numbers[:1], Role.VALUE.value)
    fixed = {"country": country, "measure": "referred"}
    return ColumnMapping(roles=roles, values={one: {} for one in numbers[:1]}, fixed=fixed, layout=NRM)


def _nrm_decisions(seen: Seen, country: str) -> ColumnMapping:
    values = {}
    stage = (
        "Conclusive grounds" if any("conclusive" in one for one in seen.headings) else "Reasonable grounds"
    )
    for key, shown in seen.headings.items():
        if key in ("year", "quarter"):
            continue
        parts = _DASH.split(shown, maxsplit=1)
        age, decision = (parts[0], parts[1]) if len(parts) == 2 else (shown, shown)
        # Both tables are of one source, and the total of each is no other number for the same question.
        values[key] = {AGE: age, DECISION: decision, STAGE: stage}
    roles = {"year": Role.YEAR.value, "quarter": Role.PART.value} | dict.fromkeys(values, Role.VALUE.value)
    fixed = {"country": country, "measure": "decided"}
    return ColumnMapping(roles=roles, values=values, fixed=fixed, layout=NRM_DECISIONS)


def _guessed(seen: Seen, country: str) -> ColumnMapping:
    roles: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    cells = Cells(decimal=_decimal(seen))
    # Signs count as numbers here; what they mean, somebody is asked.
    guess = Cells(decimal=cells.decimal, hidden_to=9, signs={"-": "zero"})
    for key, shown in seen.headings.items():
        words = [one for one in seen.words.get(key, []) if one]
        role = _named(key)
        if role in roles.values() and role != Role.VALUE:
            role = Role.SKIP.value
        if not role and _is_year(key):
            role = Role.VALUE.value
            values[key] = {"year": shown}
        elif not role and words and _share(words, lambda one: _reads(one, guess)) > MOST:
            role = Role.VALUE.value
            values[key] = _told_by(shown)
        elif role == Role.VALUE:
            values[key] = {}
        elif not role:
            role = _by_words(words, shown, set(roles.values()))
        roles[key] = role
    if len(values) == 1:
        # One column of numbers is split by the others alone; its heading tells it apart from nothing.
        values = {key: says if _is_year(key) else {} for key, says in values.items()}
    fixed = {"country": country} if country and Role.COUNTRY not in roles.values() else {}
    return ColumnMapping(roles=roles, values=values, fixed=fixed, cells=cells, layout=OTHER)


def _named(key: str) -> str:
    for role, names in _NAMED.items():
        if key in names:
            return role.value
    for name, names in _SPLIT.items():
        if key in names:
            return BY + name
    return ""


def _by_words(words: list[str], shown: str, taken: set[str]) -> str:
    if Role.COUNTRY not in taken and words and _share(words, lambda one: country_of(one) is not None) > MOST:
        return Role.COUNTRY.value
    if not words or len(words) >= SEEN_WORDS or any(len(one) > 80 for one in words):
        return Role.SKIP.value
    return BY + as_heading(shown)[:60]


def _told_by(shown: str) -> dict[str, str]:
    """What a heading such as "Children - Girls" says of its numbers."""
    parts = _DASH.split(shown)
    return (
        {"column": shown}
        if len(parts) == 1
        else {f"column {n}": part for n, part in enumerate(parts, start=1)}
    )


def _is_year(key: str) -> bool:
    try:
        read_period(key)
    except NotUnderstood:
        return False
    return True


def _reads(word: str, cells: Cells) -> bool:
    try:
        read_value(word, cells)
    except NotUnderstood:
        return False
    return True


def _share(words: list[str], fits: Callable[[str], bool]) -> float:
    return sum(1 for one in words if fits(one)) / len(words)


def _decimal(seen: Seen) -> str:
    """A comma where numbers have one and no group of three behind it."""
    texts = [one for words in seen.words.values() for one in words]
    return "," if any(re.fullmatch(r"\d+,\d{1,2}", one) for one in texts) else "."
