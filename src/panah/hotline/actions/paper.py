"""Typing in what was written on paper: the original time and author stay with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.audit import actions as audit
from panah.foundation.errors import Refusal
from panah.hotline import events, words
from panah.hotline.actions.calls import begin_file_of_contact
from panah.hotline.models import Contact, Line
from panah.hotline.words.parts import PAPER
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.vault.keyring import Keyring

if TYPE_CHECKING:
    from panah.accounts.models import Staff


@transaction.atomic
def type_in(
    *, keys: Keyring, line: Line, written_at: datetime, author: str, by: Staff, at: datetime
) -> Contact:
    """Make a contact from paper; who wrote the paper is sealed with it, who typed it in is plain."""
    if line.pk not in vault_queries.lines_held(by):
        raise Refusal(
            _("You do not hold the key of this line."),
            next_step=_("Ask a focal point to give it to you."),
            code="no-line-key",
            status=403,
        )
    contact = Contact.objects.create(
        society_id=line.society_id,
        line=line,
        channel=words.Channel.PAPER,
        state=words.ContactState.FINISHED,
        taken_by=by,
        started_at=written_at,
        ended_at=written_at,
        last_sign_of_life=at,
        typed_in_at=at,
        file_id=begin_file_of_contact(keys=keys, line=line, at=at),
    )
    vault.write(keys=keys, file=contact.file_id, part=PAPER, value={"author": author}, at=at)
    audit.record(event=events.TYPED_IN, by=by, at=at, about=contact.file_id)
    return contact
