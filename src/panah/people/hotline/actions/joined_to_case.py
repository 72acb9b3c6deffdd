"""What is joined with a contact goes along into the case: the person's call history, each with its own record."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import RevealPurpose
from panah.people.hotline import words
from panah.people.hotline.models import Contact, WaitingDraft
from panah.people.hotline.queries.case_transfer import Transfer, contents_of, whose_words
from panah.people.hotline.queries.joined import joined_with
from panah.people.hotline.rules import may_join_case

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# The parts of a contact lie in the case's file under their own names with this before them.
FROM_CALL = "call."


def prefix_of(contact: Contact, main: Contact | None) -> str:
    """What stands before the names of the parts: of a joined contact its number too."""
    return FROM_CALL if main is not None and contact.pk == main.pk else f"{FROM_CALL}{contact.number}."


def goes_along(*, keys: Keyring, contact: Contact, by: Staff, at: datetime) -> Transfer:
    """Return what becomes one case: the contact, then what is joined with it, oldest first, each with its contents."""
    rows = [contact, *_joined_rows(keys, contact, by)]
    told = []
    for row in rows:
        shown = vault.reveal(keys=keys, file=row.file_id, purpose=RevealPurpose.ASSIST, at=at)
        told.append((row, contents_of(keys=keys, contact=row, identity=shown.value if shown else {})))
    return whose_words(told)


def _joined_rows(keys: Keyring, contact: Contact, by: Staff) -> list[Contact]:
    """What is joined and has ended, opens, waits for nothing, and was not to be noted down.

    What stays keeps its own record with the line, as long as the rule says.
    """
    rows = []
    for one in joined_with(keys=keys, contact=contact, to=by):
        row: Contact = Contact.objects.select_for_update(of=("self",)).select_related("line").get(
            pk=one.contact.pk
        )  # fmt: skip
        # A colleague may have made a case of it while its row was waited for.
        elsewhere = row.state in (words.ContactState.OPEN, words.ContactState.CASE)
        stays = elsewhere or WaitingDraft.objects.filter(contact=row).exists()
        if stays or not vault_queries.opens(keys=keys, file=row.file_id):
            continue
        if may_join_case(contents_of(keys=keys, contact=row, identity={}).answers):
            rows.append(row)
    return sorted(rows, key=lambda row: row.started_at)
