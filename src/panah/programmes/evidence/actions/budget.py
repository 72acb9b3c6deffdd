"""The ledger of a population and year: paid before anything is looked at, under a lock, for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.programmes.evidence import events, queries, rules
from panah.programmes.evidence.actions.journalled import must_be_as_begun, not_as_journalled
from panah.programmes.evidence.attack_words import sentence
from panah.programmes.evidence.columns import usable
from panah.programmes.evidence.models import BudgetSpend, Population, Release
from panah.programmes.evidence.words import CLOSED, Product, ReleaseState, What
from panah.programmes.release import errors
from panah.programmes.release.accounting import Ledger, Spend, rho_for, spend_first
from panah.programmes.release.floors import exact_tables_refused, rows_refused

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def ledger_of(population: Population) -> Ledger:
    """Return the ledger as it stands; whoever spends has locked the population's row before.

    Refused where it is not as the journal tells: whoever writes in the database gives nobody's budget back.
    """
    _must_be_as_journalled(population)
    spends = population.spends.values_list("ref", "rho")
    return Ledger(
        rules.rho_of(population.budget),
        tuple(Spend(str(ref), rules.rho_of(rho)) for ref, rho in spends),
        population.exact_released,
    )


def _must_be_as_journalled(population: Population) -> None:
    if not queries.ledger_as_journalled(population):
        raise not_as_journalled()


@transaction.atomic
def population_of(*, what: What, year: int, by: Staff) -> Population:
    """Return the population of the asker's society and that year; its promise is fixed when it is first asked for."""
    epsilon, budget = queries.promised()
    row, _made = Population.objects.get_or_create(
        society_id=by.society_id,
        what=what,
        year=year,
        defaults={"epsilon": epsilon, "delta": rules.DELTA, "budget": budget},
    )
    # A row that lay there before anything was told of it promises what others do.
    _must_be_as_journalled(row)
    return row


@transaction.atomic
def released_population(*, what: What, year: int, by: Staff) -> Population:
    """Return the population for a release: its columns are fixed when the first one begins."""
    row = population_of(what=what, year=year, by=by)
    if what == What.REHEARSAL or row.columns is not None:
        return row
    row.columns = usable(by.society_id, year)
    if row.columns is None:
        raise Refusal(
            _("Your society has signed no file of columns that is older than the people of this year."),
            next_step=_("A focal point signs one: the file that Panah brings may be signed at any time."),
            code="no-columns",
        )
    row.save(update_fields=["columns"])
    return row


def open_population(*, what: What, year: int, product: Product, by: Staff) -> Population:
    """Return the population for a release of this kind; refused where the ledger is closed for it already."""
    row = released_population(what=what, year=year, by=by)
    if queries.is_closed(row, product):
        sentence, next_step = CLOSED[product]
        raise Refusal(sentence, next_step=next_step, code="ledger-closed")
    return row


def rho_of_release(release: Release) -> Decimal:
    """Return what a release costs: as much as a promise of its epsilon alone would."""
    try:
        return rho_for(float(release.epsilon or 0), float(release.population.delta))
    except errors.BadBudget:
        raise Refusal(
            _("With so little or so much budget nothing can be made."),
            next_step=_("Choose an ε above 0.1, and not above what the year allows."),
            code="bad-budget",
        ) from None


@transaction.atomic
def pay(*, population: UUID, ref: UUID, rho: Decimal, by: Staff, at: datetime) -> None:
    """Write a spend down, or refuse it. On return it is committed, unless the caller holds a transaction of its own."""
    row = Population.objects.select_for_update().get(pk=population, society=by.society_id)
    parts = afford(row, ref=ref, rho=rho)
    BudgetSpend.objects.create(population=row, ref=ref, rho=parts, spent_on=timezone.localtime(at).date())
    facts = {"people": queries.people_of(row), "budget": row.budget, "rho": parts}
    audit.record(event=events.SPENT, by=by, at=at, about=ref, facts=facts)


def afford(row: Population, *, ref: UUID, rho: Decimal) -> int:
    """Return what a spend takes off the ledger, in whole parts; refused where that is not left, or never can be."""
    # Rounded up to what is kept before it is compared: a spend too small to be kept costs the smallest.
    parts = rules.parts_of(rho) if rho.is_finite() else 0
    try:
        ledger_of(row).spend(Spend(str(ref), rules.rho_of(parts)))
    except errors.Overdraft:
        raise Refusal(
            _("So much privacy budget is not left for these people and this year. Nothing was spent."),
            next_step=_("Choose a smaller ε, or publish nothing more of this year."),
            code="overdraft",
        ) from None
    except errors.ExactFiguresReleased:
        raise Refusal(
            _("Exact figures of these people and this year were counted for a release: no rows can follow."),
            next_step=_("Both together would tell more than either says. Choose tables."),
            code="exact-released",
        ) from None
    except (errors.SpentBefore, errors.BadBudget):
        raise Refusal(
            _("This was paid for before. What came of it cannot be made a second time."),
            next_step=_("Begin another release."),
            code="spent-before",
        ) from None
    return parts


@transaction.atomic
def mark_exact(*, population: UUID, by: Staff, at: datetime) -> None:
    """Close the ledger for good: exact figures of these people are counted for a release. Refused once it was used."""
    row = Population.objects.select_for_update().get(pk=population, society=by.society_id)
    why = exact_tables_refused(ledger_of(row))
    if why is not None:
        raise Refusal(
            sentence(why), next_step=_("Take the tables from the package of those rows."), code=why.code
        )
    if queries.is_closed_in_journal(row):
        return
    row.exact_released = True
    row.save(update_fields=["exact_released"])
    facts = {"people": queries.people_of(row), "budget": row.budget}
    audit.record(event=events.CLOSED, by=by, at=at, about=row.pk, facts=facts)


def is_private(product: str) -> bool:
    return product == Product.MICRODATA


def must_be_begun(row: Release) -> None:
    if row.state != ReleaseState.DRAFT:
        raise begun_before()


def begun_before() -> Refusal:
    return Refusal(
        _("Counting for this release has begun before. What it cost is spent, whatever came of it."),
        next_step=_("If nothing came of it, begin another release."),
        code="begun-before",
    )


def must_be_enough(population: Population, people: int) -> None:
    """Too few people, or exact figures of them: it is refused before anything is spent."""
    ledger = ledger_of(population)
    why = rows_refused(people, floor=queries.floor(), ledger=ledger)
    if why is not None:
        # How many there are is said to nobody: it would be an exact count that no budget paid for.
        raise Refusal(
            sentence(why),
            next_step=_("Nothing was spent. Publish tables, or wait for a year with more people."),
            code=why.code,
        )


def pay_first[T](release: Release, work: Callable[[], T], *, by: Staff, at: datetime) -> T:
    """Pay for a release, or close the ledger for exact figures, and then work: what is paid stays paid."""
    if not is_private(release.product):
        with transaction.atomic():
            row = _locked(release, by)
            mark_exact(population=row.population_id, by=by, at=at)
            _mark_spent(row, by)
        return work()
    spend = Spend(str(release.pk), rho_of_release(release))
    return spend_first(LedgerOfRelease(release, by, at), spend, work)


@dataclass(frozen=True)
class LedgerOfRelease:
    """The ledger of a release's population, as the engine pays it."""

    release: Release
    by: Staff
    at: datetime

    def take(self, spend: Spend, /) -> None:
        """Pay in a transaction of its own, and mark the release as begun in the same."""
        with transaction.atomic():
            row = _locked(self.release, self.by)
            pay(population=row.population_id, ref=row.pk, rho=spend.rho, by=self.by, at=self.at)
            _mark_spent(row, self.by)


def _locked(release: Release, by: Staff) -> Release:
    row: Release = Release.objects.select_for_update().get(pk=release.pk, society=by.society_id)
    must_be_begun(row)
    must_be_as_begun(row)
    return row


def _mark_spent(row: Release, by: Staff) -> None:
    row.state = ReleaseState.SPENT
    row.hands = sorted({*row.hands, str(by.pk)})
    row.save(update_fields=["state", "hands"])
