"""Writing what happens next after a contact: what comes back until it is known what came of it, and what ends it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import ALONE_AT_MOST, DECIDE, Sentence
from panah.people.cases.words.detention import HOURS_RUN_OUT
from panah.people.hotline import events, words
from panah.people.hotline.actions.call_outcomes import plan_call_back
from panah.people.hotline.actions.held import hours_of
from panah.people.hotline.actions.joined_contacts import settle_joined
from panah.people.hotline.actions.pending_decisions import add_decision, summary_of
from panah.people.hotline.models import Contact
from panah.people.hotline.rules import DECIDE_AGAIN_WITHIN, TRIES
from panah.people.hotline.words import NextStep
from panah.people.hotline.words.parts import BACK, CALL_BACK, NEXT_STEP

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# What the list says until it is known what came of it.
COMES_BACK: dict[str, Sentence] = {
    NextStep.HELP: _("Help is on its way: ask what came of it"),
    NextStep.WAIT: _("We wait for a sign: decide again"),
    NextStep.COLLEAGUE: _("Go on with this contact: decide what happens next"),
}
# After danger one colleague alone decides so for an hour at most.
WAITS = (NextStep.HELP, NextStep.WAIT, NextStep.COLLEAGUE)
# What takes the place of the decision.
DECIDED = (NextStep.CALL_BACK, NextStep.ELSEWHERE, NextStep.NOTHING)


@transaction.atomic
def write_next_step(
    *,
    keys: Keyring,
    contact: Contact,
    step: str,
    text: str,
    by: Staff,
    at: datetime,
    due_at: datetime | None = None,
    to: Staff | None = None,
    seen: int | None = None,
    hers: bool = False,
) -> bool:
    """Seal what was decided after a contact, and change what is due to it.

    ``due_at`` is when somebody rings or decides again, ``to`` the colleague who goes on. ``seen`` is how many such
    decisions the page knew: a colleague's is not written over unread. That it becomes a case is only noted here;
    ``convert_to_case`` makes it one, and until then it stays due. ``hers``: the person named that time. In danger
    nobody lets it wait for more than an hour alone: False where a second colleague is asked first.
    """
    row: Contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if row.state not in words.AFTER_THE_CALL:
        raise Refusal(
            _("The call is still going on, or it became a case."),
            next_step=_("Finish the call first. What follows in a case is written in the case."),
            code="not-ended",
        )
    before = vault_queries.read_all(keys=keys, file=row.file_id, part=NEXT_STEP)
    if seen is not None and seen != len(before):
        raise Refusal(
            _("A colleague wrote what happens next in the meantime."),
            next_step=_("Read it beside the form. If yours is still needed, send it again."),
            code="decided-meanwhile",
        )
    value = {"step": NextStep(step).value, "text": text, "to": to.name if to else ""}
    vault.add(keys=keys, file=row.file_id, part=NEXT_STEP, value=value, at=at)
    audit.record(event=events.DECIDED_NEXT, by=by, at=at, about=row.file_id)
    look = hours_of(keys=keys, contact=row, by=by, at=at)
    waits = True
    if step in COMES_BACK:
        sooner = min(due_at or at, look or due_at or at)
        waits = _comes_back(keys, row, COMES_BACK[step], sooner, to, by, at, hers=hers, step=step)
    elif step == NextStep.CALL_BACK:
        _call_back(keys, row, due_at or at, by, at, hers=hers)
    if step in DECIDED and look is None:
        work.complete_for(subject=row.pk, purpose=DECIDE, by=by, at=at)
    if step != NextStep.CASE:
        ended = [DECIDE, CALL_BACK] if step == NextStep.NOTHING else [DECIDE]
        settle_joined(keys=keys, contact=row, purposes=ended, by=by, at=at)
    if step == NextStep.NOTHING:
        _cancel(row, at, keep_decision=look is not None)
        Contact.objects.filter(pk=row.pk, state=words.ContactState.CALL_BACK).update(
            state=words.ContactState.FINISHED
        )
    if step in DECIDED and look is not None:
        # Whatever ends for us, the law goes on counting. In plain it is moved, like everything that comes back.
        _comes_back(keys, row, HOURS_RUN_OUT, look, None, by, at)
    return waits


def _comes_back(
    keys: Keyring,
    contact: Contact,
    sentence: Sentence,
    due_at: datetime,
    to: Staff | None,
    by: Staff,
    at: datetime,
    *,
    hers: bool = False,
    step: str = "",
) -> bool:
    # What is late stays so until it may wait: a new one is due at once.
    soon = min(due_at, at + ALONE_AT_MOST) if step in WAITS and not hers else due_at
    add_decision(keys=keys, contact=contact, due_at=soon, at=at, sentence=sentence, owner=to, hers=hers)
    waits = True
    for item in work_queries.items_of(contact.pk, purpose=DECIDE):
        if item.pages_at is not None and (hers or step in WAITS):
            # Whoever gives it to a colleague has not taken it on: until she looks, somebody is still called.
            silences = to in (None, by)
            waits = work.postpone(keys=keys, item=item, due_at=due_at, at=at, hers=hers, silences=silences)
        elif item.due_at != due_at:
            work.move(item=item, due_at=due_at, by=by, at=at)
        if to is not None and item.owner_id != to.pk:
            work.assign(item=item, to=to, by=by, at=at)
    if to is not None:
        Contact.objects.filter(pk=contact.pk).update(with_whom=to)
    return waits


def _cancel(contact: Contact, at: datetime, *, keep_decision: bool) -> None:
    if not keep_decision:
        work.cancel_for(subject=contact.pk, at=at)
        return
    for item in work_queries.items_of(contact.pk):
        if item.purpose != DECIDE:
            work.cancel_for(subject=contact.pk, purpose=item.purpose, at=at)


def _call_back(
    keys: Keyring, contact: Contact, due_at: datetime, by: Staff, at: datetime, *, hers: bool
) -> None:
    """Plan the call-back; refused while nobody said that ringing is safe, or that the person named so late a time."""
    found = summary_of(keys=keys, contact=contact)
    if found.danger and not found.safe:
        raise Refusal(
            _("Nobody has said that ringing is safe: the telephone may be in other hands."),
            next_step=_(
                "Choose another step. When it is known to be safe, write that under “Go on typing” first."
            ),
            code="not-safe-to-ring",
        )
    if found.danger and due_at - at > (DECIDE_AGAIN_WITHIN if hers else ALONE_AT_MOST):
        raise Refusal(
            _(
                "The person was in danger: the call-back is made within an hour, or at the time the person named."
            ),
            next_step=_("Choose an earlier time, or tick that the person named it: two days at most."),
            code="rings-too-late",
        )
    plan = vault_queries.value_of(keys=keys, file=contact.file_id, part=BACK)
    plan_call_back(
        keys=keys,
        contact=contact,
        due_at=due_at,
        by=by,
        at=at,
        tries=int(plan.get("tries", TRIES)),
        stop=plan.get("stop", ""),
        asked=plan.get("asked"),
    )
