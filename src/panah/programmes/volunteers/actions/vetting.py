"""Vetting, safeguarding, insurance and incidents: dates in plain, what was found sealed to the focal points."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.volunteers import events, permissions, rules, sealed_details
from panah.programmes.volunteers.actions.register import (
    keepers_of,
    lock_row,
    must_be_another,
    must_decide,
    must_keep,
    put_on_focal_points_lists,
    refresh_row,
)
from panah.programmes.volunteers.actions.ringing import note_rung
from panah.programmes.volunteers.models import IncidentReport, Volunteer
from panah.programmes.volunteers.queries.listing import expiring
from panah.programmes.volunteers.words import BRANCH, INCIDENT, INCIDENTS, VETTED, VETTING, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

VET, EXPIRES = "vet", "expires"

RUNS_OUT = DueType(
    BRANCH, EXPIRES, DueKind.REVIEW, within=rules.ANSWER_WITHIN[Urgency.WEEK], urgency=Urgency.WEEK
)


@transaction.atomic
def ask_to_vet(*, by: Staff, row: Volunteer, at: datetime) -> None:
    """Put it on the focal points' lists that somebody should be vetted."""
    must_keep(by, row)
    put_on_focal_points_lists(society=row.society_id, room=VETTING, purpose=VET, subject=row.pk, at=at)


def _file_of(row: Volunteer, keys: Keyring, at: datetime) -> UUID:
    """Return the file of a volunteer whose row is held; it is begun with the first thing that goes into it."""
    if row.file_id is None:
        row.file_id = vault.begin_file(keys=keys, kind=FileKind.VOLUNTEER, focal_points=True, at=at)
        row.save(update_fields=["file"])
    return row.file_id


@transaction.atomic
def vet(
    *, keys: Keyring, row: Volunteer, found: str, until: date | None, at: datetime, pk: UUID | None = None
) -> None:
    """Vouch for somebody until a day, or (no day) no longer; what was found is read by the focal points.

    ``pk``: what is pressed twice comes with the same one, and stands there once.
    """
    must_decide(keys.staff)
    lock_row(row)
    must_be_another(keys.staff, row)
    if row.state not in (VolunteerState.ACTIVE, VolunteerState.PAUSED):
        raise Refusal(
            _("Only whoever is a volunteer now is vetted."),
            next_step=_("The branch answers the request first."),
            code="not-active",
        )
    day = timezone.localtime(at).date()
    told: dict[str, object] = {
        "on": day.isoformat(),
        "text": found,
        "until": until.isoformat() if until else "",
    }
    if not _seal(keys, row, VETTED, told, pk, at) and row.vetted_until == until:
        return
    _stands(row, "vetted_until", until)
    work.complete_for(subject=row.pk, purpose=VET, by=keys.staff, at=at)
    audit.record(event=events.VETTED, by=keys.staff, at=at, about=row.pk)


def _seal(
    keys: Keyring, row: Volunteer, part: str, told: dict[str, object], pk: UUID | None, at: datetime
) -> bool:
    """Seal something in the volunteer's file; False where just that stands there already."""
    file, ref = _file_of(row, keys, at), pk or uuid4()
    before = vault_queries.read(keys=keys, file=file, part=part, ref=ref)
    if before is not None and before.value == told:
        return False
    vault.write(keys=keys, file=file, part=part, value=told, ref=ref, at=at)
    return True


def _stands(row: Volunteer, name: str, until: date | None) -> None:
    setattr(row, name, until)
    sealed_details.keep_standing(row, [name])
    row.save(update_fields=[name, "details", "phone_mark"])


@transaction.atomic
def set_safeguarding(*, by: Staff, row: Volunteer, until: date, at: datetime) -> None:
    """Write down until when the instruction in safeguarding holds."""
    lock_row(row)
    must_keep(by, row)
    must_be_another(by, row)
    _stands(row, "safeguarding_until", until)
    audit.record(event=events.CHANGED, by=by, at=at, about=row.pk)


@transaction.atomic
def set_insurance(*, by: Staff, row: Volunteer, until: date | None, cover: str, at: datetime) -> None:
    """Write down until when a volunteer is insured, and by which cover; None and "" where she is not."""
    lock_row(row)
    must_keep(by, row)
    must_be_another(by, row)
    sealed_details.write(row, insurance=cover)
    _stands(row, "insured_until", until)
    audit.record(event=events.CHANGED, by=by, at=at, about=row.pk)


@transaction.atomic
def add_incident(
    *,
    keys: Keyring,
    row: Volunteer,
    on: date,
    what: str,
    at: datetime,
    decided: str = "",
    pk: UUID | None = None,
) -> None:
    """Seal what happened with a volunteer for the focal points: by one of them, or by the branch, which tells them.

    What a branch told it does not read again, nor whether there was anything before. Where the volunteer asked to be
    rung, that ends some hours later. ``pk`` as in ``vet``.
    """
    told: dict[str, object] = {"on": on.isoformat(), "text": what, "decided": decided}
    if permissions.decides(keys.staff):
        lock_row(row)
        is_new = _seal(keys, row, INCIDENT, told, pk, at)
    else:
        # Read as it stands now, and not held: PostgreSQL keeps in a row which transaction held it.
        refresh_row(row)
        must_keep(keys.staff, row)
        is_new = _tell_focal_points(keys, row, told, pk, at)
    if not is_new:
        return
    audit.record(event=events.INCIDENT, by=keys.staff, at=at)
    # Last: what is taken back with its transaction must not take her off the lists.
    note_rung(by=keys.staff, row=row, at=at)


def _tell_focal_points(
    keys: Keyring, row: Volunteer, told: dict[str, object], pk: UUID | None, at: datetime
) -> bool:
    if pk and IncidentReport.objects.filter(pk=pk).exists():
        return False
    file = vault.begin_file(keys=keys, kind=FileKind.VOLUNTEER, focal_points=True, at=at)
    vault.write(keys=keys, file=file, part=INCIDENT, value={**told, "volunteer": str(row.pk)}, at=at)
    society = keys.staff.society_id
    report = IncidentReport.objects.create(
        pk=pk or uuid4(), society_id=society, file_id=file, reported_on=timezone.localtime(at).date()
    )
    put_on_focal_points_lists(
        society=society, room=INCIDENTS, purpose=INCIDENT, subject=report.pk, at=at, urgency=Urgency.TODAY
    )
    return True


def take_incident(*, keys: Keyring, report: IncidentReport, decided: str, at: datetime) -> None:
    """Take what a branch told into the volunteer's own file, with what was decided; the report is erased.

    Where it could not be erased, it is taken once more: the incident stands there once.
    """
    must_decide(keys.staff)
    told = vault_queries.value_of(keys=keys, file=report.file_id, part=INCIDENT)
    if not told:
        raise Refusal(
            _("What was told cannot be read, so it stays where it is."),
            next_step=_("Ask another focal point, and the branch what it told."),
            code="not-readable",
        )
    row = Volunteer.objects.filter(pk=told["volunteer"]).first()
    if row is not None:
        _take(keys, row, report, {"on": told["on"], "text": told["text"], "decided": decided}, at)
    vault.erase(keys=keys, file=report.file_id, at=at)


@transaction.atomic
def _take(
    keys: Keyring, row: Volunteer, report: IncidentReport, told: dict[str, object], at: datetime
) -> None:
    """Seal it, or seal it anew. From which report it came is said in the seal alone: in plain it would join the two.

    What was decided before stays above what is decided now: two may have the report open at one moment.
    """
    lock_row(row)
    kept = vault_queries.read_all(keys=keys, file=_file_of(row, keys, at), part=INCIDENT)
    before = next((one for one in kept if one.value.get("report") == str(report.pk)), None)
    said = (str(before.value["decided"]).split("\n\n") if before else []) + [str(told["decided"])]
    decided = "\n\n".join(dict.fromkeys(said))
    told = {**told, "decided": decided, "report": str(report.pk)}
    if _seal(keys, row, INCIDENT, told, before.ref if before else None, at):
        audit.record(event=events.INCIDENT, by=keys.staff, at=at)


@transaction.atomic
def read_sealed(*, keys: Keyring, row: Volunteer, at: datetime) -> None:
    """Journal that a focal point read what few may read."""
    must_decide(keys.staff)
    audit.record(event=events.READ, by=keys.staff, at=at, about=row.pk)


@transaction.atomic
def remind_of_expiry(*, society: UUID, at: datetime) -> int:
    """Put a branch on its coordinators' lists while vetting, safeguarding or insurance runs out; returns how many.

    One line for a branch, which leads to the list of them: it goes when nobody is on that list any more.
    """
    today = timezone.localtime(at).date()
    rows = Volunteer.objects.filter(expiring(today), society=society)
    branches = set(rows.order_by().values_list("branch", flat=True).distinct())
    waiting = work_queries.waiting_subjects(room=BRANCH, purpose=EXPIRES, society=society)
    for branch in waiting - branches:
        work.cancel_for(subject=branch, purpose=EXPIRES, at=at)
    for branch in branches - waiting:
        for keeper in keepers_of(society, branch):
            work.due(RUNS_OUT, DueSubject(society, branch), owner=keeper, at=at)
    return len(branches - waiting)
