"""What is typed during a call: sealed from the first keystroke, merged field by field, never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.db import transaction

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DECIDE, AgeGroup, DueKind, DueSubject, DueType, Urgency
from panah.people.cases import queries as cases_queries
from panah.people.hotline import events, words
from panah.people.hotline.actions.call_outcomes import SAID_BEFORE_RINGING, update_call_back_sentence
from panah.people.hotline.actions.chat_lines import forget_chat
from panah.people.hotline.actions.facts_cards import count
from panah.people.hotline.actions.joined_contacts import update_marks
from panah.people.hotline.actions.pending_decisions import ask_for_decision, summary_of
from panah.people.hotline.models import Contact, WaitingDraft, no_mark
from panah.people.hotline.rules import current, merge, reopens_decision
from panah.people.hotline.words.parts import ANSWERS, BESIDE, CALL_BACK, CAME_LATE, IDENTITY, NOTE, REPLY

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# Finds a note by its author: each writes her own, so that two who type along never write over one another.
_NOTES = UUID("6f0f1f3e-6f7f-5c55-8a4c-3d0a4cf4f3a1")

READ_LATE_DRAFT = DueType("hotline", CAME_LATE, DueKind.REVIEW)


# The names and values of a form as a browser kept them, read as the form of the call reads them.
type ReadFields = Callable[[Iterable[Iterable[str]]], CallDraft]


@dataclass
class CallDraft:
    """What a page sends: four-way answers and texts by field, one note, and what identifies."""

    answers: Mapping[str, object] = field(default_factory=dict)
    note: str | None = None
    identity: Mapping[str, str] = field(default_factory=dict)
    forget: tuple[str, ...] = ()
    based_on: int = 0
    note_version: int = 0
    tab: str = ""
    # The next line of a chat, not said yet, and the name under which it will be said once.
    reply: str | None = None
    reply_once: str = ""


def note_ref(staff: UUID) -> UUID:
    """Where a colleague's own note of a contact lies."""
    return uuid5(_NOTES, str(staff))


@transaction.atomic
def save_typed(
    *, keys: Keyring, contact: Contact, typed: CallDraft, by: Staff, at: datetime
) -> tuple[str, ...]:
    """Seal what a page sends into the contact; returns the fields in which two colleagues disagree.

    A colleague's newer answer stays where both changed one; what this page says is kept beside it.
    """
    # Another window of hers, or the clock, may have ended the call since this page was made.
    contact.state = Contact.objects.select_for_update().get(pk=contact.pk).state
    conflicts = _save_answers(keys, contact, typed, by, at)
    if typed.note is not None and _save_note(keys, contact, typed, by, at):
        conflicts.append(NOTE)
    _save_identity(keys, contact, typed, at)
    if typed.reply is not None:
        save_reply(keys=keys, contact=contact, text=typed.reply, once=typed.reply_once, by=by, at=at)
    if "c_count" in typed.answers or contact.state != words.ContactState.OPEN:
        # A withdrawn yes takes the card away at once; nothing waits for the end of the call.
        count(keys=keys, contact=contact, at=at)
    if contact.state == words.ContactState.OPEN:
        Contact.objects.filter(pk=contact.pk).update(last_sign_of_life=at)
    return tuple(conflicts)


def _save_answers(keys: Keyring, contact: Contact, typed: CallDraft, by: Staff, at: datetime) -> list[str]:
    kept = vault_queries.read(keys=keys, file=contact.file_id, part=ANSWERS)
    history = kept.value["fields"] if kept else {}
    version = (kept.version if kept else 0) + 1
    empty = {name: _nothing(value) for name, value in typed.answers.items()}
    merged = merge(
        history,
        typed.answers,
        based_on=typed.based_on,
        version=version,
        tab=typed.tab,
        who=str(by.pk),
        at=at.isoformat(),
        empty=empty,
    )
    for name, (_theirs, mine) in merged.conflicts.items():
        _keep_beside(keys, contact, typed.tab, name, mine, at)
    if merged.changed:
        vault.write(keys=keys, file=contact.file_id, part=ANSWERS, value={"fields": merged.history}, at=at)
        _copy_work_facts(contact, current(merged.history))
        if not SAID_BEFORE_RINGING.isdisjoint(merged.changed):
            update_call_back_sentence(keys=keys, contact=contact, at=at)
        if contact.state in words.AFTER_THE_CALL:
            _ask_anew(keys, contact, merged.changed, at)
    return list(merged.conflicts)


def _ask_anew(keys: Keyring, contact: Contact, changed: Mapping[str, object], at: datetime) -> None:
    """What was typed after the end may tell of danger, or that a call-back which is promised is not safe."""
    unsafe = not SAID_BEFORE_RINGING.isdisjoint(changed) and work_queries.items_of(
        contact.pk, purpose=CALL_BACK
    )
    if unsafe or reopens_decision(changed):
        ask_for_decision(keys=keys, contact=contact, at=at, since=at)


def _nothing(value: object) -> object:
    if isinstance(value, list):
        return []
    if isinstance(value, dict):
        return dict.fromkeys(value, "")
    # Four answers begin as "not asked", which is sent, so that it differs from a field that was not shown.
    return "none" if value in ("yes", "no", "unknown", "none") else ""


def _keep_beside(keys: Keyring, contact: Contact, tab: str, name: str, mine: object, at: datetime) -> None:
    ref = uuid5(_NOTES, f"{tab}:{name}")
    vault.write(
        keys=keys, file=contact.file_id, part=BESIDE, ref=ref, value={"field": name, "value": mine}, at=at
    )


def _copy_work_facts(contact: Contact, values: Mapping[str, Any]) -> None:
    """Language, adult or child and urgency are work facts: lists need them while the vault is locked."""
    facts: dict[str, str] = {}
    if "language" in values:
        facts["language"] = str(values["language"])[:8]
    if values.get("urgency") in Urgency.values:
        facts["urgency"] = values["urgency"]
    if "age_band" in values:
        facts["age_group"] = age_group_of(str(values["age_band"]))
    if facts:
        Contact.objects.filter(pk=contact.pk).update(**facts)
        for name, value in facts.items():
            setattr(contact, name, value)


def age_group_of(band: str) -> str:
    """Adult, child or unknown from a band; in doubt a child, and nothing until it is known."""
    if not band:
        return AgeGroup.UNKNOWN
    return AgeGroup.CHILD if band in words.CHILD_BANDS else AgeGroup.ADULT


def _save_note(keys: Keyring, contact: Contact, typed: CallDraft, by: Staff, at: datetime) -> bool:
    """Keep the author's own note; returns whether another page of hers wrote it in the meantime."""
    ref = note_ref(by.pk)
    kept = vault_queries.read(keys=keys, file=contact.file_id, part=NOTE, ref=ref)
    if (kept.value["text"] if kept else "") == typed.note:
        return False
    clash = kept is not None and kept.version > typed.note_version and kept.value.get("tab") != typed.tab
    if clash:
        _keep_beside(keys, contact, typed.tab, NOTE, typed.note, at)
    else:
        vault.write(
            keys=keys,
            file=contact.file_id,
            part=NOTE,
            ref=ref,
            value={"text": typed.note, "tab": typed.tab},
            at=at,
        )
    return clash


def save_reply(*, keys: Keyring, contact: Contact, text: str, once: str, by: Staff, at: datetime) -> None:
    """Keep the line of a chat that a colleague is writing; what has been said meanwhile does not come back."""
    ref = note_ref(by.pk)
    kept = vault_queries.read(keys=keys, file=contact.file_id, part=REPLY, ref=ref)
    value = dict(kept.value) if kept else {"text": "", "once": "", "said": ""}
    if (once and value["said"] == once) or value["text"] == text:
        return
    new = {**value, "text": text, "once": once}
    vault.write(keys=keys, file=contact.file_id, part=REPLY, ref=ref, value=new, at=at)


def clear_reply(*, keys: Keyring, contact: Contact, once: str, by: Staff, at: datetime) -> None:
    """The line was said: what is kept of it goes, and a draft of it that arrives late is not taken in again."""
    value = {"text": "", "once": "", "said": once}
    vault.write(keys=keys, file=contact.file_id, part=REPLY, ref=note_ref(by.pk), value=value, at=at)


def _save_identity(keys: Keyring, contact: Contact, typed: CallDraft, at: datetime) -> None:
    """What identifies is only ever added to; an empty field leaves what is kept, *forget* removes it."""
    new = {name: value for name, value in typed.identity.items() if value}
    if not new and not typed.forget:
        return
    kept = vault_queries.value_of(keys=keys, file=contact.file_id, part=IDENTITY)
    value = {**{n: v for n, v in kept.items() if n not in typed.forget}, **new}
    if value != kept:
        vault.write(keys=keys, file=contact.file_id, part=IDENTITY, value=value, at=at)
        update_marks(keys=keys, contact=contact, identity=value)


@transaction.atomic
def forget_contact(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """A contact's file is being erased: its drafts go too, and what was due; the row keeps work facts alone."""
    contact = Contact.objects.filter(file=file).first()
    if contact is None:
        case = cases_queries.id_of_file(file)
        if case is not None:
            # An erased case is named nowhere, not even by the contact that it was.
            Contact.objects.filter(became_case=case).update(became_case=None)
        return
    work.cancel_for(subject=contact.pk, at=at)
    Contact.objects.filter(pk=contact.pk).update(phone_mark=no_mark(), name_mark=no_mark())
    if contact.state == words.ContactState.CASE:
        # What comes late from a browser without a line waits for the one who opens line and case.
        return
    forget_chat(contact.pk, at)
    drafts = list(contact.drafts.values_list("pk", flat=True))
    WaitingDraft.objects.filter(pk__in=drafts).delete()
    vault.drop_drafts(drafts)
    Contact.objects.filter(pk=contact.pk).update(
        state=words.ContactState.CLOSED, ended_at=contact.ended_at or at
    )


# -- without a line, or with a locked vault ------------------------------------------------------


@transaction.atomic
def keep_waiting(*, contact: Contact, key: UUID, blob: bytes, by: Staff, at: datetime) -> None:
    """Keep a draft that a browser sealed to the line's key; needs no open vault."""
    draft = vault.keep_draft(society=contact.society_id, sealed=blob)
    WaitingDraft.objects.create(pk=draft, contact=contact, key=key, by=by, kept_at=at)
    if contact.state == words.ContactState.CASE:
        _ask_a_focal_point(contact, at)
    elif contact.state in words.AFTER_THE_CALL:
        # Nobody can read yet what it tells.
        ask_for_decision(keys=None, contact=contact, at=at, since=at)


def _ask_a_focal_point(contact: Contact, at: datetime) -> None:
    # Only she opens both the line's draft and the case.
    leaders = with_permission(contact.society_id, Permission.HOTLINE_LEAD)
    if leaders and not work_queries.items_of(contact.pk, purpose=CAME_LATE):
        work.due(
            READ_LATE_DRAFT,
            DueSubject(contact.society_id, contact.pk, number=contact.number),
            owner=leaders[0],
            at=at,
        )


def keep_locked_draft(
    *, contact: Contact, fields: list[list[str]], signing: bytes, by: Staff, at: datetime
) -> bool:
    """Seal what a page sent while the vault was locked, so that nothing typed is lost.

    ``signing`` is the society's signing key as the writer pinned it. False without a line key that it signed.
    """
    made = vault.seal_draft(
        society=contact.society_id,
        line=contact.line_id,
        file=contact.file_id,
        value={"at": at.isoformat(), "fields": fields},
        signing=signing,
    )
    if made is None:
        return False
    keep_waiting(contact=contact, key=made[0], blob=made[1], by=by, at=at)
    return True


def merge_waiting(*, keys: Keyring, contact: Contact, read: ReadFields, by: Staff, at: datetime) -> int:
    """Write the drafts that waited into the contact, oldest first; returns how many.

    ``read(fields)`` turns the names and values of a form into Typed. A draft that does not open is left for
    a colleague who holds the key that it was sealed to.
    """
    done: list[UUID] = []
    for row in WaitingDraft.objects.filter(contact=contact).select_related("by").order_by("kept_at"):
        value = vault.open_draft(keys=keys, draft=row.pk, key=row.key, file=contact.file_id)
        if not isinstance(value, dict) or not isinstance(value.get("fields"), list):
            continue
        with transaction.atomic():
            save_typed(keys=keys, contact=contact, typed=read(value["fields"]), by=row.by, at=at)
            audit.record(event=events.SAVED_LATER, by=row.by, at=at, about=contact.file_id)
            WaitingDraft.objects.filter(pk=row.pk).delete()
        done.append(row.pk)
    if done:
        vault.drop_drafts(done)
        _read_at_last(keys, contact, at)
    return len(done)


def _read_at_last(keys: Keyring, contact: Contact, at: datetime) -> None:
    """*Decide* stood on the list because nobody could read what waited: it goes where that told of nothing."""
    waiting = work_queries.with_sentences(work_queries.items_of(contact.pk, purpose=DECIDE), keys=keys)
    planned = bool(work_queries.items_of(contact.pk, purpose=CALL_BACK))
    found = summary_of(keys=keys, contact=contact)
    if not any(one.sentence for one in waiting) and not found.must_be_decided(call_back_planned=planned):
        work.cancel_for(subject=contact.pk, purpose=DECIDE, at=at)
