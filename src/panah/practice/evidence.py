"""Releases of the northern practice society, one at each state; rows and tables of made-up people alone.

Its own people are far below the floor of rows: the release that was begun of them shows the refusal.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.programmes.evidence import actions as evidence
from panah.programmes.evidence import products
from panah.programmes.evidence import queries as evidence_queries
from panah.programmes.evidence.words import Decision, Product, ReleaseState, What

if TYPE_CHECKING:
    from concurrent.futures import Future

    from panah.practice.cast import Practice
    from panah.programmes.evidence.models import Release
    from panah.programmes.evidence.products import Progress, ReleaseRequest, ReleaseResult

CONTACT = "Practice data office, data@practice.example"
# Years back, and how far a release of that year is. Two years are left for whoever tries rows.
REHEARSED = (
    (5, ReleaseState.WITHDRAWN),
    (5, ReleaseState.PUBLISHED),
    (4, ReleaseState.REFUSED),
    (4, ReleaseState.CHANGES),
    (3, ReleaseState.READ),
)
DECIDED = {
    ReleaseState.WITHDRAWN: (Decision.PUBLISH, ""),
    ReleaseState.PUBLISHED: (Decision.PUBLISH, ""),
    ReleaseState.REFUSED: (Decision.NO, "Practice: nobody asked for these tables."),
    ReleaseState.CHANGES: (Decision.CHANGES, "Practice: say in a sentence what changed in the year."),
}


def build(practice: Practice) -> None:
    if practice.has("nurlan", "bakyt"):
        for back, state in REHEARSED:
            _rehearsed(practice, back, state)
        if practice.rows is not None:
            _rows(practice, *practice.rows)
            practice.rows = None
        begun(practice, Product.MICRODATA, What.CASES, "Practice: rows of our own people", epsilon=Decimal(1))


def begun(
    practice: Practice,
    product: Product,
    what: What,
    title: str,
    *,
    back: int = 1,
    epsilon: Decimal | None = None,
) -> Release:
    return evidence.begin(
        what=what,
        year=timezone.localtime(practice.at).year - back,
        product=product,
        title=title,
        contact=CONTACT,
        about="Practice: made-up people.",
        epsilon=epsilon,
        by=practice.staff["nurlan"],
        at=practice.at - timedelta(days=back),
    )


def _rehearsed(practice: Practice, back: int, state: ReleaseState) -> None:
    row = begun(practice, Product.TABLES, What.REHEARSAL, "Practice: people whom we helped", back=back)
    row = _prepared(practice, row)
    by, at = practice.staff["bakyt"], practice.at
    evidence.read(release=row, seen=evidence_queries.fingerprint(row, to=by), by=by, at=at)
    if state not in DECIDED:
        return
    decision, remark = DECIDED[state]
    row = evidence.decide(release=row, decision=decision, remark=remark, by=by, at=at)
    if state == ReleaseState.WITHDRAWN:
        reason = "Practice: one country was counted as another."
        evidence.withdraw(release=row, reason=reason, by=by, at=at)


def _rows(practice: Practice, row: Release, ahead: ReleaseRequest, made: Future[ReleaseResult]) -> None:
    """Waits for a second person, with rows: the budget of the year is half spent."""

    def make(asked: ReleaseRequest, progress: Progress) -> ReleaseResult:
        # Where a machine lets that process work with too little memory, or lacks what bounds it, it is made here.
        with suppress(Refusal):
            if asked == ahead:
                return made.result()
        return products.make(asked, progress)

    evidence.prepare(keys=practice.keys("nurlan"), release=row, at=practice.at, make=make)


def _prepared(practice: Practice, row: Release) -> Release:
    # Of made-up people nothing has to be kept from this process: it is quicker here than in one of its own.
    return evidence.prepare(keys=practice.keys("nurlan"), release=row, at=practice.at, make=products.make)
