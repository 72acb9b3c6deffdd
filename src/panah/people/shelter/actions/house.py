"""The daily life of a house: who is in it when, its book of incidents, what it needs in kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.accounts.permissions import must_be_of
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.shelter import events
from panah.people.shelter.actions.workflow import journal_place
from panah.people.shelter.models import Place, Shift, Stay
from panah.people.shelter.permissions import must_run
from panah.people.shelter.words import IncidentKind, StayPart

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

LONGEST_SHIFT = timedelta(hours=48)


@transaction.atomic
def put_on_shift(
    *, place: Place, staff: Staff, starts_at: datetime, ends_at: datetime, by: Staff, at: datetime
) -> Shift:
    """Write down who is in the house from when until when."""
    must_run(by, place)
    must_be_of(place.society_id, staff)
    if not starts_at < ends_at <= starts_at + LONGEST_SHIFT:
        raise Refusal(
            _("A shift must end after it begins, and within two days."),
            next_step=_("Look at both times."),
            code="no-span",
        )
    shift = Shift.objects.create(place=place, staff=staff, starts_at=starts_at, ends_at=ends_at)
    journal_place(events.SHIFT_SET, by=by, place=place, at=at)
    return shift


@transaction.atomic
def end_shift(*, place: Place, shift: UUID, by: Staff, at: datetime) -> bool:
    """Take a shift off the list; returns whether it was there."""
    must_run(by, place)
    gone, _each = Shift.objects.filter(place=place, pk=shift).delete()
    if gone:
        journal_place(events.SHIFT_SET, by=by, place=place, at=at)
    return bool(gone)


@transaction.atomic
def write_incident(
    *, keys: Keyring, place: Place, kind: str, text: str, told: str, at: datetime, stay: Stay | None = None
) -> UUID:
    """Seal an incident: kind and day in the book; what happened beside it, or with the resident whom it is about.

    What is about a resident is erased with that resident's sheet: the book then keeps kind and day.
    """
    must_run(keys.staff, place)
    if stay is not None and stay.place_id != place.pk:
        raise Refusal(_("This person does not live here."), code="not-here")
    value = {
        "kind": IncidentKind(kind).value,
        "file": str(stay.file_id) if stay else "",
        "at": at.isoformat(),
    }
    ref = vault.add(keys=keys, file=place.book_id, part=StayPart.INCIDENT, value=value, at=at)
    where = stay.file_id if stay is not None else place.book_id
    happened = {"text": text, "told": told}
    vault.write(keys=keys, file=where, part=StayPart.TOLD, ref=ref, value=happened, at=at)
    audit.record(event=events.INCIDENT, by=keys.staff, at=at, about=place.book_id)
    return ref


@transaction.atomic
def write_need(*, keys: Keyring, place: Place, need: Mapping[str, object], at: datetime) -> UUID:
    """Seal what a house needs in kind: what, how many, urgent. Nappies tell that there is a baby."""
    must_run(keys.staff, place)
    ref = vault.add(keys=keys, file=place.book_id, part=StayPart.NEED, value=dict(need), at=at)
    audit.record(event=events.NEED_WRITTEN, by=keys.staff, at=at, about=place.book_id)
    return ref


@transaction.atomic
def met_need(*, keys: Keyring, place: Place, need: UUID, met: bool, at: datetime) -> bool:
    """Write that a need is met, or is not any more; returns whether there is such a need."""
    must_run(keys.staff, place)
    found = vault_queries.read(keys=keys, file=place.book_id, part=StayPart.NEED, ref=need)
    if found is None:
        return False
    value = {**found.value, "met": at.isoformat() if met else ""}
    vault.write(keys=keys, file=place.book_id, part=StayPart.NEED, ref=need, value=value, at=at)
    audit.record(event=events.NEED_WRITTEN, by=keys.staff, at=at, about=place.book_id)
    return True
