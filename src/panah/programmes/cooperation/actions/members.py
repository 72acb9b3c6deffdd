"""What a society says of itself: what it does along the route, its contact points, corridors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.directory import queries as directory_queries
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import morning
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.kit.row_locks import locked, must_fit
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.programmes.cooperation import events, rules
from panah.programmes.cooperation.models import Corridor, Point, Profile
from panah.programmes.cooperation.permissions import must_keep
from panah.programmes.cooperation.words import POINTS, TRY

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

TRY_NUMBER = DueType(POINTS, TRY, DueKind.CALL, urgency=Urgency.WEEK)


@transaction.atomic
def save_profile(
    *, mandate: str, means: dict[str, str], seen: str | None = None, by: Staff, at: datetime
) -> Profile:
    """Write down what the society does along the route, and by which mandate."""
    must_keep(by)
    row, made = Profile.objects.select_for_update().get_or_create(
        society_id=by.society_id, defaults={"edited_at": at, "changed_by": by}
    )
    if not made and seen:
        refuse_if_changed(row, seen=seen)
    row.mandate, row.means, row.edited_at, row.changed_by = mandate, means, at, by
    row.save()
    audit.record(event=events.PROFILE, by=by, at=at, about=row.pk)
    found: Profile = row
    return found


@transaction.atomic
def save_point(
    *,
    point: Point | None = None,
    phone: str,
    night: bool,
    line: str,
    languages: Sequence[str],
    seen: str | None = None,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
    **said: object,
) -> Point:
    """Write down a contact point: a role and how it is reached. What looks like somebody's own telephone is refused."""
    must_keep(by)
    _must_be_an_office(phone, night, line)
    row = Point(pk=pk or uuid4(), society_id=by.society_id) if point is None else _used(point)
    refuse_if_changed(row, seen=seen)
    for name, value in said.items():
        setattr(row, name, value)
    row.phone, row.night, row.languages = phone.strip(), night, list(languages)
    row.line_id = _own_line(line, by, at)
    row.edited_at, row.changed_by = at, by
    row.save(force_insert=point is None)
    dialled_numbers.keep([row])
    put_on_list(row, at)
    audit.record(event=events.POINT, by=by, at=at, about=row.pk)
    return row


def _used(point: Point) -> Point:
    """Return a contact point for a change; refuse when it was closed meanwhile."""
    row = locked(point)
    must_fit(not row.ended, next_step=_("The contact point is closed. Write down a new one."))
    return row


def _must_be_an_office(phone: str, night: bool, line: str) -> None:
    if phone and not rules.can_be_dialled(phone):
        raise Refusal(
            _("Others dial this number from their country: it begins with + and the country’s number."),
            next_step=_("Write it as +7 7172 000000. A short number belongs to a line of the directory."),
            code="cannot-be-dialled",
        )
    if phone and not night and rules.looks_private(phone):
        raise Refusal(
            _("This looks like somebody’s own mobile telephone."),
            next_step=_(
                "Write the number of an office, or say that it is a duty number that stays with the duty."
            ),
            code="private-number",
        )
    if night and not (phone or line):
        raise Refusal(
            _("A duty number needs a number."),
            next_step=_("Write it, or choose a line of the directory."),
            code="no-number",
        )


def _own_line(line: str, by: Staff, at: datetime) -> UUID | None:
    if not line:
        return None
    known = directory_queries.own_numbers_of([by.society_id], at=at).get(by.society_id, [])
    return next((one.id for one in known if str(one.id) == line), None)


def put_on_list(row: Point, at: datetime, *, now: bool = False) -> None:
    """A duty number is tried within the month by ourselves, always; nothing else is. ``now``: it is due at once."""
    if not row.night or row.ended:
        work.cancel_for(subject=row.pk, purpose=TRY, at=at)
        return
    newest = None if now else row.tries.exclude(by=None).first()
    work.due_for_focal_points(
        TRY_NUMBER, row, due_at=morning(rules.next_test_call(newest.on)) if newest else at, at=at
    )


@transaction.atomic
def end_point(*, point: Point, by: Staff, at: datetime) -> None:
    """A contact point is there no longer: nobody is told it, nobody tries it."""
    must_keep(by)
    row = _used(point)
    row.ended, row.edited_at, row.changed_by = True, at, by
    row.save(update_fields=["ended", "edited_at", "changed_by"])
    put_on_list(row, at)
    audit.record(event=events.POINT, by=by, at=at, about=row.pk)


@transaction.atomic
def save_corridor(
    *,
    corridor: Corridor | None = None,
    origin: str,
    destination: str,
    works: dict[str, str],
    note: str,
    seen: str | None = None,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Corridor:
    """Write down a corridor, and what works between the societies on its ends."""
    must_keep(by)
    if origin == destination:
        raise Refusal(
            _("A corridor leads from one country to another."),
            next_step=_("Choose two countries."),
            code="one-country",
        )
    row: Corridor = (
        Corridor(pk=pk or uuid4(), society_id=by.society_id)
        if corridor is None
        else Corridor.objects.select_for_update().get(pk=corridor.pk)
    )
    refuse_if_changed(row, seen=seen)
    row.origin, row.destination, row.works, row.note = origin, destination, works, note
    row.edited_at, row.changed_by = at, by
    try:
        with transaction.atomic():
            row.save(force_insert=corridor is None)
    except IntegrityError:
        raise Refusal(
            _("This corridor stands there already."),
            next_step=_("Open it and change it."),
            code="corridor-there",
        ) from None
    audit.record(event=events.CORRIDOR, by=by, at=at, about=row.pk)
    return row
