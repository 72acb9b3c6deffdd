"""Test calls to duty numbers: our own to ours, ours to another society's, and what others say of theirs to ours."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.directory import actions as directory
from panah.ground.directory.words import ContactAttemptOutcome
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.row_locks import locked
from panah.ground.work import actions as work
from panah.programmes.cooperation import events
from panah.programmes.cooperation.actions.members import put_on_list
from panah.programmes.cooperation.actions.telling import tell_call
from panah.programmes.cooperation.models import Point, ReceivedEntry, TestCall
from panah.programmes.cooperation.permissions import must_keep
from panah.programmes.cooperation.rules import Message
from panah.programmes.cooperation.words import TRY, Answered, Kind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.models import Peer

# Of the calls that one society says it made to a number the newest stay: it fills nobody's pages.
KEPT_OF_ONE = 50


@transaction.atomic
def record_test_call(
    *,
    point: Point,
    on: date,
    hour: int,
    language: str,
    outcome: str,
    answered_by: str = "",
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> TestCall:
    """Write down a test call; the next one is due a month after it. A line's attempt is the directory's too."""
    must_keep(by)
    row = locked(point)
    if not row.night or row.ended:
        _refuse_without_duty()
    said = _what_came(outcome, answered_by, language)
    one = _written_down(row, said, on=on, hour=hour, pk=pk, by=by)
    if row.line_id is not None and on == timezone.localtime(at).date():
        directory.record_verification(
            outcome=ContactAttemptOutcome(outcome), by=by, at=at, hotline_number=row.line_id
        )
    row.edited_at = at
    row.save(update_fields=["edited_at"])
    work.complete_for(subject=row.pk, purpose=TRY, by=by, at=at)
    put_on_list(row, at)
    audit.record(event=events.TRIED, by=by, at=at, about=row.pk)
    return one


def _written_down(
    row: Point | ReceivedEntry, said: dict[str, str], *, on: date, hour: int, pk: UUID | None, by: Staff
) -> TestCall:
    whose = {"point": row} if isinstance(row, Point) else {"told": row}
    one: TestCall = TestCall.objects.create(
        pk=pk or uuid4(), society=row.society, caller=row.society, by=by, on=on, hour=hour,
        turn=_next_turn(row), **said, **whose,
    )  # fmt: skip
    return one


def _next_turn(row: Point | ReceivedEntry) -> int:
    """Behind all that are there: of two calls of one day it says which is newer, also once old ones have gone."""
    return int(row.tries.aggregate(last=Max("turn"))["last"] or 0) + 1


def _refuse_without_duty() -> None:
    raise Refusal(
        _("This contact point has no duty number to try."),
        next_step=_("Open its page again: a colleague has changed it."),
        code="no-duty-number",
    )


def _what_came(outcome: str, answered_by: str, language: str) -> dict[str, str]:
    """Return what is kept of it. Where somebody answered, a role and a language belong to it; else neither."""
    if outcome != Answered.ANSWERED:
        return {"outcome": outcome, "answered_by": "", "language": ""}
    if not answered_by:
        raise Refusal(
            _("Say who answered: a role, no name."),
            next_step=_("Choose the office that answered."),
            code="who-answered",
        )
    if not language:
        raise Refusal(
            _("Say in which language they answered."),
            next_step=_("Choose the language that was spoken."),
            code="which-language",
        )
    return {"outcome": outcome, "answered_by": answered_by, "language": language}


@transaction.atomic
def record_call_to_another(
    *,
    told: ReceivedEntry,
    on: date,
    hour: int,
    language: str,
    outcome: str,
    answered_by: str = "",
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> TestCall:
    """Write down a test call to another society's duty number; while paired, that society is told, without a name."""
    must_keep(by)
    row: ReceivedEntry = ReceivedEntry.objects.select_for_update().get(pk=told.pk)
    if row.kind != Kind.POINT or row.ended or not row.content.get("night"):
        _refuse_without_duty()
    said = _what_came(outcome, answered_by, language)
    one = _written_down(row, said, on=on, hour=hour, pk=pk, by=by)
    peer = exchange_queries.paired_with(society=row.society_id, theirs=row.teller_id, at=at)
    if peer is not None:
        tell_call(one, row, peer, at)
    audit.record(event=events.TRIED, by=by, at=at, about=row.pk)
    return one


def take_call(*, message: Message, peer: Peer, at: datetime) -> None:
    """Take in a test call that another society made to a duty number that it is told: its word, beside our own calls.

    Said again of the same hour it replaces what it said. Where nobody answered, our own next call is due now;
    that somebody did spares us none.
    """
    row = (
        Point.objects.select_for_update()
        .filter(pk=message.entry, society=peer.society_id, night=True, ended=False, shared=True)
        .first()
    )
    if row is None:
        return
    said = {name: message.said[name] for name in ("outcome", "language", "answered_by")}
    if said["outcome"] != Answered.ANSWERED:
        said |= {"language": "", "answered_by": ""}
    # By their clock it may be tomorrow: a call of ours after it is the newer one all the same.
    day = min(date.fromisoformat(str(message.said["on"])), timezone.localtime(at).date())
    hour = int(str(message.said["hour"]))
    TestCall.objects.update_or_create(
        point=row, caller=peer.theirs, on=day, hour=hour, by=None,
        defaults={"society": peer.society, "turn": _next_turn(row), **said},
    )  # fmt: skip
    past = [one.pk for one in row.tries.filter(by=None, caller=peer.theirs)[KEPT_OF_ONE:]]
    TestCall.objects.filter(pk__in=past).delete()
    newest = row.tries.exclude(by=None).first()
    if said["outcome"] != Answered.ANSWERED and (newest is None or newest.on <= day):
        work.cancel_for(subject=row.pk, purpose=TRY, at=at)
        put_on_list(row, at, now=True)
    audit.record(event=events.CALLED_US, by=None, society=peer.society_id, at=at, about=row.pk)
