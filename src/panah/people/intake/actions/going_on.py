"""A report became a case or a contact: its later words reach whoever holds that, sealed to a key in its file."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import Private
from panah.people.cases import queries as cases_queries
from panah.people.hotline import queries as hotline_queries
from panah.people.inbox import actions as inbox
from panah.people.inbox.words import REPORTER
from panah.people.intake.actions.pictures import tell_new_readers_of_pictures
from panah.people.intake.models import GoesOnAt
from panah.people.intake.queries.going_on import goes_on_to
from panah.people.intake.words import REPORTS
from panah.people.reporters import actions as reporters

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival


@transaction.atomic
def let_go_on(
    *, keys: Keyring, arrival: Arrival, room: str, subject: UUID, file: UUID, holder: Staff, at: datetime
) -> None:
    """From now on what the reporter adds goes to whoever holds the case or contact that the report became."""
    seed = os.urandom(32)
    GoesOnAt.objects.create(
        society_id=arrival.society_id,
        arrival=arrival,
        room=room,
        subject=subject,
        file=file,
        holder=holder,
        public=Private(seed).public,
    )
    vault.write(keys=keys, file=file, part=REPORTER, ref=arrival.pk, value={"seed": seed.hex()}, at=at)
    if room == "complaints":
        # Also a machine of the door's own, which reads no complaint, seals to those alone who read this one.
        reporters.seal_words_to(arrival=arrival.pk, public=Private(seed).public)


def key_for(keys: Keyring, subject: UUID) -> Private | None:
    """Return the key of later words from the file of the case or contact, or None to whoever cannot open it."""
    row = GoesOnAt.objects.filter(pk=subject).first()
    kept = vault_queries.read(keys=keys, file=row.file, part=REPORTER, ref=row.arrival_id) if row else None
    seed = kept.value.get("seed") if kept else None
    return Private(bytes.fromhex(seed)) if seed else None


@transaction.atomic
def pass_on(*, keys: Keyring, arrival: Arrival, root: UUID, by: Staff, at: datetime) -> bool:
    """Seal an opened later word anew to whoever holds the case or contact; returns whether there is anybody.

    A browser sealed it to the intake key, so somebody of the intake had to open it first.
    """
    to = goes_on_to(root)
    if to is None or to.owner is None:
        return False
    content = inbox.content_for_work(keys=keys, arrival=arrival, at=at)
    inbox.seal_anew(
        arrival=arrival,
        public=to.public,
        content=content,
        owner=to.owner,
        room=REPORTS,
        subject=to.place,
        number=to.number,
        file=to.file,
        by=by,
        at=at,
    )
    return True


def follow_or_forget(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """A file is erased: of a contact that became a case words go on to the case, else to the intake again."""
    for row in GoesOnAt.objects.select_for_update().filter(file=file):
        case = hotline_queries.case_of(row.subject) if row.room == "hotline" else None
        place = cases_queries.place_of(case) if case is not None else None
        if case is None or place is None:
            reporters.seal_words_to(arrival=row.arrival_id, public=None)
            row.delete()
            continue
        row.room, row.subject, row.file = "cases", case, place
        row.save(update_fields=["room", "subject", "file"])


def pass_to_new_readers(*, keys: Keyring, staff: Staff, at: datetime) -> int:
    """A reader of complaints leaves: what waits past the intake comes to whoever reads it now; returns how much."""
    tell_new_readers_of_pictures(leaver=staff, at=at)
    return inbox.tell_new_readers(society=staff.society_id, leaver=staff, at=at)
