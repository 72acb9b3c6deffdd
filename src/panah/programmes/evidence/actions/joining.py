"""A release of several societies together: each gives its protected counts as a file that its node signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import node_keys
from panah.programmes.evidence import events, joint, queries
from panah.programmes.evidence.actions.budget import released_population
from panah.programmes.evidence.actions.journalled import (
    journal_must_hold,
    must_be_as_journalled,
    not_as_journalled,
    package_changed,
)
from panah.programmes.evidence.actions.packing import node_signs
from panah.programmes.evidence.kept_tables import EarlierRelease
from panah.programmes.evidence.models import Release
from panah.programmes.evidence.permissions import must_count
from panah.programmes.evidence.products import ReleaseResult
from panah.programmes.evidence.words import Product, What

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def give_counts(*, release: Release, by: Staff, at: datetime) -> bytes:
    """Return the protected counts of a release of tables, signed, for another society of this node; journalled."""
    must_count(by)
    walked = journal_must_hold(by)
    with transaction.atomic():
        left = must_be_as_journalled(by, walked)
        row = next((one for one in left if one.pk == release.pk and queries.may_be_given(one)), None)
        if row is None:
            raise _not_published()
        audit.record(event=events.COUNTS_GIVEN, by=by, at=at, about=row.pk)
        return joint.write(_own(row), sign=node_signs)


def _own(release: Release) -> joint.GivenCounts:
    if not queries.is_as_written(release):
        raise package_changed()
    return {
        "of": str(release.society_id),
        "release": str(release.pk),
        "society": release.society.name_en,
        "year": release.population.year,
        "made_up": release.population.what == What.REHEARSAL,
        "tables": queries.made_of(release)["tables"],
    }


@transaction.atomic
def begin_joint(
    *,
    given: list[str],
    title: str,
    contact: str,
    by: Staff,
    at: datetime,
    about: str = "",
    pk: UUID | None = None,
) -> Release:
    """Begin a joint release with what other societies gave; the own counts of that year must be published."""
    must_count(by)
    found = [_read(one, by, at) for one in given]
    if not found or len({one["of"] for one in found}) < len(found) or not joint.count_alike(found):
        raise _not_alike()
    what = What.REHEARSAL if found[0]["made_up"] else What.CASES
    population = released_population(what=what, year=found[0]["year"], by=by)
    own = queries.own_tables(population.pk, queries.that_left(to=by))
    if own is None:
        raise _no_own_tables()
    given_alike = [_own(own), *found]
    if not joint.count_alike(given_alike) or not joint.told_apart(given_alike):
        raise _not_alike()
    row: Release = Release.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        population=population,
        title=title,
        about=about,
        contact=contact,
        product=Product.JOINT,
        given=joint.kept(found),
        begun_on=timezone.localtime(at).date(),
        prepared_by=by,
        hands=[str(by.pk)],
    )
    facts = {
        "people": queries.people_of(population),
        "budget": population.budget,
        "hash": sha256(row.given or b"").hexdigest(),
    }
    audit.record(event=events.BEGUN, by=by, at=at, about=row.pk, facts=facts)
    return row


def _read(text: str, by: Staff, at: datetime) -> joint.GivenCounts:
    """What a society of this node, or a paired one of another, gave. A paired one speaks for itself alone.

    Who it is, and what it is called, is said by our register: a file may call its society what it likes.
    """
    found = joint.read(text.encode(), keys=node_keys.publics())
    if found is not None:
        _must_stand(found)
        found = {**found, "here": True}
    else:
        found = next(
            (
                _as_known(said, peer)
                for peer in exchange_queries.node_keys_of_peers(society=by.society_id, at=at)
                if (said := joint.read(text.encode(), keys=peer.keys)) is not None
                and said["of"] == str(peer.their_id)
            ),
            None,
        )
    if found is None or found["of"] == str(by.society_id):
        raise Refusal(
            _("This file does not hold counts that another society of this node, or a paired one, gave."),
            next_step=_("They take it out on the page of their release of tables."),
            code="no-counts",
        )
    return found


def _as_known(given: joint.GivenCounts, one: exchange_queries.SigningPeer) -> joint.GivenCounts:
    return {**given, "of": str(one.theirs.pk), "society": one.theirs.name_en, "here": False}


def _must_stand(given: joint.GivenCounts) -> None:
    """Of this node it is known whether what was given was withdrawn since."""
    if not queries.stands(UUID(given["release"])):
        raise _not_published()


def _not_published() -> Refusal:
    return Refusal(
        _("Only tables that were published are given to others."),
        next_step=_("A second person reads tables of that year and publishes them first."),
        code="nothing-to-give",
    )


def _not_alike() -> Refusal:
    return Refusal(
        _("These counts cannot be added: another year, other columns, or twice the same society."),
        next_step=_("All of them publish tables of one year by the same file of columns first."),
        code="counts-not-alike",
    )


def _no_own_tables() -> Refusal:
    return Refusal(
        _("Your own tables of these people and this year are not published yet."),
        next_step=_("Publish a release of tables first: what it hides stays hidden here."),
        code="no-own-tables",
    )


def make_joint(release: Release, left: list[Release]) -> ReleaseResult:
    """Return the joint table. Only protected counts are read: no key, and no budget, is needed."""
    own = queries.own_tables(release.population_id, left)
    if own is None or not release.given:
        raise _no_own_tables()
    if not queries.given_as_journalled(release):
        raise not_as_journalled()
    others = joint.given_in(bytes(release.given))
    for one in others:
        if one["here"]:
            _must_stand(one)
    given = [_own(own), *others]
    if not joint.count_alike(given) or not joint.told_apart(given):
        raise _not_alike()
    before = queries.laid_beside(release, left)
    # What each of them gave is published: it is no secret of a joint release, and lies beside it in plain.
    earlier: list[EarlierRelease] = [
        {"tables": made["tables"], "exact": made.get("given", [])} for made in map(queries.made_of, before)
    ]
    made = joint.make(given, earlier=earlier)
    return replace(made, data={**made.data, "given": made.exact})
