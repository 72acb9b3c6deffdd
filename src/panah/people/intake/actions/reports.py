"""A report of the public door: opened with all its later words, answered, ended with a word to the reporter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.network import queries as network_queries
from panah.ground.network.words import RuleKey
from panah.ground.vault.keyring import Keyring
from panah.people.complaints import actions as complaints
from panah.people.complaints.words import ComplaintAbout, MatterKind, Speaker
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import ArrivalClosing, ArrivalState
from panah.people.intake import rules
from panah.people.intake.actions.closing import not_read_by_another
from panah.people.intake.actions.going_on import let_go_on
from panah.people.intake.actions.joined import part_report
from panah.people.intake.actions.pictures import mark_picture, pass_pictures_on
from panah.people.intake.actions.what_came import told_in_words
from panah.people.intake.words import CLOSING_OF
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.queries import PlainFile
from panah.people.reporters.words import REPORT, ReportState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival
    from panah.people.reporters.models import Report


def open_report(*, keys: Keyring, arrival: Arrival, by: Staff, at: datetime) -> None:
    """Open a report and what its reporter added since, or a later word by itself; each is journalled.

    A picture that its sender says may show a child abused is marked before anybody sees it.
    """
    content = inbox.open_arrival(keys=keys, arrival=arrival, by=by, at=at)
    _mark_what_was_said(arrival, content, at)
    report = reporters_queries.report_of(arrival)
    if report is None:
        return
    if arrival.kind != REPORT:
        inbox.words_came(arrival=report.arrival, at=at)
        return
    for row in later_words(report, to=by):
        if row.state == ArrivalState.SEALED and inbox_queries.may_open(row, staff=by, keys=keys):
            _mark_what_was_said(row, inbox.open_arrival(keys=keys, arrival=row, by=by, at=at), at)


def _mark_what_was_said(arrival: Arrival, content: dict[str, object], at: datetime) -> None:
    said, report = set(rules.pictures_of_abuse(content)), reporters_queries.report_of(arrival)
    for entry in reporters_queries.entries_in(content):
        # A file of another report is none of hers to mark.
        if entry.id in said and reporters_queries.is_file_of(report, entry.id):
            mark_picture(arrival=arrival, entry=entry, by=None, at=at)


def later_words(report: Report, *, to: Staff) -> list[Arrival]:
    """Return what the reporter added, as far as a colleague sees it, the oldest first."""
    ids = reporters_queries.later_arrivals(report)
    rows = inbox_queries.visible(to=to).filter(pk__in=ids)
    return sorted(rows, key=lambda row: (row.arrived_at, str(row.pk)))


@transaction.atomic
def take_on_report(*, arrival: Arrival, by: Staff, at: datetime) -> None:
    """A colleague goes on with what she opened, and with all that its reporter added and somebody has opened."""
    inbox.take_on(arrival=arrival, by=by, at=at)
    report = reporters_queries.report_of(arrival)
    if report is not None:
        _take_on_opened(report, by, at)


def _take_on_opened(report: Report, by: Staff, at: datetime) -> None:
    for row in reporters_queries.arrivals_of(report):
        if row.state != ArrivalState.SEALED:
            inbox.answer_alarm_of(row.pk, by=by, at=at)


@transaction.atomic
def answer_report(
    *,
    keys: Keyring,
    arrival: Arrival,
    report: Report,
    text: str,
    once: UUID,
    at: datetime,
    file: PlainFile | None = None,
    asks: bool = False,
    also: Sequence[Report] = (),
) -> None:
    """Seal an answer to the reporter, and to those of joined reports who were chosen: each opens with its own receipt.

    ``asks``: something is asked back; the report then waits for her next words, a week at most.
    """
    lock_all(report, *also)
    files = [file] if file is not None else []
    for one in (report, *also):
        # An id for each: one press is one answer to each of them.
        reporters.answer(keys=keys, report=one, text=text, files=files, once=uuid5(once, str(one.pk)), at=at)
    root = report.arrival
    for one in (report, *also):
        _take_on_opened(one, keys.staff, at)
    if asks and root.state == ArrivalState.OPENED:
        inbox.wait_for_words(arrival=root, by=keys.staff, at=at)
    alone = inbox_queries.waits_for_another(arrival, staff=keys.staff)
    if arrival.pk != root.pk and arrival.state == ArrivalState.OPENED and not alone:
        inbox.close_with(arrival=arrival, closing=ArrivalClosing.ANSWERED, by=keys.staff, at=at)


@transaction.atomic
def finish_report(
    *, keys: Keyring, report: Report, told: str, at: datetime, text: str = "", also: Sequence[Report] = ()
) -> None:
    """End a report: a last word, what its reporter reads from now on, and nothing of it on any list.

    Refuses while something she added has not been read. What it became, a case or a contact, goes on.
    """
    lock_all(report, *also)
    for one in (report, *also):
        _must_be_read(one)
        rows = reporters_queries.arrivals_of(one)
        if any(inbox_queries.waits_for_another(row, staff=keys.staff) for row in rows if row.waits):
            raise not_read_by_another()
        if text.strip() and one.reply_public is not None:
            reporters.answer(keys=keys, report=one, text=text, once=uuid4(), at=at)
        reporters.close(by=keys.staff, report=one, told=told, at=at)
        _close_arrivals(one, told, keys.staff, at)


def lock_all(*reports: Report) -> None:
    """Lock reports in one order, before anything of theirs: nobody waits for somebody who waits in turn."""
    for one in sorted(reports, key=lambda report: str(report.pk)):
        reporters.lock_report(report=one)


def _must_be_read(report: Report) -> None:
    if any(row.state == ArrivalState.SEALED for row in reporters_queries.arrivals_of(report)):
        raise Refusal(
            _("The reporter has added something that nobody has read."),
            next_step=_("Open it first; then answer or close."),
            code="words-unread",
        )


def _close_arrivals(report: Report, told: str, by: Staff, at: datetime) -> None:
    for row in reporters_queries.arrivals_of(report):
        if row.state == ArrivalState.OPENED:
            inbox.close_with(arrival=row, closing=CLOSING_OF[told], by=by, at=at)


def is_open(report: Report) -> bool:
    """Say whether its reporter can still be told something."""
    return report.state not in (ReportState.CLOSED, ReportState.WITHDRAWN)


# -- about somebody who works here -------------------------------------------------------------------


def _as_complaint(
    arrival: Arrival, content: dict[str, Any], *, danger: bool, abuse: bool
) -> dict[str, object]:
    said = {
        "what": told_in_words(content),
        "speaker": Speaker.ANONYMOUS,
        "about": [ComplaintAbout.ABUSE if abuse else ComplaintAbout.OTHER],
        "language": arrival.language,
        "danger": "yes" if danger else "",
    }
    return {name: value for name, value in said.items() if value}


def _promised_day(report: Report | None, at: datetime) -> date | None:
    """Return by which day its reporter reads that she is answered, as the public door says; None where it says none."""
    if report is None or report.reply_public is None or not is_open(report):
        return None
    today = timezone.localtime(at).date()
    line = network_queries.rule(society=report.society, key=RuleKey.MESSAGE_DAYS, on=today)
    if line is None or not line.checked or not isinstance(line.value, int):
        return None
    return timezone.localtime(report.arrival.arrived_at).date() + timedelta(days=line.value)


@transaction.atomic
def pass_to_complaints(
    *, keys: Keyring, arrival: Arrival, concerned: Iterable[UUID], danger: bool, abuse: bool, at: datetime
) -> None:
    """A report about somebody who works here becomes a complaint, past whoever it is about; it vanishes from the inbox.

    Its readers alone see that it was there. They answer the reporter from the report, which they still see. One of them
    who passes it on, and may be meant herself, is not left alone with it by leaving out the others. It is a matter of
    its own: no mark that a form sends makes another one stand in for it, since its words are destroyed here.
    """
    report = reporters_queries.report_of(arrival)
    if report is not None:
        # What nobody has read would stay with the intake, and with whom it is about.
        lock_all(report)
        _must_be_read(report)
    content = inbox.content_for_work(keys=keys, arrival=arrival, at=at)
    left_out = inbox_queries.left_out_of(arrival)
    made = complaints.take(
        keys=keys,
        kind=MatterKind.COMPLAINT,
        typed=_as_complaint(arrival, content, danger=danger, abuse=abuse),
        concerned={*concerned, *left_out},
        named=left_out,
        hers=inbox_queries.accounts_that_may_be_hers(arrival, staff=keys.staff),
        promised=_promised_day(report, at),
        at=at,
    )
    inbox.pass_to_readers(arrival=arrival, by=keys.staff, at=at, subject=made.row.pk)
    pass_pictures_on(keys=keys, arrival=arrival, at=at)
    part_report(arrival=arrival, by=keys.staff, at=at)
    if report is not None and made.route.people:
        let_go_on(
            keys=keys, arrival=report.arrival, room="complaints", subject=made.row.pk, file=made.row.file_id,
            holder=made.route.people[0], at=at,
        )  # fmt: skip
    for row in reporters_queries.arrivals_of(report) if report is not None else []:
        if row.pk == arrival.pk:
            continue
        if row.state == ArrivalState.OPENED:
            inbox.pass_to_readers(arrival=row, by=keys.staff, at=at, subject=made.row.pk)
        else:
            inbox.hide_settled(arrival=row, subject=made.row.pk)
        pass_pictures_on(keys=keys, arrival=row, at=at)
