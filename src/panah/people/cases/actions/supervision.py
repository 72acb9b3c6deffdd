"""Supervision notes: in a file of their own, for the colleague whose work it is and the focal points alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import all_colleagues
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.people.cases import events
from panah.people.cases.actions.case_record import journal
from panah.people.cases.models import Case, Supervision
from panah.people.cases.permissions import leads, policy, require
from panah.people.cases.words import CasePart

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def supervise(
    *, keys: Keyring, case: Case, supervision: Mapping[str, object], at: datetime, whom: Staff | None = None
) -> None:
    """Seal a supervision: ``{"with_whom", "load", "said", "agreed"}``, about the work of ``whom``, else the writer's.

    A focal point writes about any colleague who can open the case, everybody else about her own work.
    """
    whom = whom or keys.staff
    require(
        whom.pk == keys.staff.pk or leads(keys.staff),
        _("A focal point writes about the work of others."),
        _("Write about your own work."),
        "not-a-focal-point",
    )
    if whom not in vault_queries.holders(case.file_id):
        raise Refusal(
            _("This colleague does not work on the case."),
            next_step=_("Choose somebody who can open it."),
            code="not-on-the-case",
        )
    file = _file_for(keys, case, whom, at)
    vault.add(keys=keys, file=file, part=CasePart.SUPERVISION, value=supervision, at=at)
    journal(events.SUPERVISED, keys=keys, case=case, at=at)


def _file_for(keys: Keyring, case: Case, whom: Staff, at: datetime) -> UUID:
    # One that the writer cannot open (she was away from the case, or lost her key) is left to the focal points.
    for row in Supervision.objects.filter(case=case, staff=whom):
        if vault_queries.opens(keys=keys, file=row.file_id):
            return row.file_id
    file = vault.begin_file(keys=keys, kind=FileKind.SUPERVISION, staff=[whom], focal_points=True, at=at)
    Supervision.objects.create(case=case, staff=whom, file_id=file)
    return file


@transaction.atomic
def move_supervision(*, keys: Keyring, case: Case, at: datetime) -> int:
    """Take notes that still lie in the case's file out of it; returns how many.

    They were kept there once, for everyone who opens the case. Only whom they are about, by what is known, and a focal
    point move them: a note that a colleague wrote is about her work, one of a focal point about the holder's.
    """
    if case.owner is None or not policy.may_hand_over(keys.staff, case):
        return 0
    # Two who open the page at once must not each move the same note.
    Case.objects.select_for_update().get(pk=case.pk)
    notes = vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.SUPERVISION)
    writers = {colleague.pk: colleague for colleague in all_colleagues(to=keys.staff)} if notes else {}
    for note in notes:
        writer = writers.get(note.by) if note.by else None
        whom = case.owner if writer is None or leads(writer) else writer
        file = _file_for(keys, case, whom, at)
        vault.add(keys=keys, file=file, part=CasePart.SUPERVISION, value=note.value, at=note.at, by=note.by)
        vault.remove(keys=keys, file=case.file_id, part=CasePart.SUPERVISION, ref=note.ref)
        # Who has just begun a file could go on reading it until the end of this page.
        keys.forget(file)
    return len(notes)


def close_supervision(*, keys: Keyring, case: Case, to: Staff, at: datetime) -> None:
    """Who loses the way into a case loses the one to the notes about her work with it; focal points keep theirs."""
    if to is None or leads(to):
        return
    for row in Supervision.objects.filter(case=case, staff=to):
        if to in vault_queries.holders(row.file_id):
            vault.revoke(keys=keys, file=row.file_id, staff=to, at=at)


def reopen_supervision(*, keys: Keyring, case: Case, to: Staff, at: datetime) -> None:
    """Back on a case, she can read the notes about her work again, if whoever grants access can open them."""
    for row in Supervision.objects.filter(case=case, staff=to):
        if to not in vault_queries.holders(row.file_id) and vault_queries.opens(keys=keys, file=row.file_id):
            vault.grant(keys=keys, file=row.file_id, to=to, at=at)
