"""Reports: found by a receipt, read by the reporter, and what colleagues see of them from the outside."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hmac import compare_digest
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Subquery, Value
from django.db.models.functions import Least

from panah.ground.accounts.queries import is_on_duty
from panah.ground.accounts.roles import Permission, may
from panah.ground.accounts.words import DutyKind
from panah.ground.foundation import tenancy
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.protected_rows import trusted_columns
from panah.ground.network.queries import hosted_ids
from panah.ground.vault import actions as vault
from panah.ground.vault.seals import DoesNotOpen, Private
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.permissions import opens_arrivals
from panah.people.inbox.words import PAST_INTAKE, ArrivalClosing, ArrivalState
from panah.people.reporters import rules
from panah.people.reporters.content import FileEntry, entries_in, open_words
from panah.people.reporters.going_on import ANSWERS_TOO
from panah.people.reporters.models import Chat, Report, Word
from panah.people.reporters.wall import inside, pepper
from panah.people.reporters.words import WORD, Direction, ReportState, Stands

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival

NO_ROW, NO_DAY = UUID(int=0), datetime(2026, 1, 1, tzinfo=UTC)
# Fewer answers than this cost what this many cost; keys are asked in steps.
USUAL, STEP = 4, 8


@dataclass(frozen=True)
class OpenedReport:
    """A report whose receipt was shown. Lives as long as one request: ``private`` opens what was sealed to her.

    ``stands``: of ``words.Stands``. ``again``: she comes back for the first time, and her receipt is shown once more.
    ``past_intake``: it is about somebody who works there, and no browser can seal what is added to its readers.
    ``told``: of ``words.Told`` or "". Days, no moments: ``sent_on``, ``kept_until``.
    """

    id: UUID
    society: UUID
    receipt: rules.Receipt = field(repr=False)
    private: Private = field(repr=False)
    stands: str
    told: str
    again: bool
    language: str
    urgency: str
    sent_on: datetime
    kept_until: datetime
    past_intake: bool = False


@dataclass(frozen=True)
class WordSaid:
    """One word of either side. What she said herself is not shown again: ``text`` is None then."""

    id: UUID
    number: int
    to_reporter: bool
    sent_on: datetime
    text: str | None = field(repr=False)
    files: tuple[FileEntry, ...] = ()
    seen: bool = True
    gone: bool = False


def find(handle: str, secret: str) -> OpenedReport | None:
    """Return the report of a receipt, or None. Existing and missing receipts cost the same questions and the same work.

    Pages ask ``actions.come_back``, which counts and slows; this is what it asks.
    """
    keys = rules.keys_of(pepper(), handle, secret)
    tenancy.show(keys.verifier)
    row: _Row | None = None
    near = NOBODYS
    for society in hosted_ids():
        with inside(society):
            found = _nearest(society=society, verifier=keys.verifier)
        near = _Row._make(found[0]) if found else near
        row = near if compare_digest(bytes(near.verifier), keys.verifier) else row
    # What was not found is put together all the same, and thrown away.
    opened = _opened(row or near, rules.Receipt(handle, secret), keys.private)
    # Inside its walls: what a machine of the door's own has just taken in counts as the table says.
    with inside(opened.society):
        hers = is_of_receipt(Report, opened.id, keys.verifier)
    return opened if hers and row is not None else None


def is_of_receipt(model: type[Report | Chat], pk: UUID, verifier: bytes) -> bool:
    """Say whether a report or chat was written with this receipt: the row alone could name somebody else's."""
    kept = b64encode(verifier).decode()
    return any(column["verifier"] == kept for column in trusted_columns(model, pk))


class _Row(NamedTuple):
    """What is read of a report by its receipt; as it stands here, nobody's."""

    verifier: bytes = b""
    id: UUID = NO_ROW
    society: UUID = NO_ROW
    state: str = ReportState.OPEN
    told: str = ""
    came_back: bool = False
    language: str = ""
    urgency: str = ""
    sent_on: datetime = NO_DAY
    kept_until: datetime = NO_DAY
    arrival__past_intake: bool = False
    arrival__state: str = ArrivalState.SEALED
    arrival__closing: str = ""


NOBODYS = _Row()


@prepared
def _nearest(society: UUID, verifier: bytes) -> QuerySet[Report, tuple[object, ...]]:
    """The first report from this verifier on, else the last: a row is read, hers or not, so that time does not say it.

    The database role of a machine of the door's own is shown her own row alone, or none.
    """
    of_society = Report.objects.filter(society=society, verifier__isnull=False)
    last = Subquery(of_society.order_by("-verifier").values("verifier")[:1])
    begin = Least(Value(verifier, output_field=models.BinaryField()), last)
    rows = of_society.filter(verifier__gte=begin).order_by("verifier")
    return rows.values_list(*_Row._fields)[:1]


def _opened(row: _Row, receipt: rules.Receipt, private: Private) -> OpenedReport:
    return OpenedReport(
        id=row.id,
        society=row.society,
        receipt=receipt,
        private=private,
        stands=_stands(row.state, row.arrival__state, row.arrival__closing),
        told=row.told,
        again=not row.came_back,
        language=row.language,
        urgency=row.urgency,
        sent_on=row.sent_on,
        kept_until=row.kept_until,
        past_intake=row.arrival__past_intake,
    )


def stands_of(row: Report) -> str:
    """Return how a report stands, of ``words.Stands``: whether it was read is known by its arrival."""
    return _stands(row.state, row.arrival.state, row.arrival.closing)


def _stands(state: str, arrival: str, closing: str) -> str:
    if state != ReportState.OPEN:
        return Stands(state)
    # In a pile of look-alikes nobody has read it.
    unread = arrival in (ArrivalState.SEALED, ArrivalState.ASIDE) or closing == ArrivalClosing.LOOKALIKE
    return Stands.RECEIVED if unread else Stands.READ


def words_for(opened: OpenedReport | None) -> list[WordSaid]:
    """Return the words of both sides in their order. None, a missing receipt, costs what one with a few costs."""
    with inside(society_of(opened)):
        rows = list(Word.objects.filter(report=opened.id if opened else NO_ROW).order_by("number"))
    answers = [row.pk for row in rows if row.direction == Direction.TO_REPORTER]
    bodies = vault.load_blobs(kind=WORD, keys=[*answers, *_made_up(len(answers))])
    for _none in range(USUAL - len(answers)):
        _open_nothing()
    return [_said(row, opened, bodies.get(row.pk)) for row in rows if opened is not None]


def society_of(opened: OpenedReport | None) -> UUID:
    """Return the society of a report; of a missing receipt any one, found by the same question."""
    hosted = hosted_ids()
    return opened.society if opened else next(iter(hosted), NO_ROW)


def _made_up(number: int) -> list[UUID]:
    """Keys under which nothing lies, up to a step of eight and one at least: how many answers there are does not show.

    And both copies of the store are asked, whether there are answers or not.
    """
    return [uuid4() for _ in range(STEP - number % STEP)]


def _open_nothing() -> None:
    """Cost what opening an answer costs."""
    with suppress(DoesNotOpen):
        _nobody().open(bytes([2]) + os.urandom(1120 + 256 + 16), "door word")


@lru_cache(maxsize=1)
def _nobody() -> Private:
    return Private.new()


def _said(row: Word, opened: OpenedReport, body: bytes | None) -> WordSaid:
    to_reporter = row.direction == Direction.TO_REPORTER
    content: dict[str, object] | None = None
    if to_reporter and body is not None:
        try:
            content = open_words(opened.private, body, "door word", opened.id, row.pk)
        except DoesNotOpen:
            content = None
    return WordSaid(
        id=row.pk,
        number=row.number,
        to_reporter=to_reporter,
        sent_on=row.sent_on,
        text=str(content.get("text", "")) if content else None,
        files=entries_in(content) if content else (),
        seen=row.seen,
        gone=to_reporter and content is None,
    )


# -- for colleagues ------------------------------------------------------------------------------


def report_of(arrival: Arrival) -> Report | None:
    """Return the report that an arrival is, or belongs to as one of its later words (the caller was let in to it)."""
    own = Report.objects.filter(society=arrival.society_id, arrival=arrival).select_related("arrival").first()
    if own is not None:
        return own
    word = Word.objects.filter(arrival=arrival).select_related("report__arrival").first()
    return word.report if word is not None else None


def report_of_receipt(receipt: rules.Receipt) -> Report | None:
    """Return the report of a receipt as colleagues have it: for who plays both sides, as a practice node does."""
    opened = find(receipt.handle, receipt.secret)
    return (
        Report.objects.select_related("arrival").filter(pk=opened.id).first() if opened is not None else None
    )


def reports_of(arrivals: Iterable[Arrival]) -> dict[UUID, Report]:
    """Return, by id of the arrival, the reports that these are; two questions for any number."""
    ids = [arrival.pk for arrival in arrivals]
    found = {row.arrival_id: row for row in Report.objects.filter(arrival__in=ids)}
    more = Word.objects.filter(arrival__in=ids).select_related("report")
    return found | {row.arrival_id: row.report for row in more if row.arrival_id is not None}


def history_of(report: Report) -> list[WordSaid]:
    """Return when something was said in which direction, and whether she has seen it: for colleagues, without texts."""
    return [
        WordSaid(row.pk, row.number, row.direction == Direction.TO_REPORTER, row.sent_on, None, seen=row.seen)
        for row in Word.objects.filter(report=report).order_by("number")
    ]


def may_answer(staff: Staff, report: Report) -> bool:
    """Say whether a colleague may answer and close: she opens what arrives, or opened or settled this one."""
    if not staff.is_active or staff.society_id != report.society_id:
        return False
    if any(answers(staff, report.arrival_id) for answers in ANSWERS_TOO):
        return True
    if report.arrival.past_intake:
        # Whom it is about may open everything else that arrives. Once it is a complaint, who reads that one answers.
        became = report.arrival.room == PAST_INTAKE
        return not became and staff in inbox_queries.readers_for(report.arrival)
    hers = (report.arrival.opened_by_id, report.arrival.ended_by_id)
    return may(staff, Permission.INBOX_LEAD) or opens_arrivals(staff) or staff.pk in hers


def arrivals_of(report: Report) -> list[Arrival]:
    """Return the arrivals of a report (the caller was let in to it): itself, then what was added, in its order."""
    rows = (
        Word.objects.filter(report=report, arrival__isnull=False).select_related("arrival").order_by("number")
    )
    return [report.arrival, *(row.arrival for row in rows if row.arrival is not None)]


def later_arrivals(report: Report) -> list[UUID]:
    """Return the ids of the arrivals of what a reporter added, in its order."""
    rows = Word.objects.filter(report=report, arrival__isnull=False).order_by("number")
    return [pk for pk in rows.values_list("arrival", flat=True) if pk is not None]


def reader_keys(society: UUID, meant: str = "") -> dict[UUID, bytes]:
    """Return to whom a report about somebody who works there is sealed, and each one's key; nobody: {}.

    ``meant``: whom its writer leaves out.
    """
    with inside(society):
        return inbox_queries.reader_keys(society, meant)


def is_read_now(society: UUID, *, at: datetime) -> bool:
    """Say whether somebody is on duty for what arrives; a reporter may be told it."""
    with inside(society):
        return bool(is_on_duty(society, DutyKind.INTAKE, at=at))


def ids_past_intake(society: UUID) -> QuerySet[Report, object]:
    """Return the ids of reports that go past the intake (a queryset for filters)."""
    return Report.objects.filter(society=society, arrival__past_intake=True).values("pk")


def bodies_of_words(society: UUID) -> Iterable[UUID]:
    """Return the ids of a society's answers whose body must be there."""
    rows = Word.objects.filter(report__society=society, direction=Direction.TO_REPORTER)
    return rows.exclude(report__state=ReportState.WITHDRAWN).values_list("pk", flat=True)
