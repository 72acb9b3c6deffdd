"""A release is prepared in the session of whoever holds the facts key: paid for, counted, drawn, attacked, packed.

Why here and not in a background task: decision 22.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.crash_points import crash_point
from panah.programmes.evidence import (
    columns,
    counting,
    ctdc,
    definitions,
    events,
    queries,
    rehearsal,
    sandbox,
)
from panah.programmes.evidence import sealed_counts as sealed
from panah.programmes.evidence.actions.budget import (
    begun_before,
    is_private,
    must_be_begun,
    must_be_enough,
    pay_first,
)
from panah.programmes.evidence.actions.joining import make_joint
from panah.programmes.evidence.actions.journalled import (
    journal_must_hold,
    must_be_as_begun,
    must_be_as_journalled,
    package_changed,
)
from panah.programmes.evidence.actions.packing import ask_to_read, keep_package
from panah.programmes.evidence.kept_tables import EarlierRelease
from panah.programmes.evidence.models import Population, Release
from panah.programmes.evidence.permissions import leaves_a_second, must_count
from panah.programmes.evidence.products import KeptColumns, Progress, ReleaseRequest, ReleaseResult
from panah.programmes.evidence.words import Product, ReleaseState, What

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.programmes.evidence.columns import SignedColumns

type Make = Callable[[ReleaseRequest, Progress], ReleaseResult]
# Enough of them that rows can be made, and that whoever rehearses waits for seconds.
MADE_UP_PEOPLE = 2000
STEPS = ("release: paid", "release: made")


# -- first: see what it costs ------------------------------------------------------------------


def rehearse(
    *, keys: Keyring, release: Release, people: int, at: datetime, make: Make = sandbox.make
) -> Release:
    """Try rows with so many made-up people, by the declared columns alone: nothing is counted, nothing spent."""
    must_count(keys.staff)
    must_be_begun(release)
    said = _columns_of(release.population, keys)
    asked = _request(release, said, rows=[], earlier=[], rehearse=people)
    with sandbox.turn():
        made = _make(release, asked, make)
    return _keep_rehearsal(release, made, keys.staff, at)


@transaction.atomic
def _keep_rehearsal(release: Release, made: ReleaseResult, by: Staff, at: datetime) -> Release:
    row: Release = Release.objects.select_for_update().get(pk=release.pk, society=by.society_id)
    must_be_begun(row)
    row.rehearsed, row.stage, row.percent = made.data["rehearsed"], "", 0
    row.save(update_fields=["rehearsed", "stage", "percent"])
    audit.record(event=events.REHEARSED, by=by, at=at, about=row.pk)
    return row


# -- then: spend, and prepare ------------------------------------------------------------------


def prepare(*, keys: Keyring, release: Release, at: datetime, make: Make = sandbox.make) -> Release:
    """Count, pay, draw, attack and pack. Two transactions on purpose: what was paid stays paid, whatever happens.

    ``make``: where it is made; of real people never anywhere but in a process of its own.
    """
    by = keys.staff
    must_count(by)
    left = must_be_as_journalled(by, journal_must_hold(by))
    must_be_as_begun(release)
    beside = queries.laid_beside(release, left)
    if release.product == Product.JOINT:
        made = make_joint(release, left)
    else:
        with sandbox.turn():
            made = _pay_and_make(release, beside, keys, at, make)
        crash_point("release: made")
    return _keep(release, made, beside, keys, at)


def _pay_and_make(
    release: Release, beside: list[Release], keys: Keyring, at: datetime, make: Make
) -> ReleaseResult:
    _must_leave_a_second(release, keys.staff, at)
    asked = _asked(release, beside, keys)
    if is_private(release.product):
        must_be_enough(release.population, len(asked.rows))
        _must_be_rehearsed(release)

    def work() -> ReleaseResult:
        crash_point("release: paid")
        return _make(release, asked, make)

    return pay_first(release, work, by=keys.staff, at=at)


def rehearsal_request(*, keys: Keyring, release: Release) -> ReleaseRequest:
    """What a release of made-up people asks for: it may be made ahead, for it is no secret. ValueError for others."""
    if release.population.what != What.REHEARSAL:
        raise ValueError("rows of real people are read once they are paid for")
    left = must_be_as_journalled(keys.staff, journal_must_hold(keys.staff))
    return _asked(release, queries.laid_beside(release, left), keys)


def _asked(release: Release, beside: list[Release], keys: Keyring) -> ReleaseRequest:
    return _request(
        release,
        _columns_of(release.population, keys),
        rows=_rows(release, keys),
        earlier=[_earlier(one, release, keys) for one in beside],
    )


def _must_leave_a_second(release: Release, by: Staff, at: datetime) -> None:
    """Of real people nothing is spent or closed for a release about which nobody could decide."""
    if release.population.what == What.CASES and not leaves_a_second(by, {*queries.hands_of(release)}, at=at):
        raise Refusal(
            _("Nobody would be left to decide about it: every focal point would have had a hand in it."),
            next_step=_(
                "Let somebody prepare it who is no focal point, or who has had a hand in it already."
            ),
            code="nobody-decides",
        )


def _must_be_rehearsed(release: Release) -> None:
    """Rows of real people: whoever spends has seen what she gets for it."""
    if release.population.what == What.CASES and not release.rehearsed:
        raise Refusal(
            _("Nobody has looked yet at what these rows cost and how good they would be."),
            next_step=_("Rehearse with made-up people first: that costs nothing."),
            code="not-rehearsed",
        )


def _columns_of(population: Population, keys: Keyring) -> SignedColumns:
    if population.what == What.REHEARSAL and population.columns is None:
        return columns.brought()
    found = columns.signed_columns(population.columns, keys=keys) if population.columns else None
    if found is None:
        raise Refusal(
            _("The file of columns is not as your society signed it."),
            next_step=_("Tell a focal point and whoever keeps this node, and publish nothing."),
            code="columns-not-signed",
        )
    return found


def _kept_columns(release: Release, keys: Keyring) -> KeptColumns:
    said = _columns_of(release.population, keys)
    return {
        "text": said.text,
        "signature": said.signature.hex(),
        "public": said.public.hex(),
        "signed_on": said.signed_on.isoformat() if said.signed_on else "",
    }


def _request(
    release: Release,
    said: SignedColumns,
    *,
    rows: list[dict[str, str]],
    earlier: list[EarlierRelease],
    rehearse: int = 0,
) -> ReleaseRequest:
    return ReleaseRequest(
        product=release.product,
        year=release.population.year,
        epsilon=float(release.epsilon or 0),
        delta=float(release.population.delta),
        society=release.society.name_en,
        place=str(release.society_id),
        made_up=release.population.what == What.REHEARSAL,
        columns=said.text,
        rows=rows,
        earlier=earlier,
        rehearse=rehearse,
    )


def _make(release: Release, asked: ReleaseRequest, make: Make) -> ReleaseResult:
    """Make it, and write down how far it is: whoever waits reads it. Whatever comes of it, nobody waits any more.

    No stage and no share says anything about the data.
    """

    def told(stage: str, done: float) -> None:
        Release.objects.filter(pk=release.pk).update(
            stage=stage[:10], percent=round(100 * min(1, max(0, done)))
        )

    try:
        return make(asked, told)
    finally:
        told("", 0)


def _rows(release: Release, keys: Keyring) -> list[dict[str, str]]:
    year = release.population.year
    if release.population.what == What.REHEARSAL:
        return rehearsal.rows(max(MADE_UP_PEOPLE, queries.floor()), year=year, seed=year)
    with counting.opened(keys=keys) as facts:
        found = facts.connection.execute(definitions.ROWS, [year]).fetchall()
        return [ctdc.record(year=year, codes=codes, years=years) for codes, years in found]


def _earlier(one: Release, release: Release, keys: Keyring) -> EarlierRelease:
    """What left before, withdrawn or not; of the same people with its exact counts, else nobody knows who came."""
    if not queries.is_as_written(one):
        raise package_changed()
    exact = sealed.open_counts(one, keys=keys)
    if exact is None and one.population_id == release.population_id and one.product == Product.TABLES:
        raise Refusal(
            _("The exact counts of “%(title)s” do not open any more: who came or went since would stand out.")
            % {"title": one.title},
            next_step=_("Publish no more tables of these people and this year."),
            code="counts-do-not-open",
        )
    return {"tables": queries.made_of(one)["tables"], "exact": exact or []}


@transaction.atomic
def _keep(
    release: Release, made: ReleaseResult, beside: list[Release], keys: Keyring, at: datetime
) -> Release:
    by = keys.staff
    row: Release = Release.objects.select_for_update().get(pk=release.pk, society=by.society_id)
    if row.state not in (ReleaseState.DRAFT, ReleaseState.SPENT):
        raise begun_before()
    must_be_as_begun(row)
    row.report, row.passed = made.report, made.passed
    data = {**made.data, "beside": [str(one.pk) for one in beside], "columns": _kept_columns(row, keys)}
    row.made = zlib.compress(json.dumps(data).encode())
    row.hands = sorted({*row.hands, str(by.pk)})
    row.state, row.prepared_at = ReleaseState.PREPARED, at
    row.stage, row.percent = "", 0
    row.save()
    if row.product == Product.TABLES and made.exact:
        sealed.seal_counts(row, made.exact, keys=keys)
    keep_package(row, by=by, at=at)
    ask_to_read(row, at)
    return row
