"""Marking a due item on a list with what became of it, and taking that back for a minute."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.queries import read
from panah.ground.work import events
from panah.ground.work.actions.due_items import notify_changed, silence
from panah.ground.work.models import DueItem
from panah.ground.work.queries import outcome_page
from panah.ground.work.rules import can_be_undone
from panah.ground.work.words import CAME_OF_IT, Outcome

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

MARKED = {
    Outcome.DONE: events.DONE,
    Outcome.NOT_NEEDED: events.ENDED,
    Outcome.AGAIN: events.NOT_DONE,
    Outcome.GIVEN_UP: events.ENDED,
}


@transaction.atomic
def mark(
    *,
    item: DueItem,
    outcome: Outcome,
    by: Staff,
    at: datetime,
    keys: Keyring | None = None,
    text: str = "",
    again_at: datetime | None = None,
) -> None:
    """Mark a due item on a list with what became of it; ``again`` moves it to ``again_at``, the others end it.

    ``text`` is sealed in the file of the item (needs ``keys`` that open it). What ends on a page of its own is refused,
    and so is whoever comes second.
    """
    if outcome_page(item):
        raise Refusal(
            _("This cannot be marked on a list."),
            next_step=_("Open its page and write down there what came of it."),
            code="ends-elsewhere",
        )
    still_open = DueItem.objects.filter(pk=item.pk, done_at=None)
    if outcome == Outcome.AGAIN:
        changed = still_open.update(due_at=again_at, reminded_at=None)
    else:
        if item.pages_at is not None and not text.strip():
            raise Refusal(
                _("A person was in danger: only an outcome in words takes this off the list."),
                next_step=_("Write what came of it, or give it to a colleague who can open it."),
                code="needs-words",
            )
        changed = still_open.update(done_at=at, done_by=by, outcome=outcome)
    if not changed:
        raise ended_meanwhile()
    silence(item, by, at)
    if text and keys is not None and item.file is not None:
        keep_what_came_of_it(keys, item, item.file, outcome, text, at)
    audit.record(
        event=MARKED[outcome],
        by=by,
        at=at,
        about=item.file,
        facts={"kind": item.kind, "outcome": outcome.value},
    )
    notify_changed(item)


def ended_meanwhile() -> Refusal:
    return Refusal(
        _("This is off the list already: it was marked in the meantime."),
        next_step=_("Nothing is left to do here. Whoever marked it can put it back for one minute."),
        code="ended-meanwhile",
    )


def keep_what_came_of_it(
    keys: Keyring, item: DueItem, file: UUID, outcome: Outcome, text: str, at: datetime
) -> None:
    """Seal the words beside those of earlier tries: none is written over."""
    kept = read(keys=keys, file=file, part=CAME_OF_IT, ref=item.pk)
    told = [*(kept.value["told"] if kept else []), {
        "outcome": outcome.value, "text": text, "by": str(keys.staff.pk), "at": at.isoformat(),
    }]  # fmt: skip
    vault.write(
        keys=keys,
        file=file,
        part=CAME_OF_IT,
        ref=item.pk,
        value={"told": told},
        at=at,
        based_on=kept.version if kept else 0,
    )


@transaction.atomic
def undo(*, item: DueItem, by: Staff, at: datetime) -> None:
    """Put an item back on the list as it was, for whoever marked it and for one minute. Words that were sealed stay."""
    if item.done_at is None or item.done_by_id != by.pk or not item.outcome or item.dropped:
        raise Refusal(
            _("There is nothing to take back here."),
            next_step=_("It is on the list already, or a colleague has gone on with it."),
            code="nothing-to-undo",
        )
    if not can_be_undone(ended=item.done_at, now=at):
        raise Refusal(
            _("It was marked more than a minute ago and stays off the list."),
            next_step=_("If something is still to be done, put it on the list anew."),
            code="too-late-to-undo",
        )
    marked = DueItem.objects.filter(pk=item.pk, done_at=item.done_at, done_by=by, dropped=False)
    if marked.update(done_at=None, done_by=None, outcome=""):
        facts = {"kind": item.kind, "outcome": item.outcome}
        audit.record(event=events.UNDONE, by=by, at=at, about=item.file, facts=facts)
        notify_changed(item)
