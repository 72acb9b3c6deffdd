"""From what arrived to a contact or a case, without typing anything anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import staff_by_id
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.ground.work.words import Joined
from panah.people.cases.actions.from_inbox import case_from_arrival, may_hold_arrival
from panah.people.hotline.actions.from_inbox import contact_from_arrival, lines_answered
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.actions import CheckedContent, Converted
from panah.people.intake.actions.going_on import let_go_on
from panah.people.intake.actions.reports import lock_all
from panah.people.intake.actions.what_came import came_with, note_of
from panah.people.intake.words import pages_of
from panah.people.reporters import actions as reporters

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival


@dataclass(frozen=True)
class Target:
    """A way on. ``choices(staff)``: to whom or where, (value, text); without any it is not offered.

    ``make(keys=, typed=, choice=, by=, at=) -> Converted`` writes it, in the transaction that settles the arrival.
    """

    name: str
    label: StrOrPromise
    text: StrOrPromise
    ask: StrOrPromise
    choices: Callable[[Staff], list[tuple[str, str]]]
    make: Callable[..., Converted]
    keeps_files: bool = False


TARGETS: tuple[Target, ...] = (
    Target(
        name="case",
        label=_("Open a case"),
        text=_("Somebody goes on with this person over more than one step."),
        ask=_("Who holds the case?"),
        choices=may_hold_arrival,
        make=case_from_arrival,
        keeps_files=True,
    ),
    Target(
        name="contact",
        label=_("Make a contact of it"),
        text=_("A line goes on: to call back, to inform, to hand on. A contact can become a case later."),
        ask=_("Which line goes on with it?"),
        choices=lines_answered,
        make=contact_from_arrival,
    ),
)


def targets_of(arrival: Arrival, *, to: Staff) -> list[Target]:
    """Return the ways on that are open to a colleague.

    None for what belongs to a conversation, which has a case; nor past the intake, where it becomes a complaint.
    """
    if (
        inbox_queries.is_of_conversation(arrival)
        or not pages_of(arrival.kind).convertible
        or arrival.past_intake
    ):
        return []
    return [one for one in TARGETS if one.choices(to)]


def convert(
    *, keys: Keyring, arrival: Arrival, turn: Target, called: str, phone: str, choice: str, by: Staff, at: datetime,
    language: str = "", age_group: str = "unknown", urgency: str = "today", note: str = "", word: str = "",
    also: Sequence[str] = (), word_also: Sequence[str] = (),
) -> Converted:  # fmt: skip
    """Make a contact or a case of an open arrival and settle it, in one transaction.

    What the form holds stands before what came; further names and numbers, and everything else, go along as they came.
    Of a report also what was added to it, its files (but never a marked picture), and the joined reports in ``also``.
    ``word``: what its reporter is told, and of the joined ones those in ``word_also``; they learn nothing else.
    What is added later goes to whoever holds it.
    """
    came = came_with(keys=keys, arrival=arrival, by=by, at=at, also=also)
    person = came.person
    typed = CheckedContent(
        names=_first(called, person.names),
        phones=_first(phone, person.phones),
        language=language,
        age_group=age_group,
        urgency=urgency,
        note=Joined("\n", [note_of(arrival, note, person), *came.more]),
        came_at=arrival.arrived_at,
        country=person.country,
        call_back=came.call_back,
        files=came.files if turn.keeps_files else (),
    )
    if came.files and not turn.keeps_files:
        raise Refusal(
            _("A contact keeps no files, and this report has some."),
            next_step=_("Open a case of it, or save the files first and close the report."),
            code="files-need-a-case",
        )
    if not set(word_also) <= {str(row.pk) for row in came.rows}:
        raise _does_not_go_along()
    with transaction.atomic():
        lock_all(*came.reports)
        made = turn.make(keys=keys, typed=typed, choice=choice, by=by, at=at)
        for row in came.rows:
            inbox.settle(arrival=row, room=made.room, subject=made.subject, by=by, at=at)
        holder = staff_by_id(UUID(choice)) if made.room == "cases" else by
        for report in came.reports:
            let_go_on(
                keys=keys, arrival=report.arrival, room=made.room, subject=made.subject, file=made.file,
                holder=holder or by, at=at,
            )  # fmt: skip
            told = report.arrival_id == came.reports[0].arrival_id or str(report.arrival_id) in word_also
            if told and word.strip() and report.reply_public is not None:
                reporters.answer(keys=keys, report=report, text=word, once=uuid4(), at=at)
    return made


def _does_not_go_along() -> Refusal:
    return Refusal(
        _("A report that does not go along is answered by itself."),
        next_step=_("Let it go along too, or do not tick it where the word is sent."),
        code="does-not-go-along",
    )


def _first(typed: str, came: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys((typed, *came[1:])) if one)
