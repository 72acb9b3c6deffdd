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

from panah.evidence import counting, ctdc, definitions, queries, rehearsal, sandbox
from panah.evidence.actions.budget import is_private, mark_exact, pay, rho_of_release
from panah.evidence.actions.joining import make_joint
from panah.evidence.actions.packing import ask_to_read, keep_package
from panah.evidence.models import Release
from panah.evidence.permissions import must_count
from panah.evidence.products import Asked, KeptTable, Made
from panah.evidence.words import Product, ReleaseState, What
from panah.foundation.errors import Refusal
from panah.vault.crash_points import crash_point

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.vault.keyring import Keyring

# Enough of them that rows can be made, and that whoever rehearses waits for seconds.
REHEARSED = 2000
STEPS = ("release: paid", "release: made")


def prepare(
    *, keys: Keyring, release: Release, at: datetime, make: Callable[[Asked], Made] = sandbox.make
) -> Release:
    """Count, pay, draw, attack and pack. Two transactions on purpose: what was paid stays paid, whatever happens.

    ``make``: where it is made; of real people never anywhere but in a process of its own.
    """
    by = keys.staff
    must_count(by)
    beside = queries.laid_beside(release, to=by)
    if release.product == Product.JOINT:
        return _keep(release, make_joint(release, by=by), beside, by, at)
    rows = _rows(release, keys)
    if is_private(release.product) and len(rows) < queries.floor():
        raise Refusal(
            _("There are fewer than %(floor)s people in it: no rows are made of so few, real or not.")
            % {"floor": queries.floor()},
            next_step=_("Nothing was spent. Publish tables, or wait for a year with more people."),
            code="below-floor",
        )
    _pay(release, by, at)
    crash_point("release: paid")
    made = make(
        Asked(
            product=release.product,
            year=release.population.year,
            epsilon=float(release.epsilon or 0),
            delta=float(release.population.delta),
            society=release.society.name_en,
            made_up=release.population.what == What.REHEARSAL,
            rows=rows,
            earlier=_tables_of(beside),
        )
    )
    crash_point("release: made")
    return _keep(release, made, beside, by, at)


def _rows(release: Release, keys: Keyring) -> list[dict[str, str]]:
    year = release.population.year
    if release.population.what == What.REHEARSAL:
        return rehearsal.rows(REHEARSED, year=year, seed=year)
    with counting.opened(keys=keys) as facts:
        found = facts.connection.execute(definitions.ROWS, [year]).fetchall()
        return [ctdc.record(year=year, codes=codes) for (codes,) in found]


def _tables_of(beside: list[Release]) -> list[list[KeptTable]]:
    """The tables of everything that left before, withdrawn or not: whoever has them lays them beside this one."""
    kept = [queries.made_of(one) for one in beside]
    return [one["tables"] for one in kept if one["tables"]]


@transaction.atomic
def _pay(release: Release, by: Staff, at: datetime) -> None:
    row = Release.objects.select_for_update().get(pk=release.pk, society=by.society_id)
    if row.state != ReleaseState.DRAFT:
        raise _begun_before()
    if is_private(row.product):
        pay(population=row.population_id, ref=row.pk, rho=rho_of_release(row), by=by, at=at)
    else:
        mark_exact(population=row.population_id, by=by)
    row.state = ReleaseState.SPENT
    row.hands = sorted({*row.hands, str(by.pk)})
    row.save(update_fields=["state", "hands"])


def _begun_before() -> Refusal:
    return Refusal(
        _("Counting for this release has begun before. What it cost is spent, whatever came of it."),
        next_step=_("If nothing came of it, begin another release."),
        code="begun-before",
    )


@transaction.atomic
def _keep(release: Release, made: Made, beside: list[Release], by: Staff, at: datetime) -> Release:
    row: Release = Release.objects.select_for_update().get(pk=release.pk, society=by.society_id)
    if row.state not in (ReleaseState.DRAFT, ReleaseState.SPENT):
        raise _begun_before()
    row.report, row.passed = made.report, made.passed
    data = {**made.data, "beside": [str(one.pk) for one in beside]}
    row.made = zlib.compress(json.dumps(data).encode())
    row.hands = sorted({*row.hands, str(by.pk)})
    row.state, row.prepared_at = ReleaseState.PREPARED, at
    row.save()
    keep_package(row, by=by, at=at)
    ask_to_read(row, at)
    return row
