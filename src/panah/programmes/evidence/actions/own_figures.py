"""The society's own facts of a year become figures of the register: what may be shown, with what it is out of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.programmes.evidence import events, queries, rules
from panah.programmes.evidence.actions.budget import mark_exact, population_of
from panah.programmes.evidence.actions.journalled import Walked, journal_must_hold, must_be_as_journalled
from panah.programmes.evidence.permissions import must_count
from panah.programmes.evidence.words import OWN_COUNT, Own, What
from panah.programmes.figures import actions as figures
from panah.programmes.figures import queries as figures_queries
from panah.programmes.figures.words import SourceKind, State

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.programmes.figures.models import Figure, Source

AGAIN = "Counted again."


def enter_own_facts(*, keys: Keyring, year: int, at: datetime) -> int:
    """Enter what may be shown of a year that is over; returns how many figures are new or were replaced.

    What differs from an earlier count by one to four is left as it was: beside it, it would tell who came or went.
    """
    by = keys.staff
    must_count(by)
    if year >= timezone.localtime(at).year:
        raise Refusal(
            _("This year is not over: who is added later would stand out between two counts."),
            next_step=_("Choose a year that is over."),
            code="year-not-over",
        )
    # What stands in the register is in one language, whoever pressed.
    with override("en"):
        claims = _claims(keys, year)
    return _enter(claims, year, journal_must_hold(by), by, at)


@transaction.atomic
def _enter(claims: list[figures.Claim], year: int, walked: Walked, by: Staff, at: datetime) -> int:
    left = must_be_as_journalled(by, walked)
    source = _source(by, at)
    # What was replaced is still read: a number is held against every one that was ever told.
    told = queries.told_figures(year, to=by)
    there = {one.measure: one for one in told if one.state == State.STANDS}
    wholes = {*queries.wholes_of(told), *queries.released_wholes(year, left)}
    claims = [one for one in claims if not _tells_few(one, told, wholes)]
    new = [one for one in claims if one.measure not in there]
    changed = [
        (there[one.measure], one)
        for one in claims
        if one.measure in there and one.low != there[one.measure].low
    ]
    if any(one.measure in Own.values for one in (*new, *(claim for _old, claim in changed))):
        # Exact figures of these people: refused where rows were paid for, and none follow.
        mark_exact(population=population_of(what=What.CASES, year=year, by=by).pk, by=by, at=at)
    entered = figures.enter_many(claims=new, source=source, file=None, by=by, at=at) if new else []
    if changed:
        entered += figures.correct_many(pairs=changed, reason=AGAIN, source=source, by=by, at=at)
    said = [(one.pk, {"hash": queries.hash_of_figure(one)}) for one in entered]
    if said:
        audit.record_many(event=events.COUNTED, by=by, at=at, said=said)
    return len(entered)


def _tells_few(claim: figures.Claim, told: Iterable[Figure], wholes: Iterable[int]) -> bool:
    """Say whether it, or the whole that it is out of, differs by one to four from one that was told before."""
    before = [one.low for one in told if one.measure == claim.measure]
    if any(rules.by_few(claim.low or 0, one or 0) for one in before):
        return True
    whole = rules.whole_in(claim.denominator_text)
    return whole is not None and any(rules.by_few(whole, one) for one in wholes)


def _claims(keys: Keyring, year: int) -> list[figures.Claim]:
    found, society = queries.own_facts(keys=keys, year=year, language="en"), keys.staff.society
    return [
        figures.Claim(
            measure=one.code,
            as_printed=str(one.number),
            low=Decimal(one.number),
            high=Decimal(one.number),
            publisher=society.name_en,
            who=one.means,
            country=society.iso2,
            period_from=date(year, 1, 1),
            period_to=date(year, 12, 31),
            data_year=year,
            report_year=year,
            denominator_text=_out_of(one.out_of),
            place=f"Evidence, our own facts, {year}",
        )
        for one in (*found.people, *found.work)
        if one.number is not None
    ]


def _out_of(whole: int | None) -> str:
    if whole is None:
        return "everybody who came, counted each time"
    return f"{whole} people with a case begun in the year who agreed to be counted"


def _source(by: Staff, at: datetime) -> Source:
    own = figures_queries.sources(to=by).filter(kind=SourceKind.OWN_COUNT, title=OWN_COUNT).first()
    return own or figures.add_source(
        publisher=by.society.name_en,
        title=OWN_COUNT,
        kind=SourceKind.OWN_COUNT,
        country=by.society.iso2,
        by=by,
        at=at,
    )
