"""What happens next: no contact in danger, paged or promised a call-back ends without somebody who decides it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DECIDE, HER_TIME, DueKind, DueSubject, DueType, Sentence, Urgency
from panah.people.cases.queries.detention import is_held
from panah.people.cases.words.detention import ASK_FOR_A_VISIT
from panah.people.hotline import words
from panah.people.hotline.models import Contact
from panah.people.hotline.rules import (
    DECIDE_AGAIN_WITHIN,
    DECIDE_WITHIN,
    ContactSummary,
    current,
    ringing_is_safe,
    wants_call_back,
    was_in_danger,
)
from panah.people.hotline.words.parts import ANSWERS, CALL_BACK, HELD

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

DECIDE_NEXT = DueType("hotline", DECIDE, DueKind.DECIDE)


def summary_of(*, keys: Keyring | None, contact: Contact) -> ContactSummary:
    """What a contact tells about what must follow, as far as these keys open it."""
    alarm = work_queries.own_alarm_of(contact.pk)
    # What the list itself called for, because nobody had decided, tells nothing of the call.
    paged = alarm is not None and not (alarm.room == "hotline" and alarm.raised_by_id is None)
    readable = vault_queries.opens(keys=keys, file=contact.file_id)
    history = vault_queries.value_of(keys=keys, file=contact.file_id, part=ANSWERS).get("fields", {})
    values = current(history)
    return ContactSummary(
        danger=was_in_danger(history, urgency=contact.urgency, paged=paged),
        back=wants_call_back(values),
        case="case" in (values.get("ends") or ()) and contact.state != words.ContactState.CASE,
        safe=ringing_is_safe(values),
        unknown=not readable or contact.ended_by_itself,
        held=is_held(vault_queries.value_of(keys=keys, file=contact.file_id, part=HELD)),
    )


def ask_for_decision(*, keys: Keyring | None, contact: Contact, at: datetime, since: datetime) -> bool:
    """Put *decide* on the list where something must follow a contact that has ended; returns whether it stands there.

    ``since`` is when it ended: somebody decides within a quarter of an hour. In danger a call-back that nobody said
    to be safe goes from the list: whoever reads *call* rings.
    """
    found = summary_of(keys=keys, contact=contact)
    planned = bool(work_queries.items_of(contact.pk, purpose=CALL_BACK))
    if not found.must_be_decided(call_back_planned=planned):
        return decide_before_call_back(keys=keys, contact=contact, at=at)
    if planned and found.danger and not found.safe and not found.unknown:
        work.cancel_for(subject=contact.pk, purpose=CALL_BACK, at=at)
        set_finished(contact, words.ContactState.CALL_BACK)
    set_finished(contact, words.ContactState.CLOSED)
    add_decision(keys=keys, contact=contact, due_at=since + DECIDE_WITHIN, at=at, sentence=_sentence(found))
    return True


def decide_before_call_back(*, keys: Keyring | None, contact: Contact, at: datetime) -> bool:
    """After danger somebody decides within two days, also where the call-back was agreed on for later.

    Returns whether something has to be decided for that.
    """
    items = work_queries.items_of(contact.pk, purpose=CALL_BACK)
    latest = at + DECIDE_AGAIN_WITHIN
    if not items or items[0].due_at <= latest or not summary_of(keys=keys, contact=contact).danger:
        return False
    sentence = _("Decide what happens next: the call-back is more than two days away")
    add_decision(keys=keys, contact=contact, due_at=latest, at=at, sentence=sentence)
    return True


def set_finished(contact: Contact, was: words.ContactState) -> None:
    """A contact that is decided about is neither closed nor to be called back."""
    if Contact.objects.filter(pk=contact.pk, state=was).update(state=words.ContactState.FINISHED):
        contact.state = words.ContactState.FINISHED


def add_decision(
    *,
    keys: Keyring | None,
    contact: Contact,
    due_at: datetime,
    at: datetime,
    sentence: Sentence,
    owner: Staff | None = None,
    by_day: bool = False,
    hers: bool = False,
) -> None:
    """Put *decide* on the list of ``owner``, else of whoever took the contact, and of all who answer its line.

    Where it stands there already, it is due at the sooner of the two times; ``by_day``: that is journalled later.
    After danger, also where nobody read how the call ended, it pages at its minute; ``hers``, a time that the person
    named, ten minutes after it. Only danger stands among danger: all else that is undecided is safety.
    """
    there = next(iter(work_queries.items_of(contact.pk, purpose=DECIDE)), None)
    pages_after = None
    danger = summary_of(keys=keys, contact=contact).danger
    urgency = Urgency.NOW if danger else Urgency.TODAY
    if contact.ended_by_itself or danger:
        pages_after = HER_TIME if hers else timedelta(0)
    if there is not None:
        sooner, graver = due_at < there.due_at, danger and there.urgency != Urgency.NOW
        if sooner or graver or (pages_after is not None and there.pages_at is None):
            due_at, by = min(due_at, there.due_at), keys.staff if keys else None
            work.move(
                item=there, due_at=due_at, by=by, at=at, by_day=by_day, pages_after=pages_after,
                urgency=urgency if danger else "",
            )  # fmt: skip
        if keys is not None:
            work.update_sentence(keys=keys, item=there, sentence=sentence, at=at)
        return
    work.due(
        DECIDE_NEXT,
        on_contact(contact),
        keys=keys,
        owner=owner or owner_of(contact),
        due_at=due_at,
        urgency=urgency,
        sentence=sentence,
        pages_after=pages_after,
        at=at,
    )


def on_contact(contact: Contact) -> DueSubject:
    """What is due on a contact: it stands on the list of all who answer its line, whoever owns it."""
    return DueSubject(
        contact.society_id,
        contact.pk,
        file=contact.file_id,
        line=contact.line_id,
        number=contact.number,
        language=contact.language,
        age_group=contact.age_group,
        urgency=contact.urgency,
    )


def owner_of(contact: Contact) -> Staff | None:
    """Whoever goes on with a contact or took it, while she answers its line; None: the line."""
    one = contact.with_whom or contact.taken_by
    return one if one.is_active and contact.line_id in vault_queries.lines_held(one) else None


def is_undecided(contact: Contact) -> bool:
    """Whether somebody has still to decide what happens next."""
    return bool(work_queries.items_of(contact.pk, purpose=DECIDE))


def _sentence(found: ContactSummary) -> Sentence:
    if found.danger:
        return _("Decide what happens next: the person was in danger")
    if found.held:
        return ASK_FOR_A_VISIT
    if found.case:
        return _("Decide what happens next: it was to become a case")
    if found.back:
        return _("Decide what happens next: a call-back was agreed on")
    return _("Decide what happens next: nobody has read how it ended")
