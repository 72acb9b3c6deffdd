"""Who was at a session. There is one register of it, from wherever it came, and it can be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.row_locks import locked
from panah.ground.work import actions as work
from panah.programmes.training import events
from panah.programmes.training.actions.courses import must_be_open
from panah.programmes.training.actions.enrolments import LONGEST_LIST, add_row, fresh_names
from panah.programmes.training.actions.settling import REGISTER, settle_again
from panah.programmes.training.models import Attendance, Enrolment, Session
from panah.programmes.training.words import CameBy, EnrolmentState, RegisterSource

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class Added:
    """Somebody whose name was added on the spot. ``pk``: made where it was typed, so that it is added once."""

    name: str
    pk: UUID | None = None


@transaction.atomic
def keep_register(
    *,
    session: Session,
    marks: Mapping[UUID, bool],
    added: Iterable[Added] = (),
    source: RegisterSource,
    by: Staff,
    at: datetime,
    on: date | None = None,
    paper_by: str = "",
) -> None:
    """Keep who was there and who was not; whoever is in neither keeps what was known before.

    ``marks``: enrolment -> was there. Who waited or had cancelled and came has a place from now on.
    """
    course = locked(session.course)
    must_be_open(course)
    if timezone.localtime(at).date() < session.on:
        raise Refusal(
            _("This session has not taken place yet."),
            next_step=_("Come back on its day, or change its date."),
            code="not-been-yet",
        )
    rows = {row.pk: row for row in course.enrolments.all()}
    new = [row for one in added if (row := _added(session, one, rows)) is not None]
    for pk, present in {**marks, **{row.pk: True for row in new}}.items():
        if pk in rows:
            _mark(session, rows[pk], present)
    session.registered_on, session.registered_by = on or timezone.localtime(at).date(), by
    session.source, session.paper_by = source, paper_by
    session.save(update_fields=["registered_on", "registered_by", "source", "paper_by"])
    if not course.sessions.filter(registered_on=None).exists():
        work.complete_for(subject=course.pk, purpose=REGISTER, by=by, at=at)
    audit.record(event=events.REGISTERED, by=by, at=at, about=course.pk)
    settle_again(course=course, by=by, at=at)


def _mark(session: Session, row: Enrolment, present: bool) -> None:
    Attendance.objects.update_or_create(session=session, enrolment=row, defaults={"present": present})
    if present and row.state != EnrolmentState.ENROLLED:
        row.state = EnrolmentState.ENROLLED
        row.save(update_fields=["state"])


def _added(session: Session, one: Added, rows: dict[UUID, Enrolment]) -> Enrolment | None:
    """Put a name on the list that was added on the spot, once; None where it cannot stand there."""
    name = " ".join(one.name.split())
    if one.pk is not None and one.pk in rows:
        return rows[one.pk]
    taken = one.pk is not None and Enrolment.objects.filter(pk=one.pk).exists()
    if not name or taken or len(rows) >= LONGEST_LIST:
        return None
    row = add_row(session.course, pk=one.pk, name=name, came_by=CameBy.WALK_IN)
    rows[row.pk] = row
    return row


def keep_from_page(
    *,
    session: Session,
    absent: Iterable[str],
    came: Iterable[str] = (),
    added: str = "",
    by: Staff,
    at: datetime,
    paper_on: date | None = None,
    paper_by: str = "",
) -> int:
    """Keep what a form says: all with a place were there but ``absent``; of those who wait, ``came`` were.

    Returns how many of the ``added`` names were left out, since they stand on the list.
    """
    away, here = set(absent), set(came)
    marks = {}
    for row in session.course.enrolments.all():
        if row.state == EnrolmentState.ENROLLED:
            marks[row.pk] = str(row.pk) not in away
        elif str(row.pk) in here:
            marks[row.pk] = True
    names = fresh_names(session.course, added.splitlines())
    keep_register(
        session=session,
        marks=marks,
        added=[Added(name) for name in names],
        source=RegisterSource.PAPER if paper_on else RegisterSource.PAGE,
        by=by,
        at=at,
        on=paper_on,
        paper_by=paper_by,
    )
    return sum(bool(line.strip()) for line in added.splitlines()) - len(names)
