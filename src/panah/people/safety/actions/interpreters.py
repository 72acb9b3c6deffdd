"""The register of interpreters: who speaks what, who looked at them and until when, what they were asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission, require
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import morning
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, LazySentence, Urgency
from panah.people.safety import events, rules
from panah.people.safety.models import Interpreter
from panah.people.safety.words import INTERPRETERS, RESTRICTED, Ties

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

VET_AGAIN = DueType(INTERPRETERS, "vet", DueKind.REVIEW, urgency=Urgency.WEEK)


def _must_lead(staff: Staff) -> None:
    require(
        staff,
        Permission.SAFETY_LEAD,
        _("A focal point keeps the list of interpreters."),
        _("Tell one of them whom you would ask."),
        status=409,
    )


@transaction.atomic
def add_interpreter(*, keys: Keyring, typed: Mapping[str, object], at: datetime) -> Interpreter:
    """Write down an interpreter: ``{"name", "phone", "languages", "ways", "hours"}``. Not vetted yet."""
    _must_lead(keys.staff)
    file = vault.begin_file(keys=keys, kind=FileKind.INTERPRETER, focal_points=True, at=at)
    row = Interpreter(society_id=keys.staff.society_id, file_id=file, **typed)
    _save(row)
    audit.record(event=events.ADDED, by=keys.staff, at=at, about=file)
    return row


def _save(row: Interpreter) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refusal(
            _("Somebody of this name is on the list already."),
            next_step=_("Open that entry, or add something that tells the two apart."),
            code="listed-already",
        ) from None


@transaction.atomic
def change_interpreter(*, keys: Keyring, row: Interpreter, at: datetime, **typed: object) -> None:
    """Change name, telephone, languages, ways and hours."""
    _must_lead(keys.staff)
    for name in ("name", "phone", "languages", "ways", "hours"):
        setattr(row, name, typed[name])
    _save(row)
    audit.record(event=events.CHANGED, by=keys.staff, at=at, about=row.file_id)


@transaction.atomic
def ask_about_ties(
    *, keys: Keyring, row: Interpreter, ask_first: bool, ties: str, not_for: str, on: date, at: datetime
) -> None:
    """Seal what was answered about ties to communities, families and offices, and for whom not to ask.

    Colleagues see only that there was an answer, or that they ask a focal point first.
    """
    _must_lead(keys.staff)
    kept = vault_queries.value_of(keys=keys, file=row.file_id, part=RESTRICTED)
    value = {**kept, "ties": ties, "not_for": not_for}
    vault.write(keys=keys, file=row.file_id, part=RESTRICTED, value=value, at=at)
    row.ties, row.ties_asked_on = (Ties.ASK_FIRST if ask_first else Ties.NONE), on
    row.save(update_fields=["ties", "ties_asked_on"])
    audit.record(event=events.CHANGED, by=keys.staff, at=at, about=row.file_id)


@transaction.atomic
def vet(
    *, keys: Keyring, row: Interpreter, checked: str, undertaking_on: date, until: date, at: datetime
) -> None:
    """Vouch for an interpreter until a day; the undertaking and the question about ties come first."""
    _must_lead(keys.staff)
    if row.ties == Ties.NOT_ASKED:
        raise Refusal(
            _("Nobody has asked about ties yet."),
            next_step=_("Ask about ties to communities, families and offices first, then vet."),
            code="ties-not-asked",
        )
    kept = vault_queries.value_of(keys=keys, file=row.file_id, part=RESTRICTED)
    vault.write(keys=keys, file=row.file_id, part=RESTRICTED, value={**kept, "checked": checked}, at=at)
    row.undertaking_on, row.vetted_by = undertaking_on, keys.staff
    row.vetted_on, row.vetted_until = timezone.localtime(at).date(), until
    row.save(update_fields=["undertaking_on", "vetted_by", "vetted_on", "vetted_until"])
    _remind(keys, row, at)
    audit.record(event=events.VETTED, by=keys.staff, at=at, about=row.file_id)


def _remind(keys: Keyring, row: Interpreter, at: datetime) -> None:
    work.cancel_for(subject=row.pk, at=at)
    if row.vetted_until is None:
        return
    day = row.vetted_until - timedelta(days=rules.WARNED_DAYS)
    leads = with_permission(row.society_id, Permission.SAFETY_LEAD)
    owner = keys.staff if keys.staff in leads else leads[0]
    work.due(
        VET_AGAIN,
        DueSubject(row.society_id, row.pk, file=row.file_id, owner=owner),
        keys=keys,
        due_at=max(morning(day), at),
        sentence=LazySentence(_("The vetting of %(name)s runs out: look again"), name=row.name),
        at=at,
    )


@transaction.atomic
def read_restricted(*, keys: Keyring, row: Interpreter, at: datetime) -> None:
    """Journal that a focal point read what is kept of ties."""
    _must_lead(keys.staff)
    audit.record(event=events.READ, by=keys.staff, at=at, about=row.file_id)


@transaction.atomic
def end_interpreter(*, keys: Keyring, row: Interpreter, why: str, at: datetime) -> None:
    """Take somebody off the list; why stays sealed for the focal points, so that nobody lists them again by mistake."""
    _must_lead(keys.staff)
    kept = vault_queries.value_of(keys=keys, file=row.file_id, part=RESTRICTED)
    vault.write(keys=keys, file=row.file_id, part=RESTRICTED, value={**kept, "ended": why}, at=at)
    row.ended_on = timezone.localtime(at).date()
    row.save(update_fields=["ended_on"])
    work.cancel_for(subject=row.pk, at=at)
    audit.record(event=events.ENDED, by=keys.staff, at=at, about=row.file_id)


def erase_interpreter(*, keys: Keyring, row: Interpreter, at: datetime) -> None:
    """Erase somebody who was taken off the list."""
    _must_lead(keys.staff)
    if row.ended_on is None:
        raise Refusal(_("Take the entry off the list first."), code="still-listed")
    vault.erase(keys=keys, file=row.file_id, at=at)


@transaction.atomic
def forget_interpreter(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """For the vault's registry: the file of an interpreter is being erased; the row goes with it."""
    for row in Interpreter.objects.filter(file=file):
        work.cancel_for(subject=row.pk, at=at)
        row.delete()
