"""What colleagues say to a reporter: an answer that only her receipt opens, and that the work is finished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import idempotency_id
from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.vault import actions as vault
from panah.people.inbox.words import ArrivalState
from panah.people.reporters import errors, events, rules
from panah.people.reporters.actions.sealing import keep_files, must_be_short, must_fit
from panah.people.reporters.actions.tallies import count
from panah.people.reporters.actions.words_of_reporters import next_number
from panah.people.reporters.content import PlainFile, seal_file, seal_words
from panah.people.reporters.models import Report, Upload, Word
from panah.people.reporters.queries.reports import may_answer
from panah.people.reporters.words import WORD, Counted, Direction, ReportState, Told

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring


@transaction.atomic
def answer(
    *,
    keys: Keyring,
    report: Report,
    text: str,
    at: datetime,
    files: Sequence[PlainFile] = (),
    once: UUID | None = None,
) -> None:
    """Answer a reporter; only her receipt opens it. ``once``: of the page, so that the same sent twice is one.

    Refuses when she wanted no receipt, when nobody has opened her report, and when it was taken back or closed.
    """
    if not text.strip() and not files:
        raise errors.nothing_said()
    must_be_short({"text": text})
    must_fit(files)
    by = keys.staff
    row = _locked(report, by)
    said = {"text": text, "files": [(one.name, len(one.body)) for one in files]}
    word = idempotency_id(by.pk, once, said)
    if Word.objects.filter(pk=word).exists():
        return
    _must_be_open(row)
    if row.reply_public is None:
        raise _no_receipt()
    locked = [seal_file(one) for one in files]
    content = {"text": text, "files": [entry for _file, entry in locked]}
    body = seal_words(bytes(row.reply_public), content, "door word", row.pk, word)
    _write_answer(row, word, body, at)
    keep_files(row, [file for file, _entry in locked], at=at)
    audit.record(event=events.ANSWERED, by=by, at=at, about=row.pk)
    report.refresh_from_db()


def _write_answer(row: Report, word: UUID, body: bytes, at: datetime) -> None:
    vault.store_blob(kind=WORD, key=word, sealed=body, society=row.society_id)
    Word.objects.create(
        id=word, report=row, number=next_number(row, at=at), direction=Direction.TO_REPORTER, size=len(body),
        sent_on=at,
    )  # fmt: skip
    month = rules.month_name(at)
    count(row.society_id, Counted.ANSWERS, month)
    if not row.within:
        row.within = rules.answered_within(at - row.arrival.arrived_at)
        count(row.society_id, Counted(f"within-{row.within}"), month)
    row.state = ReportState.ANSWERED
    row.save(update_fields=["state", "within"])


@transaction.atomic
def close(*, by: Staff, report: Report, told: Told | str, at: datetime) -> None:
    """Say to the reporter that the work is finished, as ``Told`` says. A second press changes nothing."""
    row = _locked(report, by)
    if row.state == ReportState.CLOSED and row.told == told:
        return
    _must_be_open(row)
    row.state, row.told = ReportState.CLOSED, Told(told)
    row.last_on, row.kept_until = at, at + retention.REPORT.period
    row.save(update_fields=["state", "told", "last_on", "kept_until"])
    audit.record(event=events.CLOSED, by=by, at=at, about=row.pk, facts={"told": row.told})
    report.refresh_from_db()


def seal_words_to(*, arrival: UUID, public: bytes | None) -> None:
    """What is added to a report is sealed to this key from now on: of a complaint that it became, also at the door.

    None: like the report itself again.
    """
    Report.objects.filter(arrival=arrival).update(words_public=public)


def lock_report(*, report: Report) -> None:
    """Take a report's lock first, in a transaction that also settles its arrival: nobody then waits crosswise."""
    Report.objects.select_for_update().get(pk=report.pk)


@transaction.atomic
def hold_file(*, report: UUID, upload: UUID, held: bool = True) -> bool:
    """Keep a file when its words are settled, until it is let go again; returns whether it is there."""
    return bool(Upload.objects.filter(pk=upload, report=report).update(held=held))


@transaction.atomic
def destroy_file(*, by: Staff, report: Report, upload: UUID, at: datetime) -> None:
    """Delete a file that must not be kept, whatever its words say; the journal has who did it."""
    row = _locked(report, by)
    if Upload.objects.filter(pk=upload, report=row).delete()[0]:
        audit.record(event=events.FILE_DESTROYED, by=by, at=at, about=row.pk, facts={"upload": str(upload)})


def _locked(report: Report, by: Staff) -> Report:
    row = Report.objects.select_for_update(of=("self",)).select_related("arrival").get(pk=report.pk)
    if not load_trusted(row) or not may_answer(by, row):
        raise Refusal(
            _("You do not open what arrives here."),
            next_step=_("Ask a colleague on intake duty or a focal point to answer."),
            code="not-your-report",
            status=403,
        )
    if row.arrival.state == ArrivalState.SEALED:
        raise Refusal(
            _("Nobody has opened this yet."),
            next_step=_("Open it first: whoever answers has read it."),
            code="not-opened",
        )
    return row


def _must_be_open(row: Report) -> None:
    if row.state == ReportState.WITHDRAWN:
        raise Refusal(
            _("The reporter took this back. Nothing can be answered any more."),
            next_step=_("Look at its line in the inbox."),
            code="report-withdrawn",
            status=410,
        )
    if row.state == ReportState.CLOSED:
        raise Refusal(
            _("This report is closed, and the reporter was told."),
            next_step=_("The reporter can write a new message."),
            code="report-closed",
            status=410,
        )


def _no_receipt() -> Refusal:
    return Refusal(
        _("The reporter wanted no receipt: no answer can reach this person."),
        next_step=_("See whether the report says how this person can be reached."),
        code="no-receipt",
    )
