"""Look-alikes of a flood: found among what waits, put aside in one go, brought back, gone after a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.intake import rules
from panah.people.intake.models import Pile
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.words import REPORT

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival

AT_ONCE = 500


@dataclass(frozen=True)
class FoundPile:
    """A pile before it goes: how many would go, one of them, the one least like it, and who stays all the same."""

    first: UUID
    members: tuple[UUID, ...]
    example: str
    least: str
    stays: tuple[Arrival, ...]

    @property
    def size(self) -> int:
        return len(self.members)


@dataclass(frozen=True)
class PilesFound:
    """The piles among the ``compared`` oldest that wait, as they were at a moment."""

    piles: list[FoundPile]
    compared: int
    at: datetime


def find_piles(
    *,
    keys: Keyring,
    at: datetime,
    until: datetime | None = None,
    most: int = inbox.COMPARED_AT_ONCE,
    smallest: int = rules.SMALLEST_PILE,
) -> PilesFound:
    """Open what waits, in this session alone, and return what of it looks alike. Nothing is changed or kept.

    What tells of danger or of a child, brings a file, or has a receipt with which somebody came back, never goes in a
    pile: it is named beside it.
    """
    opened = {
        one.row.pk: one
        for one in inbox.compare_waiting(keys=keys, kind=REPORT, at=at, until=until, most=most)
    }
    texts = {pk: rules.text_of(one.content) for pk, one in opened.items()}
    found = rules.piles(texts, smallest=smallest)
    returned = _came_back([opened[pk].row for group in found for pk in group.members])
    stand_out = returned | {pk for pk, one in opened.items() if rules.stands_out(one.content)}
    piles = []
    for group in found:
        go = [pk for pk in group.members if pk not in stand_out]
        if len(go) < smallest:
            continue
        piles.append(
            FoundPile(
                first=group.first,
                members=tuple(go),
                example=texts[go[0]],
                least=texts[group.least],
                stays=tuple(opened[pk].row for pk in group.members if pk in stand_out),
            )
        )
    return PilesFound(piles, len(opened), until or at)


def _came_back(rows: list[Arrival]) -> set[UUID]:
    """Return those with whose receipt somebody came back: a machine does not."""
    found: set[UUID] = set()
    for first in range(0, len(rows), AT_ONCE):
        reports = reporters_queries.reports_of(rows[first : first + AT_ONCE])
        found |= {pk for pk, report in reports.items() if report.came_back or report.last_number}
    return found


@transaction.atomic
def empty_pile(
    *, keys: Keyring, first: UUID, until: datetime, at: datetime, smallest: int = rules.SMALLEST_PILE
) -> Pile:
    """Put a pile aside that somebody has just seen. It waits for a week, and comes back when she says so.

    ``until``: when she saw it; what came since is in no pile of hers. Refuses where it is gone already.
    """
    found = find_piles(keys=keys, at=at, until=until, smallest=smallest)
    pile = next((one for one in found.piles if one.first == first), None)
    number, row = 0, None
    if pile is not None:
        row = Pile.objects.create(
            society_id=keys.staff.society_id, number=pile.size, emptied_by=keys.staff, emptied_at=at
        )
        number = inbox.set_aside(arrivals=pile.members, pile=row.pk, by=keys.staff, at=at)
    if row is None or not number:
        raise Refusal(
            _("This pile is not there any more."),
            next_step=_("A colleague was quicker, or some of it was opened. Look for look-alikes anew."),
            code="no-such-pile",
        )
    if number != row.number:
        row.number = number
        row.save(update_fields=["number"])
    return row


@transaction.atomic
def put_pile_back(*, pile: Pile, by: Staff, at: datetime, only: UUID | None = None) -> int:
    """Let a pile, or one message of it, wait again as if nobody had touched it; returns how many came back."""
    row = Pile.objects.select_for_update().get(pk=pile.pk, society=by.society_id)
    number = inbox.put_back(society=row.society_id, pile=row.pk, by=by, at=at, only=only)
    if only is None and row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
    return number


def _returned_to() -> list[Arrival]:
    rows = inbox_queries.lying_aside()
    found = _came_back(rows)
    return [row for row in rows if row.pk in found]


def let_go_of_piles(*, at: datetime) -> int:
    """Delete what was put aside a week ago; returns how many messages went. A job of every hour.

    Before that, what somebody came back to with a receipt, or added to, waits again: no machine does so.
    """
    for row in _returned_to():
        if row.subject is not None:
            inbox.put_back(society=row.society_id, pile=row.subject, by=None, at=at, only=row.pk)
    Pile.objects.filter(ended_at=None, emptied_at__lte=at - retention.PILE.period).update(ended_at=at)
    return inbox.let_go_of_aside(before=at - retention.PILE.period)
