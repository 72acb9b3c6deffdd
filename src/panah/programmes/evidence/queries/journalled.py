"""Releases, packages and ledgers held against the journal: whoever writes in the database changes their rows alone."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from panah.ground.audit import queries as audit_queries
from panah.programmes.evidence import events, rules
from panah.programmes.evidence.models import Package, Release
from panah.programmes.evidence.queries.releases import package_of
from panah.programmes.evidence.words import OUT, Decision, Product, ReleaseState
from panah.programmes.figures import queries as figures_queries
from panah.programmes.release.accounting import rho_for

if TYPE_CHECKING:
    from datetime import datetime

    from panah.ground.accounts.models import Staff
    from panah.ground.audit.events import Event
    from panah.ground.audit.models import Entry
    from panah.programmes.evidence.models import Population
    from panah.programmes.figures.models import Figure


def is_as_written(release: Release) -> bool:
    """Say whether the package's bytes, and what it is made of, are those that the journal remembers last."""
    package = package_of(release)
    if package is None or not package.is_whole:
        return False
    last = [one.facts for one in _written(release, events.PREPARED)][-1:]
    wanted = (package.sha256, hash_of_made(release))
    return [(one.get("hash"), one.get("made")) for one in last] == [wanted]


def _written(release: Release, *told: Event) -> list[Entry]:
    names = [one.name for one in told]
    return audit_queries.written_about(release.pk, society=release.society_id, events=names)


def hash_as_journalled(release: Release) -> str:
    """Return the hash of the package that the journal remembers last."""
    last = _written(release, events.PREPARED)[-1:]
    return "".join(str(one.facts.get("hash", "")) for one in last)


def packages_as_journalled(society: UUID, releases: Collection[UUID]) -> list[Package] | None:
    """Return every package that was ever written of some releases; None where one is gone or was changed."""
    rows = Package.objects.filter(release__in=releases, release__society=society)
    found = list(rows.order_by("release", "number"))
    written = audit_queries.facts_of(society, event=events.PREPARED.name)
    told = Counter((about, facts.get("hash")) for about, facts in written if about in releases)
    same = told == Counter((one.release_id, one.sha256) for one in found)
    return found if same and all(one.is_whole for one in found) else None


def hands_of(release: Release) -> set[UUID]:
    """Return all who had a hand in a release, as the row or the journal tells it: none of them decides."""
    told = audit_queries.hands_since_approval(release.pk)
    return {*map(UUID, release.hands), release.prepared_by_id, *told}


def asked_at(release: Release) -> datetime | None:
    """Return when a release was prepared last, as the journal tells it."""
    last = _written(release, events.PREPARED)[-1:]
    return last[0].at if last else None


def begun_as_journalled(release: Release) -> bool:
    """Say whether a release is still of the people, and beside the budget, of which it was begun."""
    people = release.population
    begun = [(one.facts.get("people"), one.facts.get("budget")) for one in _written(release, events.BEGUN)]
    return people.society_id == release.society_id and begun == [(people_of(people), people.budget)]


def hash_of_made(release: Release) -> str:
    """Return one hash of all that a package is written from: it is written anew when a release is published."""
    people = release.population
    said = [release.title, release.about, release.contact, release.report, release.passed]
    epsilon, delta = Decimal(release.epsilon or 0), Decimal(people.delta)
    said += [release.product, str(people.society_id), people_of(people), f"{epsilon:.3f}", f"{delta:.10f}"]
    kept = json.dumps([*said, hashlib.sha256(bytes(release.made or b"")).hexdigest()], sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()


def people_of(population: Population) -> str:
    """Return what the journal calls a population: not its row, which could be made anew."""
    return f"{population.what} {population.year}"


def states_by_journal(society: UUID) -> dict[UUID, ReleaseState]:
    """Return every release of a society that left, as the journal tells it."""
    decided = audit_queries.facts_of(society, event=events.DECIDED.name)
    withdrawn = audit_queries.abouts_of(society, event=events.WITHDRAWN.name)
    return {
        about: ReleaseState.WITHDRAWN if about in withdrawn else ReleaseState.PUBLISHED
        for about, facts in decided
        if facts.get("decision") == Decision.PUBLISH
    }


def may_be_withdrawn(release: Release) -> bool:
    """Say whether it left and was not withdrawn, as its row or the journal tells it: neither alone can stop it."""
    told = states_by_journal(release.society_id).get(release.pk)
    return ReleaseState.PUBLISHED in (release.state, told)


def releases_as_journalled(society: UUID) -> list[Release] | None:
    """Return every release that left; None where rows tell otherwise than the journal does."""
    told = states_by_journal(society)
    rows = Release.objects.filter(Q(pk__in=told) | Q(state__in=OUT), society=society)
    found = list(rows.select_related("population", "society"))
    same = {one.pk: one.state for one in found} == told and all(map(is_as_written, found))
    return found if same else None


def hash_of_figure(figure: Figure) -> str:
    """Return one hash of what a figure of the own count says, and where it is found again."""
    said = [str(figure.pk), figure.measure, f"{figure.low or 0:.6f}", figure.denominator_text]
    kept = json.dumps([*said, figure.data_year, figure.source.kind, figure.source.title])
    return hashlib.sha256(kept.encode()).hexdigest()


def figures_as_journalled(*, to: Staff) -> bool:
    """Say whether every figure of the own count stands in the register as it was entered, replaced or not."""
    told = dict(audit_queries.facts_of(to.society_id, event=events.COUNTED.name))
    rows = figures_queries.figures(to=to).filter(pk__in=told)
    return {row.pk: hash_of_figure(row) for row in rows} == {
        pk: said.get("hash") for pk, said in told.items()
    }


def given_as_journalled(release: Release) -> bool:
    """Say whether what other societies gave for a joint release is what it was begun with."""
    digest = hashlib.sha256(bytes(release.given or b"")).hexdigest()
    begun = audit_queries.facts_about([release.pk], event=events.BEGUN.name)
    return any(one.get("hash") == digest for one in begun)


def ledger_as_journalled(population: Population) -> bool:
    """Say whether budget, spends and closing of a ledger are those that the journal tells of these people."""
    society, people = population.society_id, people_of(population)

    def told(event: str) -> list[tuple[UUID, dict[str, object]]]:
        return [one for one in audit_queries.facts_of(society, event=event) if one[1].get("people") == people]

    spends, closed = told(events.SPENT.name), told(events.CLOSED.name)
    budgets = {facts.get("budget") for _about, facts in (*spends, *closed, *told(events.BEGUN.name))}
    exact = closed or population.releases.filter(product=Product.TABLES, state__in=OUT).exists()
    # Counted, and not by ref: of two that the journal tells for one release, neither is passed over.
    return (
        Counter(population.spends.values_list("ref", "rho"))
        == Counter((about, facts.get("rho")) for about, facts in spends)
        and (budgets or {promised()[1]}) == {population.budget}
        and (population.exact_released or not exact)
    )


def is_closed_in_journal(population: Population) -> bool:
    """Say whether the journal tells that exact figures of these people were counted."""
    told = audit_queries.facts_of(population.society_id, event=events.CLOSED.name)
    return any(facts.get("people") == people_of(population) for _about, facts in told)


def promised() -> tuple[Decimal, int]:
    """Return the ε of people of whom nothing was begun yet, and what it may cost, in whole parts."""
    epsilon = Decimal(str(settings.PANAH_RELEASE_EPSILON))
    return epsilon, rules.parts_of(rho_for(float(epsilon), float(rules.DELTA)))
