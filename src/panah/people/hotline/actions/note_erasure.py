"""A no to a note being kept: what was said is shredded, what the person wants done stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DECIDE
from panah.people.hotline import events, words
from panah.people.hotline.actions.call_outcomes import add_call_back
from panah.people.hotline.actions.calls import begin_file_of_contact
from panah.people.hotline.actions.chat_lines import forget_chat
from panah.people.hotline.actions.chat_locks import lock_chat
from panah.people.hotline.actions.facts_cards import count
from panah.people.hotline.actions.pending_decisions import add_decision, summary_of
from panah.people.hotline.models import Contact, WaitingDraft, no_mark
from panah.people.hotline.words.parts import (
    AGREED,
    ANSWERS,
    BACK,
    CALL_BACK,
    CAME_LATE,
    ENDED_WITH_JOINED,
    IDENTITY,
    JOINED,
    KEPT,
    NEXT_STEP,
    PAPER,
    TO_CALL,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def erase_note(*, keys: Keyring, contact: Contact, by: Staff, at: datetime) -> None:
    """Erase what was noted of a call that has ended, in every copy: what stays goes into a file of its own.

    What was agreed stays, and while a call-back is due, how to call back. Done twice, it is done once.
    """
    with transaction.atomic():
        row: Contact = Contact.objects.select_for_update().select_related("line").get(pk=contact.pk)
        if row.state in (words.ContactState.OPEN, words.ContactState.CASE):
            raise Refusal(
                _("The call is still going on, or it became a case."),
                next_step=_("Finish the call first. What is in a case is erased with the case."),
                code="not-ended",
            )
        lock_chat(row.pk)
        old, backs = row.file_id, work_queries.items_of(row.pk, purpose=CALL_BACK)
        decisions = work_queries.items_of(row.pk, purpose=DECIDE)
        danger = bool(backs or decisions) and summary_of(keys=keys, contact=row).danger
        row.file_id = begin_file_of_contact(keys=keys, line=row.line, at=at)
        if not backs:
            row.phone_mark, row.name_mark = no_mark(), no_mark()
        row.save(update_fields=["file", "phone_mark", "name_mark"])
        _reseal_the_rest(keys, row, old, calls=bool(backs), danger=danger, at=at)
        for purpose in (CALL_BACK, CAME_LATE, DECIDE):
            work.cancel_for(subject=row.pk, purpose=purpose, at=at)
        for item in backs[:1]:
            add_call_back(keys, row, item.due_at, at, owner=item.owner)
        for item in decisions[:1]:
            # What the person named stays hers; what is late calls at once, as it did.
            hers = item.pages_at is not None and item.pages_at > item.due_at > at
            add_decision(
                keys=keys, contact=row, due_at=item.due_at, at=at, owner=item.owner, hers=hers,
                sentence=_("Decide what happens next"),
            )  # fmt: skip
        _drop_drafts(row)
        forget_chat(row.pk, at)
        count(keys=keys, contact=row, at=at)
        audit.record(event=events.NOTE_FORGOTTEN, by=by, at=at, about=row.file_id)
    vault.erase(keys=keys, file=old, at=at)


def _reseal_the_rest(
    keys: Keyring, contact: Contact, old: UUID, *, calls: bool, danger: bool, at: datetime
) -> None:
    """Seal what stays in the new file, with its own time and author; of each answer the last word alone.

    Where something is still due, that the person was in ``danger`` stays too, and no word of which: else it would be
    due without anybody being called.
    Of what was decided afterwards the step stays, without its words.
    """
    parts = vault_queries.read_parts(
        keys=keys, file=old, names=[ANSWERS, IDENTITY, BACK, JOINED, KEPT, NEXT_STEP, PAPER]
    )
    wanted = AGREED + TO_CALL if calls else AGREED
    for name in (ANSWERS, JOINED, KEPT, NEXT_STEP, PAPER, *((IDENTITY, BACK) if calls else ())):
        for one in parts.get(name, []):
            value = one.value
            if name == ANSWERS:
                last = {
                    field: [[1, *many[-1][1:]]] for field, many in value["fields"].items() if field in wanted
                }
                value = {"fields": {**last, **({"danger": _danger(value["fields"])} if danger else {})}}
            if name == NEXT_STEP and value["step"] != ENDED_WITH_JOINED:
                value = {**value, "text": ""}
            vault.write(
                keys=keys, file=contact.file_id, part=name, ref=one.ref, value=value, at=one.at, by=one.by
            )


def _danger(fields: Mapping[str, list[list[object]]]) -> list[list[object]]:
    """Return *danger: yes* as an answer, with whoever gave it or another one last, and when."""
    told = [many[-1] for name in ("danger", *fields) if (many := fields.get(name))]
    return [[1, "yes", *told[0][2:]]] if told else []


def _drop_drafts(contact: Contact) -> None:
    drafts = list(contact.drafts.values_list("pk", flat=True))
    WaitingDraft.objects.filter(pk__in=drafts).delete()
    vault.drop_drafts(drafts)
