"""Paper: typing in what was written on it, with its time and author, and printing whom to ring."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from panah.ground.accounts.permissions import require_staff_manager
from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.people.hotline import events, words
from panah.people.hotline.actions.calls import record_past_contact
from panah.people.hotline.models import Contact, Line
from panah.people.hotline.words.parts import PAPER

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def type_in(
    *, keys: Keyring, line: Line, written_at: datetime, author: str, by: Staff, at: datetime
) -> Contact:
    """Make a contact from paper; who wrote the paper is sealed with it, who typed it in is plain."""
    contact = record_past_contact(
        keys=keys, line=line, channel=words.Channel.PAPER, began_at=written_at, by=by, at=at, typed_in_at=at
    )
    vault.write(keys=keys, file=contact.file_id, part=PAPER, value={"author": author}, at=at)
    audit.record(event=events.TYPED_IN, by=by, at=at, about=contact.file_id)
    return contact


@transaction.atomic
def record_call_tree(*, week: date, branch: str, by: Staff, at: datetime) -> None:
    """Journal that the duty telephones of a week go onto paper; only who keeps the roster may print them."""
    require_staff_manager(by, by.society)
    audit.record(event=events.CALL_TREE, by=by, at=at)
