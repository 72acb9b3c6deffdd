"""Taking a report back: what nobody has settled yet is deleted, and all that was said after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.people.inbox import actions as inbox
from panah.people.inbox.words import TAKEN_BACK
from panah.people.reporters import events
from panah.people.reporters.actions.chat_bodies import end_chats, lock_chats, locked_chats
from panah.people.reporters.models import Chat, Report, Upload, Word
from panah.people.reporters.queries.reports import OpenedReport
from panah.people.reporters.wall import inside
from panah.people.reporters.words import WORD, ReportState


@dataclass(frozen=True)
class Withdrawn:
    """``deleted``: how many of her messages were still here and are gone; ``kept``: how many our work took over."""

    deleted: int
    kept: int


def withdraw(*, opened: OpenedReport, at: datetime) -> Withdrawn:
    """Take a report back with everything that was said after it. A second press changes nothing.

    What colleagues had already turned into a contact or a case stays there: the page says so by ``kept``.
    """
    with inside(opened.society):
        return _asked_back(opened, at) if settings.PANAH_DOOR_ONLY else _withdraw(opened.id, at)


@transaction.atomic
def _asked_back(opened: OpenedReport, at: datetime) -> Withdrawn:
    """On a machine of the door's own, which deletes nothing: leave it to the node, which does it a second later."""
    row = Report.objects.select_related("arrival").get(pk=opened.id)
    if row.state == ReportState.WITHDRAWN:
        return Withdrawn(0, 0)
    audit.record(event=events.ASKED_BACK, by=None, society=opened.society, at=at, about=row.pk)
    states = [
        row.arrival.state,
        *Word.objects.filter(report=row, arrival__isnull=False).values_list("arrival__state", flat=True),
    ]
    waiting = sum(state in TAKEN_BACK for state in states)
    return Withdrawn(waiting, len(states) - waiting)


def take_up_withdrawals(reports: Sequence[UUID], at: datetime) -> None:
    """Do what was asked on the door's own machine; a report that is gone already is gone."""
    for report in Report.objects.filter(pk__in=reports).values_list("pk", flat=True).order_by("pk"):
        _withdraw(report, at)


def lock_to_withdraw(reports: Sequence[UUID]) -> None:
    """Lock what taking these back changes, in the order in which everybody does: reports, chats, arrivals."""
    rows = list(Report.objects.select_for_update().filter(pk__in=reports).order_by("pk"))
    lock_chats(chats=list(Chat.objects.filter(report__in=rows).values_list("pk", flat=True)))
    more = Word.objects.filter(report__in=rows, arrival__isnull=False).values_list("arrival", flat=True)
    inbox.lock_arrivals([*(row.arrival_id for row in rows), *more])


@transaction.atomic
def _withdraw(pk: UUID, at: datetime) -> Withdrawn:
    # Report, chats, arrivals, and the journal last: everybody takes their locks in this order.
    row = Report.objects.select_for_update().get(pk=pk)
    if row.state == ReportState.WITHDRAWN:
        return Withdrawn(0, 0)
    chats = locked_chats(row)
    more = Word.objects.filter(report=pk, arrival__isnull=False).values_list("arrival", flat=True)
    arrivals = [row.arrival_id, *more]
    deleted = inbox.withdraw_arrivals(society=row.society_id, arrivals=arrivals, at=at)
    row.state = ReportState.WITHDRAWN
    row.save(update_fields=["state"])
    empty(row)
    end_chats(chats, at=at)
    audit.record(event=events.WITHDRAWN, by=None, society=row.society_id, at=at, about=row.pk)
    return Withdrawn(deleted, len(arrivals) - deleted)


def empty(row: Report) -> None:
    """Delete the files of a report, and its answers in every copy of the store once the transaction stands."""
    Upload.objects.filter(report=row).delete()
    answers = list(Word.objects.filter(report=row, arrival__isnull=True).values_list("pk", flat=True))
    transaction.on_commit(partial(vault.destroy, kind=WORD, keys=answers))
