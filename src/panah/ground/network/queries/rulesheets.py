"""Which rule line counts, as other rooms ask it: a value, its words, and who checked it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from panah.ground.foundation import delivered, dialled_numbers
from panah.ground.foundation.protected_rows import trusted_columns, trusted_rows
from panah.ground.foundation.tenancy import NO_TENANT
from panah.ground.network import rules, words
from panah.ground.network.models import RuleLine, Society
from panah.ground.network.queries import rule_text
from panah.ground.network.queries.societies import whom_to_ask
from panah.ground.network.words import ANYWHERE, RuleKey


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One rule as it counts on a day.

    ``value`` has the shape of its kind (words.RuleKind); None means that nobody knows yet.
    ``text`` is in the reader's language. ``checked`` is False for a line that nobody checked:
    a page that promises something on its ground must say so.
    """

    key: RuleKey
    value: Any
    text_en: str
    text_ru: str
    checked: bool
    checked_on: date | None
    checked_by: str
    source: str
    valid_from: date
    entered_by: str
    own: bool
    anywhere: bool
    entered_at: datetime
    line_id: UUID

    @property
    def text(self) -> str:
        return self.text_in(get_language() or "en")

    def text_in(self, language: str) -> str:
        """The words in Russian or English; the other where one is missing."""
        if language.startswith("ru"):
            return self.text_ru or self.text_en
        return self.text_en or self.text_ru

    @property
    def said(self) -> str:
        """The value in the reader's words: "30 days"; "" for a rule that is words only."""
        return rule_text.said(self.kind, self.value)

    @property
    def label(self) -> str:
        return str(self.key.label)

    @property
    def kind(self) -> words.RuleKind:
        return words.SHAPES[self.key].kind

    @property
    def group(self) -> words.RuleGroup:
        return words.SHAPES[self.key].group


def _value(line: RuleLine) -> RuleValue:
    return RuleValue(
        key=RuleKey(line.key),
        value=line.value,
        text_en=line.text_en,
        text_ru=line.text_ru,
        checked=line.checked_on is not None,
        checked_on=line.checked_on,
        checked_by=line.checked_by,
        source=line.source,
        valid_from=line.valid_from,
        entered_by=line.entered_by,
        own=line.society_id is not None,
        anywhere=line.iso2 == ANYWHERE,
        entered_at=line.entered_at,
        line_id=line.pk,
    )


def _written(wanted: Callable[[Mapping[str, object]], bool]) -> list[RuleLine]:
    """Return lines as Panah wrote them, whatever stands in the table: it is not asked."""
    lines = trusted_rows(RuleLine, NO_TENANT, wanted, rows=RuleLine.objects.none())
    return [line for line in dialled_numbers.compared(lines) if not line.changed_outside]


def _lines(reach: Callable[[Mapping[str, object]], bool], keys: Iterable[str]) -> list[RuleValue]:
    names = set(keys)
    return [_value(line) for line in _written(lambda row: row["key"] in names and reach(row))]


def _for_society(society: Society) -> Callable[[Mapping[str, object]], bool]:
    """Say which lines reach a society: its own, its country's, or any country's."""
    own, iso2 = str(society.pk), society.iso2
    return lambda row: (
        (row["society"] or own) == own and (bool(row["society"]) or row["iso2"] in (iso2, ANYWHERE))
    )


def countries_with_emergency_numbers() -> list[str]:
    """Return the countries (ISO2) whose sheet tells emergency numbers. No query."""
    rows = [row for row in trusted_columns(RuleLine, NO_TENANT) if row["key"] == RuleKey.EMERGENCY_NUMBERS]
    return sorted({str(row["iso2"]) for row in rows} - {ANYWHERE} or delivered_numbers())


# Under which the lines are kept beside the database.
RULES = RuleLine.protection.kind


def emergency_lines() -> list[RuleLine]:
    """Return every line with emergency numbers, of all countries and societies."""
    return list(RuleLine.objects.filter(key=RuleKey.EMERGENCY_NUMBERS))


def rule(*, society: Society, key: RuleKey | str, on: date) -> RuleValue | None:
    """The rule that counts for this society on this day; None where no line has begun. No query."""
    return rules.line_that_counts(_lines(_for_society(society), [RuleKey(key)]), on=on)


def rule_for_country(*, iso2: str, key: RuleKey | str, on: date) -> RuleValue | None:
    """The same for a country: the word of its society on this node, else the country's line."""
    # Whose word it is stands in the line: a society that a row moves to another country takes none along.
    lines = _lines(
        lambda row: row["iso2"] == iso2 or (not row["society"] and row["iso2"] == ANYWHERE), [RuleKey(key)]
    )
    return rules.line_that_counts(lines, on=on)


def society_row_in(iso2: str) -> Society | None:
    """The row of the National Society of a country. One query."""
    return Society.objects.filter(iso2=iso2).first()


def rule_sheet(*, society: Society, on: date) -> tuple[RuleValue, ...]:
    """Every rule of the closed list, in its order, as it counts on this day. No query."""
    by_key: dict[RuleKey, list[RuleValue]] = {key: [] for key in RuleKey}
    for line in _lines(_for_society(society), [k.value for k in RuleKey]):
        by_key[line.key].append(line)
    counting = (rules.line_that_counts(lines, on=on) for lines in by_key.values())
    return tuple(counted for counted in counting if counted is not None)


def rule_history(*, society: Society, key: RuleKey | str) -> tuple[RuleValue, ...]:
    """Every line there has been for this rule, the newest first; the society's own before others."""
    lines = _lines(_for_society(society), [RuleKey(key)])
    return tuple(
        sorted(lines, key=lambda v: (v.own, not v.anywhere, v.valid_from, v.entered_at), reverse=True)
    )


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    what: str
    number: str
    dial: str
    # From where it can be dialled inside its country, in words; "" for everywhere, and where nobody knows.
    reach: str = ""
    reach_known: bool = False
    # How it is dialled from abroad; "" where nobody has written it down.
    abroad: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyNumbers:
    """What to dial in this country, with who checked it. Empty where nobody has written it down."""

    country: str
    numbers: tuple[EmergencyNumber, ...]
    checked: bool
    checked_on: date | None
    checked_by: str
    iso2: str = ""
    # What the sheet says in words: where no number is known, whom to ask.
    text: str = ""
    source: str = ""

    @property
    def reach_unknown(self) -> bool:
        """Whether of some number nobody has written down from which telephones, and where, it rings."""
        return any(not number.reach_known for number in self.numbers)


def emergency_numbers(*, iso2: str, on: date) -> EmergencyNumbers:
    """For any country of the world; a missing sheet gives no numbers, never a guess. No query."""
    said = rule_for_country(iso2=iso2, key=RuleKey.EMERGENCY_NUMBERS, on=on)
    return _numbers_of(iso2, said or rules.line_that_counts(delivered_numbers().get(iso2, ()), on=on))


def emergency_numbers_everywhere(*, on: date) -> list[EmergencyNumbers]:
    """Return the same for every country of which numbers are written down, by its name to the reader. No query."""
    of: dict[str, list[RuleValue]] = {}
    for sheet_line in _written(lambda row: row["key"] == RuleKey.EMERGENCY_NUMBERS):
        of.setdefault(sheet_line.iso2, []).append(_value(sheet_line))
    anywhere = of.pop(ANYWHERE, [])
    of = {**delivered_numbers(), **of}
    counting = {iso2: rules.line_that_counts([*its, *anywhere], on=on) for iso2, its in of.items()}
    by_country = [
        _numbers_of(iso2, line) for iso2, line in counting.items() if line is not None and line.value
    ]
    return sorted(by_country, key=lambda numbers: numbers.country)


@lru_cache(maxsize=1)
def delivered_numbers() -> dict[str, list[RuleValue]]:
    """Return the emergency numbers of this version of Panah, by country: what is dialled where nothing else tells any.

    They count as checked by nobody.
    """
    sheets = delivered.read(Path(str(resources.files("panah.ground.network"))) / "data" / "rules.json")
    begins = date.fromisoformat(sheets["valid_from"])
    lines = [
        RuleLine(
            iso2=row["iso2"], key=row["key"], value=row["value"], text_en=row["en"], text_ru=row["ru"],
            source=row["source"], valid_from=begins, entered_at=datetime.min.replace(tzinfo=UTC),
        )
        for row in sheets["lines"]
        if row["key"] == RuleKey.EMERGENCY_NUMBERS
    ]  # fmt: skip
    return {line.iso2: [_value(line)] for line in lines}


def _numbers_of(iso2: str, line: RuleValue | None) -> EmergencyNumbers:
    country = words.country_name(iso2, get_language() or "en")
    if line is None or not line.value:
        text = line.text if line is not None and line.text else whom_to_ask(iso2)
        return EmergencyNumbers(
            country, (), checked=False, checked_on=None, checked_by="", iso2=iso2, text=text
        )
    numbers = tuple(
        EmergencyNumber(
            str(words.EmergencyService(number["for"]).label),
            number["number"],
            words.dial_digits(number["number"]),
            str(words.NumberReach(number["reach"]).label)
            if number.get("reach") in words.REACHES_LESS
            else "",
            number.get("reach", words.NumberReach.UNKNOWN) != words.NumberReach.UNKNOWN,
            number.get("abroad", ""),
        )
        for number in line.value
    )
    return EmergencyNumbers(
        country, numbers, line.checked, line.checked_on, line.checked_by, iso2, line.text, line.source
    )


def _number(society: Society, key: RuleKey, on: date) -> int | None:
    line = rule(society=society, key=key, on=on)
    return line.value if line is not None and isinstance(line.value, int) else None


def reflection_days(*, society: Society, on: date) -> int:
    """Days for recovery and reflection; 30 where no sheet says anything."""
    return _number(society, RuleKey.REFLECTION_DAYS, on) or 30


def child_age(*, society: Society, on: date) -> int:
    """The age under which someone is a child; 18 where no sheet says anything."""
    return _number(society, RuleKey.CHILD_AGE, on) or 18


def comes_of_age(*, society: Society, born_on: date) -> date:
    """The birthday on which somebody is no child any more, by the sheet of the day of the birth."""
    return rules.comes_of_age(born_on=born_on, child_age=child_age(society=society, on=born_on))


def reflection_ends(*, society: Society, began_on: date) -> date:
    """The last day of recovery and reflection that began on this day, by the sheet of that day."""
    days = reflection_days(society=society, on=began_on)
    return rules.reflection_ends(began_on=began_on, days=days)


def retention_ends(
    *,
    society: Society,
    key: RuleKey | str,
    on: date,
    closed_on: date,
    comes_of_age_on: date | None = None,
    claim_open: bool = False,
    claim_ended_on: date | None = None,
) -> date | None:
    """The day after which a file of this kind (a ``retention_…`` key) may be erased.

    None while a claim is open or where the sheet has no period: then it stays, and a person
    decides. The sheet of day `on` counts. Three queries.
    """
    periods = rules.Retention(
        months=_number(society, RuleKey(key), on),
        child_months=_number(society, RuleKey.RETENTION_CHILD, on),
        claim_months=_number(society, RuleKey.RETENTION_CLAIM, on),
    )
    return rules.retention_ends(
        periods,
        closed_on=closed_on,
        comes_of_age_on=comes_of_age_on,
        claim_open=claim_open,
        claim_ended_on=claim_ended_on,
    )


def rule_line_or_none(pk: UUID, *, society: Society) -> RuleLine | None:
    """The row of a line that this society's sheet may show: its own, its country's, or any country's."""
    reach = _for_society(society)
    return next(iter(_written(lambda row: row["pk"] == str(pk) and reach(row))), None)
