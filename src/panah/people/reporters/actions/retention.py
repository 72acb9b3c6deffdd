"""What the node lets go by itself: reports and chats that nobody spoke in for long, and old numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention
from panah.people.inbox.words import WAITING
from panah.people.reporters import events, rules
from panah.people.reporters.actions.chat_bodies import empty_chat, end, locked_chats
from panah.people.reporters.actions.withdrawal import empty
from panah.people.reporters.models import Chat, ChatGrant, NodeTally, Report, Tally, Upload
from panah.people.reporters.words import ChatState, Counted, Direction

AT_ONCE = 200
BY_THE_HOUR = (Counted.UNPROVEN, Counted.UNPROVEN_CHATS, Counted.PAGED)
SILENT_FOR = timedelta(hours=1)


def erase_old(*, at: datetime) -> int:
    """Erase reports and chats that were kept long enough; returns how many. The node calls it behind each wall."""
    reports = list(Report.objects.filter(kept_until__lt=at).values_list("pk", flat=True)[:AT_ONCE])
    chats = Chat.objects.filter(kept_until__lt=at, state=ChatState.ENDED).values_list("pk", flat=True)[
        :AT_ONCE
    ]
    return (
        sum(_erase(pk, at) for pk in reports)
        + sum(_erase_chat(pk, at) for pk in list(chats))
        + drop_read_files()
    )


@transaction.atomic
def _erase(pk: UUID, at: datetime) -> int:
    rows = Report.objects.select_for_update(of=("self",)).select_related("arrival")
    row = rows.filter(pk=pk, kept_until__lt=at).first()
    # What nobody has settled is not let go silently: the focal points are told of it each day by the inbox.
    if row is None or row.arrival.state in WAITING or row.words.filter(arrival__state__in=WAITING).exists():
        return 0
    if row.uploads.filter(held=True).exists():
        # Somebody has still to say what comes of it: that stands on a list of its own.
        return 0
    erase(report=row, at=at)
    return 1


@transaction.atomic
def erase(*, report: Report, at: datetime) -> None:
    """Erase a report with its words, files and chats; what arrived stays as a line of the inbox, without a body."""
    empty(report)
    for chat in locked_chats(report):
        empty_chat(chat)
    audit.record(event=events.ERASED, by=None, society=report.society_id, at=at, about=report.pk)
    report.delete()


@transaction.atomic
def _erase_chat(pk: UUID, at: datetime) -> int:
    row = Chat.objects.select_for_update().filter(pk=pk, kept_until__lt=at).first()
    if row is None:
        return 0
    erase_chat(chat=row, at=at)
    return 1


@transaction.atomic
def erase_chat(*, chat: Chat, at: datetime) -> None:
    """Erase a chat with its lines, also before its time: the contact that it became is erased."""
    empty_chat(chat)
    audit.record(event=events.CHAT_ERASED, by=None, society=chat.society_id, at=at, about=chat.pk)
    chat.delete()


@transaction.atomic
def close_to_staff(*, chat: Chat) -> None:
    """Nobody here opens a chat any more: what it became holds what may be kept. Whoever has its receipt still does."""
    ChatGrant.objects.filter(chat=chat).delete()


def drop_read_files() -> int:
    """Delete files whose words were settled: their key went with them; returns how many. What is held stays."""
    rows = Upload.objects.filter(direction=Direction.TO_STAFF, arrival__kept=False, held=False)
    return len([row.delete() for row in rows[:AT_ONCE]])


def end_silent_chats(*, at: datetime) -> int:
    """End chats in which nobody said anything for an hour; returns how many."""
    silent = Chat.objects.exclude(state=ChatState.ENDED).filter(spoken_at__lt=at - SILENT_FOR)
    return sum(_end_silent(pk, at) for pk in list(silent.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _end_silent(pk: UUID, at: datetime) -> int:
    row = Chat.objects.select_for_update().filter(pk=pk, spoken_at__lt=at - SILENT_FOR).first()
    if row is None or row.state == ChatState.ENDED:
        return 0
    end(row, by_staff=False, at=at)
    return 1


def forget_tallies(*, at: datetime) -> int:
    """Delete the numbers of hours that are over, and those of months of three years ago; returns how many rows went.

    Windows sort as their times do: ``2026-11`` before ``2026-11-28T07``.
    """
    hour, month = (
        rules.hour_of(at - retention.TALLY_OF_HOUR.period),
        rules.month_name(at - retention.TALLY_OF_MONTH.period),
    )
    hours = Tally.objects.filter(what__in=BY_THE_HOUR, window__lt=hour)
    months = Tally.objects.exclude(what__in=BY_THE_HOUR).filter(window__lt=month)
    return sum(rows.delete()[0] for rows in (hours, months))


def forget_tallies_here(*, at: datetime) -> int:
    """Delete the whole node's numbers of hours that are over; returns how many rows went."""
    return NodeTally.objects.filter(window__lt=rules.hour_of(at - retention.TALLY_OF_HOUR.period)).delete()[0]


def forget_minutes(*, at: datetime) -> int:
    """Delete in which minutes numbers of messages were shown: nobody came back then, as far as rows tell."""
    over = rules.minute_of(at - retention.TALLY_OF_MINUTE.period)
    return NodeTally.objects.filter(what=Counted.TRIES, window__lt=over).delete()[0]
