"""The society's own facts of a year, as they may be handed on: small numbers hidden, with what each is out of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.foundation.small_counts import Protected, protected
from panah.ground.network.words import country_name
from panah.programmes.evidence import counting, definitions, rules
from panah.programmes.evidence.words import MEANS, WORK_MEANS, Own, OwnWork
from panah.programmes.prevention import queries as prevention_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring


@dataclass(frozen=True)
class Fact:
    """One number, or None where it is hidden; what it is out of, and what it means."""

    code: str
    label: str
    number: int | None
    out_of: int | None
    means: str


@dataclass(frozen=True)
class CountryLine:
    """A country where it happened: how many people, and each measure of them. None is hidden."""

    code: str
    name: str
    counted: int | None
    numbers: list[int | None]


@dataclass(frozen=True)
class OwnFacts:
    """A year. ``counted``: people who agreed to be counted, the denominator of all that is about people."""

    year: int
    years: list[int]
    counted: int | None
    calls: int | None
    people: list[Fact]
    work: list[Fact]
    countries: list[CountryLine]


def own_facts(*, keys: Keyring, year: int, language: str) -> OwnFacts:
    """Count the cards of the asker's society in memory. Needs the facts key."""
    with counting.opened(keys=keys) as facts:
        table, calls = facts.by_country(year), facts.number(definitions.CALLS, year)
        there = {int(str(one)) for (one,) in facts.rows(definitions.YEARS)}
    whole = protected({country: row["counted"] for country, row in table.items()})
    shares = {one: _share(table, whole, one) for one in Own}
    return OwnFacts(
        year=year,
        years=sorted({year, *there}, reverse=True),
        counted=whole.total,
        calls=protected({"": calls}).total,
        people=[Fact(one, str(one.label), shares[one].total, whole.total, str(MEANS[one])) for one in Own],
        work=_work(keys.staff, year),
        countries=[
            CountryLine(
                country,
                _name(country, language),
                whole.parts[country],
                [shares[one].parts[country] for one in Own],
            )
            for country in table
        ],
    )


def _share(table: Mapping[str, Mapping[str, int]], whole: Protected[str], measure: Own) -> Protected[str]:
    counted = {country: row["counted"] for country, row in table.items()}
    found = rules.protected_share(counted, {country: row[measure] for country, row in table.items()})
    return without_what_the_whole_hides(found, whole)


def without_what_the_whole_hides(share: Protected[str], whole: Protected[str]) -> Protected[str]:
    """Of whom it is not told how many they are, no share is told either."""
    gone = {country for country, number in whole.parts.items() if number is None}
    if not gone:
        return share
    parts = {country: None if country in gone else number for country, number in share.parts.items()}
    return Protected(parts, None if whole.total is None else share.total)


def _work(staff: Staff, year: int) -> list[Fact]:
    asked = prevention_queries.Asked(first=date(year, 1, 1), last=date(year, 12, 31), outside=True)
    seen = prevention_queries.report(to=staff, asked=asked)
    numbers = {OwnWork.TRAINED: seen.trained, OwnWork.REACHED: seen.reached}
    return [Fact(one, str(one.label), numbers[one], None, str(WORK_MEANS[one])) for one in OwnWork]


def _name(country: str, language: str) -> str:
    if not country:
        return _("not known")
    return _("several countries") if country == definitions.SEVERAL else country_name(country, language)
