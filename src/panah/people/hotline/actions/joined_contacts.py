"""The line broke and she rings again, or a relative rings about her: two contacts joined, each with its own record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from secrets import randbelow
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.models import noon_of
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import Sentence
from panah.people.hotline import events, words
from panah.people.hotline.actions.pending_decisions import add_decision, summary_of
from panah.people.hotline.models import Contact, no_mark
from panah.people.hotline.queries.joined import (
    MARKED,
    EarlierContact,
    JoinedContact,
    earlier_contacts,
    free_mark,
    joined_with,
)
from panah.people.hotline.rules import DECIDE_WITHIN, may_unjoin
from panah.people.hotline.words.parts import CALL_BACK, ENDED_WITH_JOINED, JOINED, NEXT_STEP

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# What a contact keeps of one it is joined with: which, by which press, when, whether something of it ended there.
Entry = dict[str, str | bool]


def update_marks(*, keys: Keyring, contact: Contact, identity: Mapping[str, object]) -> None:
    """Let a contact be found by the number and the word that are kept with it now, and by no others."""
    marks = {
        column: free_mark(keys=keys, contact=contact, field=field, text=str(identity.get(field, "")))
        for field, (column, _key) in MARKED.items()
    }
    Contact.objects.filter(pk=contact.pk).update(**{name: mark or no_mark() for name, mark in marks.items()})


def look_back(*, keys: Keyring, contact: Contact, by: Staff, at: datetime) -> list[EarlierContact]:
    """Return the earlier contacts that number or word fit: somebody who holds the line asked, and it is journalled."""
    audit.record(event=events.LOOKED_BACK, by=by, at=at, about=contact.file_id)
    return earlier_contacts(keys=keys, contact=contact, to=by)


@transaction.atomic
def join_contacts(*, keys: Keyring, contact: Contact, other: Contact, by: Staff, at: datetime) -> None:
    """Join two contacts about one person, with all that each is joined with already; twice is the same as once."""
    rows = _locked(contact, other)
    if len(rows) < 2 or any(row.state == words.ContactState.CASE or row.file.erasing_since for row in rows):
        raise Refusal(
            _("One of these contacts became a case, or is erased."),
            next_step=_("What was said there is no longer with the line. Go on with this one."),
            code="not-whole",
        )
    ours = [contact, *(one.contact for one in joined_with(keys=keys, contact=contact, to=by))]
    theirs = [other, *(one.contact for one in joined_with(keys=keys, contact=other, to=by))]
    if other.pk in {one.pk for one in ours}:
        return
    entry: Entry = {"join": str(uuid4()), "at": at.isoformat()}
    for one in ours:
        _write(keys, one, [{**entry, "contact": str(more.pk)} for more in theirs], at)
    for one in theirs:
        _write(keys, one, [{**entry, "contact": str(more.pk)} for more in ours], at)
    for one in (contact, other):
        # Two lines of one moment would say in plain that somebody rang twice.
        vault.record_by_day(event=events.JOINED, by=by, at=at, about=one.file_id)
    hold_back_unsafe(keys=keys, contact=contact, by=by, at=at)


def _locked(*contacts: Contact) -> list[Contact]:
    rows = Contact.objects.select_for_update(of=("self",)).select_related("file")
    return list(rows.filter(pk__in=[contact.pk for contact in contacts]).order_by("pk"))


def _write(keys: Keyring, contact: Contact, new: list[Entry], at: datetime) -> None:
    kept = vault_queries.value_of(keys=keys, file=contact.file_id, part=JOINED).get("with", [])
    vault.write(keys=keys, file=contact.file_id, part=JOINED, value={"with": [*kept, *new]}, at=at)


@transaction.atomic
def part_contacts(*, keys: Keyring, contact: Contact, other: Contact, by: Staff, at: datetime) -> None:
    """Take a join back within a day. What ended with the other contact meanwhile is decided about anew."""
    _locked(contact, other)
    found = next(
        (one for one in joined_with(keys=keys, contact=contact, to=by) if one.contact.pk == other.pk), None
    )
    if found is None:
        return
    if not may_unjoin(joined_at=found.at, now=at):
        raise Refusal(
            _("These contacts were joined more than a day ago."),
            next_step=_("Write in the note of each that they are of two people."),
            code="joined-long-ago",
        )
    group = [contact, *(one.contact for one in joined_with(keys=keys, contact=contact, to=by))]
    for one in group:
        if _unwrite(keys, one, found.join, at):
            sentence = _("Decide again: it had ended with a contact that is not of this person")
            _decide_anew(keys, one, sentence, at)
    for one in (contact, other):
        vault.record_by_day(event=events.PARTED, by=by, at=at, about=one.file_id)


def _decide_anew(keys: Keyring, contact: Contact, sentence: Sentence, at: datetime) -> None:
    """In time, and never at one moment with what is due with a joined contact."""
    due_at = at + DECIDE_WITHIN - timedelta(microseconds=randbelow(300_000_000))
    add_decision(keys=keys, contact=contact, due_at=due_at, at=at, sentence=sentence, by_day=True)


def _unwrite(keys: Keyring, contact: Contact, join: UUID, at: datetime) -> bool:
    """Take what one press joined out of a contact; returns whether something of it ended through that."""
    kept = vault_queries.value_of(keys=keys, file=contact.file_id, part=JOINED).get("with", [])
    gone = [one for one in kept if one["join"] == str(join)]
    left = [one for one in kept if one not in gone]
    vault.write(keys=keys, file=contact.file_id, part=JOINED, value={"with": left}, at=at)
    return any(one.get("settled") for one in gone)


# -- what is due with one is due with all: it ends once ------------------------------------------------


def settle_joined(
    *, keys: Keyring, contact: Contact, purposes: Iterable[str], by: Staff, at: datetime
) -> None:
    """End what is due with the contacts that are joined with this one: it was decided, or promised anew, here.

    What pages, since the person was in danger there, ends only with a contact that was in danger too: else nothing
    would page in its place, and nobody would have been asked for words.
    """
    danger = summary_of(keys=keys, contact=contact).danger
    for one in joined_with(keys=keys, contact=contact, to=by):
        items = {p: work_queries.items_of(one.contact.pk, purpose=p) for p in purposes}
        due = [p for p, many in items.items() if many and (danger or not any(i.pages_at for i in many))]
        if due:
            _settle(keys, one, contact, due, by, at)


def _settle(
    keys: Keyring, joined: JoinedContact, through: Contact, due: list[str], by: Staff, at: datetime
) -> None:
    other = joined.contact
    for purpose in due:
        # It was done with the other one and is counted there; an equal moment here would say which that is.
        work.cancel_for(subject=other.pk, purpose=purpose, at=noon_of(at))
    if CALL_BACK in due:
        Contact.objects.filter(pk=other.pk, state=words.ContactState.CALL_BACK).update(
            state=words.ContactState.FINISHED
        )
    step = {"step": ENDED_WITH_JOINED, "text": through.number, "to": ""}
    vault.add(keys=keys, file=other.file_id, part=NEXT_STEP, value=step, at=at)
    kept = vault_queries.value_of(keys=keys, file=other.file_id, part=JOINED).get("with", [])
    told = [{**one, "settled": True} if one["contact"] == str(through.pk) else one for one in kept]
    vault.write(keys=keys, file=other.file_id, part=JOINED, value={"with": told}, at=at)
    vault.record_by_day(event=events.DECIDED_NEXT, by=by, at=at, about=other.file_id)


def hold_back_unsafe(*, keys: Keyring, contact: Contact, by: Staff, at: datetime) -> None:
    """Nobody rings because an earlier call said so, when a joined one was in danger and did not say that it is safe."""
    group = [contact, *(one.contact for one in joined_with(keys=keys, contact=contact, to=by))]
    rung = [one for one in group if work_queries.items_of(one.pk, purpose=CALL_BACK)]
    if not rung or len(group) < 2:
        return
    told = {one.pk: summary_of(keys=keys, contact=one) for one in group}
    for one in rung:
        # The newest word counts: a call that said so itself is rung, whatever an earlier one left open.
        later = (
            other.started_at > one.started_at or not told[one.pk].safe
            for other in group
            if other.pk != one.pk and told[other.pk].danger and not told[other.pk].safe
        )
        if any(later):
            work.cancel_for(subject=one.pk, purpose=CALL_BACK, at=noon_of(at))
            Contact.objects.filter(pk=one.pk, state=words.ContactState.CALL_BACK).update(
                state=words.ContactState.FINISHED
            )
            sentence = _("Decide: a joined call was in danger, and nobody said that ringing is safe")
            _decide_anew(keys, one, sentence, at)
