"""How a contact ends: a service, a call-back; each recorded sealed, none a condition for another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.eligibility import who_may
from panah.ground.accounts.words import DutyKind
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import RevealPurpose
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DECIDE, HER_TIME, DueKind, DueType, LazySentence, Sentence, kept_text
from panah.people.hotline import events, words
from panah.people.hotline.actions.joined_contacts import settle_joined
from panah.people.hotline.actions.pending_decisions import (
    add_decision,
    decide_before_call_back,
    on_contact,
    summary_of,
)
from panah.people.hotline.models import Contact
from panah.people.hotline.queries.contacts import answers_of
from panah.people.hotline.queries.joined import joined_with
from panah.people.hotline.rules import DECIDE_WITHIN, TRIES, next_try, safe_from, tries_are_over
from panah.people.hotline.words.parts import BACK, CALL_BACK, GIVEN, HANDED, TRIED

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.directory.queries import HotlineCard, ServiceCard

CALL_AGAIN = DueType("hotline", CALL_BACK, DueKind.CALL)


def give_service(
    *, keys: Keyring, contact: Contact, service: ServiceCard, name: Sentence, by: Staff, at: datetime
) -> None:
    """Note which service's number was given (a ServiceCard); sealed, since it says what is needed."""
    vault.add(
        keys=keys,
        file=contact.file_id,
        part=GIVEN,
        at=at,
        value={
            "service": str(service.id),
            "name": kept_text(name),
            "organization": service.organization,
            "phones": [phone.number for phone in service.phones],
        },
    )
    audit.record(event=events.GIVEN, by=by, at=at, about=contact.file_id)


def give_number(
    *, keys: Keyring, contact: Contact, number: HotlineCard, name: Sentence, by: Staff, at: datetime
) -> None:
    """Note which hotline number was given (a HotlineCard); sealed, since it says where the person is."""
    value = {"service": str(number.id), "name": kept_text(name), "organization": number.kept_by}
    vault.add(keys=keys, file=contact.file_id, part=GIVEN, value={**value, "phones": [number.number]}, at=at)
    audit.record(event=events.GIVEN, by=by, at=at, about=contact.file_id)


@transaction.atomic
def plan_call_back(
    *,
    keys: Keyring,
    contact: Contact,
    due_at: datetime | None,
    by: Staff,
    at: datetime,
    tries: int = TRIES,
    stop: str = "",
    asked: object = None,
) -> None:
    """Put a call-back on the list of the line. Who, how and what to say stay sealed; a second plan moves the first.

    ``asked`` is when, as it was typed. Without ``due_at`` only tries and when to stop change: a call-back that was
    made does not come back because somebody typed on.
    """
    kept = vault_queries.value_of(keys=keys, file=contact.file_id, part=BACK)
    items = work_queries.items_of(contact.pk, purpose=CALL_BACK)
    # What is promised anew is tried as often as is agreed now.
    tried = kept.get("tried", 0) if items or due_at is None else 0
    plan = {"tried": tried, "tries": tries, "stop": stop, "asked": asked}
    vault.write(keys=keys, file=contact.file_id, part=BACK, at=at, value=plan)
    if due_at is None:
        return
    settle_joined(keys=keys, contact=contact, purposes=[CALL_BACK], by=by, at=at)
    if items:
        danger = summary_of(keys=keys, contact=contact).danger
        after = _safe_after(keys, contact, due_at) if danger else None
        work.move(item=items[0], due_at=due_at, by=by, at=at, pages_after=after)
    elif not add_call_back(keys, contact, due_at, at):
        return
    if not summary_of(keys=keys, contact=contact).must_be_decided(call_back_planned=True):
        # What was to be decided is decided: a new promise was made.
        work.complete_for(subject=contact.pk, purpose=DECIDE, by=by, at=at)
    if contact.state != words.ContactState.OPEN:
        decide_before_call_back(keys=keys, contact=contact, at=at)
    # Also one that was closed: a call-back that is promised is not lost behind it.
    ended = (words.ContactState.FINISHED, words.ContactState.CLOSED)
    Contact.objects.filter(pk=contact.pk, state__in=ended).update(state=words.ContactState.CALL_BACK)


def add_call_back(
    keys: Keyring, contact: Contact, due_at: datetime, at: datetime, *, owner: Staff | None = None
) -> bool:
    """Put a call-back on the list of the line, or of a colleague to whom it was handed; returns whether it was.

    In danger, and where nobody said that ringing is safe, *decide* is put there instead: whoever reads *call* rings.
    """
    found = summary_of(keys=keys, contact=contact)
    if found.danger and not found.safe:
        sentence = _("Decide: a call-back was agreed on, but nobody said that ringing is safe")
        add_decision(
            keys=keys, contact=contact, due_at=due_at, at=at, sentence=sentence, owner=owner, hers=True
        )
        return False
    work.due(
        CALL_AGAIN,
        on_contact(contact),
        keys=keys,
        owner=owner,
        due_at=due_at,
        sentence=_sentence(keys, contact),
        pages_after=_safe_after(keys, contact, due_at) if found.danger else None,
        at=at,
    )
    return True


def _safe_after(keys: Keyring, contact: Contact, due_at: datetime) -> timedelta:
    """How long after its time a call-back in danger pages: ten minutes into the hours in which ringing is safe."""
    hours = answers_of(keys=keys, contact=contact).get("back_hours", "")
    safe = safe_from(hours, now=timezone.localtime(due_at))
    return HER_TIME + (safe - due_at if safe is not None and safe > due_at else timedelta(0))


# What the line of a call-back says. Whoever changes one of these changes what the next colleague does.
SAID_BEFORE_RINGING = frozenset({"back_hours", "safe_word", "safe_back", "c_back"})


def update_call_back_sentence(*, keys: Keyring, contact: Contact, at: datetime) -> None:
    """Say on the list what the person wants now: other hours, or that nobody rings."""
    for item in work_queries.items_of(contact.pk, purpose=CALL_BACK):
        work.update_sentence(keys=keys, item=item, sentence=_sentence(keys, contact), at=at)


def _sentence(keys: Keyring, contact: Contact) -> Sentence:
    values = answers_of(keys=keys, contact=contact)
    if "no" in (values.get("safe_back"), values.get("c_back")):
        return _("Do not ring: the person said no. Decide with a colleague")
    hours, word = values.get("back_hours", ""), values.get("safe_word", "")
    if hours and word:
        return LazySentence(_("Call back, only %(hours)s. Safe word first."), hours=hours)
    if hours:
        return LazySentence(_("Call back, only %(hours)s"), hours=hours)
    return _("Call back. Safe word first.") if word else _("Call back")


# After these the person in danger may be worse off than before: nobody rings on because a clock says so.
CHANGES_WHAT_IS_KNOWN = (
    words.AttemptOutcome.REACHED,
    words.AttemptOutcome.SOMEONE_ELSE,
    words.AttemptOutcome.NOT_SAFE,
)


@transaction.atomic
def note_attempt(
    *,
    keys: Keyring,
    contact: Contact,
    outcome: str,
    text: str,
    by: Staff,
    at: datetime,
    again_at: datetime | None = None,
    seen: int | None = None,
) -> bool:
    """Note an attempt to call back; returns whether no more should be made.

    Reached: the call-back is done. Otherwise the next try goes on the list, until as many were made as agreed:
    then someone decides anew instead of ringing on. In danger somebody decides after each attempt that is more than
    a telephone which nobody answered. ``seen`` is how many attempts the page knew: pressed twice, or
    beside a colleague, one call does not count as two.
    """
    Contact.objects.select_for_update().get(pk=contact.pk)
    back = vault_queries.value_of(keys=keys, file=contact.file_id, part=BACK) or {
        "tried": 0,
        "tries": TRIES,
        "stop": "",
    }
    if seen is not None and seen != int(back["tried"]):
        raise Refusal(
            _("An attempt was written down in the meantime, perhaps this one."),
            next_step=_("Look at the attempts so far. If this is another one, send it again."),
            code="tried-meanwhile",
        )
    tried = int(back["tried"]) + 1
    vault.add(keys=keys, file=contact.file_id, part=TRIED, value={"outcome": outcome, "text": text}, at=at)
    vault.write(keys=keys, file=contact.file_id, part=BACK, value={**back, "tried": tried}, at=at)
    audit.record(event=events.TRIED, by=by, at=at, about=contact.file_id)
    work.complete_for(subject=contact.pk, purpose=CALL_BACK, by=by, at=at)
    settle_joined(keys=keys, contact=contact, purposes=[CALL_BACK], by=by, at=at)
    over = tries_are_over(tried=tried, allowed=int(back["tries"])) and again_at is None
    over = over and outcome != words.AttemptOutcome.REACHED
    rings_on = _rings_on(keys, contact, outcome, over=over, again_at=again_at, at=at)
    if rings_on and add_call_back(keys, contact, again_at or next_try(now=at, tried=tried), at):
        Contact.objects.filter(pk=contact.pk, state=words.ContactState.FINISHED).update(
            state=words.ContactState.CALL_BACK
        )
        decide_before_call_back(keys=keys, contact=contact, at=at)
    else:
        Contact.objects.filter(pk=contact.pk, state=words.ContactState.CALL_BACK).update(
            state=words.ContactState.FINISHED
        )
    return over


def _rings_on(
    keys: Keyring, contact: Contact, outcome: str, *, over: bool, again_at: datetime | None, at: datetime
) -> bool:
    """Whether there is a next try after this one; where there is none, somebody decides what happens instead."""
    reached = outcome == words.AttemptOutcome.REACHED
    changed = outcome in CHANGES_WHAT_IS_KNOWN and (reached or again_at is None)
    if over:
        said = _("Decide what happens next: as many tries were made as agreed, and nobody was reached")
    elif changed and summary_of(keys=keys, contact=contact).danger:
        said = _("Decide what happens next: the person was in danger")
    else:
        return not reached
    add_decision(keys=keys, contact=contact, due_at=at + DECIDE_WITHIN, at=at, sentence=said)
    return False


@transaction.atomic
def hand_over(
    *,
    keys: Keyring,
    contacts: list[Contact],
    to: Staff | None,
    said: Mapping[str, str],
    by: Staff,
    at: datetime,
) -> int:
    """Give contacts to a colleague of the next shift (None: whoever answers the line).

    ``said`` are words about each to the next shift, by its id: sealed in its own file and in no other. What is
    joined with one of them goes along: it is one person, and stood in the list once.
    """
    if to is not None and not who_may([to], DutyKind.CALLS, at=at):
        raise Refusal(
            _("This colleague may not answer now."),
            next_step=_("Choose another colleague, or whoever answers the line."),
            code="may-not-answer",
        )
    for contact in contacts:
        if text := said.get(str(contact.pk)):
            vault.add(keys=keys, file=contact.file_id, part=HANDED, value={"text": text}, at=at)
        for one in (contact, *(more.contact for more in joined_with(keys=keys, contact=contact, to=by))):
            Contact.objects.filter(pk=one.pk).update(with_whom=to)
            for item in work_queries.items_of(one.pk):
                by_day = one.pk != contact.pk
                if to is not None:
                    work.assign(item=item, to=to, by=by, at=at, by_day=by_day)
                else:
                    work.assign_to_line(item=item, line=one.line_id, by=by, at=at, by_day=by_day)
        audit.record(
            event=events.HANDED_OVER,
            by=by,
            at=at,
            about=contact.file_id,
            facts={"to": str(to.pk) if to else "line"},
        )
    return len(contacts)


def show_identity(*, keys: Keyring, contact: Contact, purpose: str, at: datetime) -> dict[str, object]:
    """Uncover what we may call the person and where to call back; journalled with what for."""
    found = vault.reveal(keys=keys, file=contact.file_id, purpose=RevealPurpose(purpose), at=at)
    return found.value if found else {}
