"""The content of what arrived, for whoever goes on with it, and what it is made into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.sealed_body import seal_body
from panah.ground.vault.words import RevealPurpose
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, Sentence
from panah.people.inbox import events, rules
from panah.people.inbox.actions.opening import add_item_for, content_of, end_arrival, locked_row, not_opened
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import ASKED, BODY, GO_ON, OPEN, OVER, PAST_INTAKE, ROOM, ArrivalState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class CheckedContent:
    """The content as it arrived, and as its reader corrected it."""

    names: tuple[str, ...]
    phones: tuple[str, ...]
    language: str
    age_group: str
    urgency: str
    note: Sentence
    came_at: datetime
    # Two letters, where the person is; "" where nobody said.
    country: str = ""
    # What was said about calling back: see ``call_back_in``.
    call_back: Mapping[str, str] = field(default_factory=dict)
    # (name, content) of files that go along where what it becomes keeps any.
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class Converted:
    """What it became: room, subject and file, and where it opens for whoever made it ("" where it is not hers)."""

    room: str
    subject: UUID
    href: str
    file: UUID


@transaction.atomic
def seal_anew(
    *,
    arrival: Arrival,
    public: bytes,
    content: dict[str, object],
    owner: Staff,
    room: str,
    subject: UUID,
    number: str,
    file: UUID,
    by: Staff,
    at: datetime,
) -> None:
    """Seal what is open anew to a key of a conversation, for whoever it belongs to; it waits there unopened."""
    row = locked_row(arrival)
    vault.store_blob(
        kind=BODY, key=row.pk, sealed=seal_body(public, content, bytes(row.header)), society=row.society_id
    )
    work.cancel_for(subject=row.pk, at=at)
    row.to_key, row.room, row.subject, row.owner = "conversation", room, subject, owner
    row.state, row.opened_at, row.opened_by = ArrivalState.SEALED, None, None
    row.open_by = rules.open_by(urgency=row.urgency, arrived=at)
    row.remind_at = row.open_by
    row.save()
    work.add_item(
        keys=None, society=row.society_id, kind=DueKind.ANSWER, due_at=row.open_by, room=ROOM, subject=row.pk,
        at=at, owner=owner, urgency=row.urgency, purpose=OPEN, number=number, file=file, language=row.language,
    )  # fmt: skip
    audit.record(event=events.PASSED_ON, by=by, at=at, about=row.pk)
    work.send_word(to=owner, kind="arrival", at=at)
    arrival.refresh_from_db()


@transaction.atomic
def pass_to_readers(*, arrival: Arrival, by: Staff, at: datetime, subject: UUID) -> None:
    """It is about somebody who works here, and stands as a complaint now: gone from every list, also as having been."""
    row = locked_row(arrival)
    if row.state == ArrivalState.SEALED:
        raise not_opened()
    row.past_intake, row.room, row.subject = True, PAST_INTAKE, subject
    row.save(update_fields=["past_intake"])
    end_arrival(row, ArrivalState.SETTLED, by, at)
    arrival.refresh_from_db()


@transaction.atomic
def hide_settled(*, arrival: Arrival, subject: UUID) -> None:
    """What was answered or closed before also goes past the intake: its outside is there for those readers alone."""
    over = Arrival.objects.filter(pk=arrival.pk, state__in=OVER, room="")
    over.update(past_intake=True, room=PAST_INTAKE, subject=subject)
    arrival.refresh_from_db()


@transaction.atomic
def wait_for_words(*, arrival: Arrival, by: Staff, at: datetime) -> None:
    """Something was asked back: it is looked at again in a week (danger: an hour), or when the writer says more."""
    row = locked_row(arrival)
    work.complete_for(subject=row.pk, purpose=GO_ON, by=by, at=at)
    work.cancel_for(subject=row.pk, purpose=ASKED, at=at)
    urgency = "now" if row.urgency == "now" else "later"
    again = rules.asked_until(urgency=urgency, at=at)
    add_item_for(by, row, purpose=ASKED, kind=DueKind.REVIEW, due_at=again, urgency=urgency, at=at)


@transaction.atomic
def words_came(*, arrival: Arrival, at: datetime) -> None:
    """Whoever was asked something has said more: nobody waits for it any longer."""
    work.cancel_for(subject=arrival.pk, purpose=ASKED, at=at)


def fields_in(content: dict[str, object]) -> list[tuple[str, str]]:
    """Return a content as (name, text), for a kind without a page of its own."""
    return rules.fields_of(content)


def person_in(content: dict[str, object]) -> rules.ArrivalPerson:
    """Return the person whom a content is about, as far as it says."""
    return rules.person_of(content)


def call_back_in(content: dict[str, object]) -> dict[str, str]:
    """Return what somebody who left a number said about ringing; empty where none was left.

    Names: ``ring`` (yes or no), ``whose``, ``hours``, ``until``, ``other``.
    """
    said = content.get("call_back")
    if not isinstance(said, Mapping):
        return {}
    return {name: str(said.get(name) or "")[:1000] for name in ("ring", "whose", "hours", "until", "other")}


def content_for_work(*, keys: Keyring, arrival: Arrival, at: datetime) -> dict[str, object]:
    """Return the content for whoever works with it; after her time to read, it is opened again for that purpose."""
    content = content_of(keys=keys, arrival=arrival, at=at)
    if content is None:
        content = content_of(keys=keys, arrival=arrival, at=at, purpose=RevealPurpose.ASSIST)
    if content is None:
        raise not_opened()
    return content
