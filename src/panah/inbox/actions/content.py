"""The content of what arrived, for whoever goes on with it, and what it is made into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from panah.inbox import rules
from panah.inbox.actions.opening import content_of, not_opened
from panah.inbox.models import Arrival
from panah.vault.keyring import Keyring
from panah.vault.words import RevealPurpose
from panah.work.words import Sentence


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
    # What was said about calling back: see ``call_back_in``.
    call_back: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Converted:
    """What it became: room and subject, and where it opens for whoever made it ("" where it is not hers)."""

    room: str
    subject: UUID
    href: str


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


def content_for_work(*, keys: Keyring, arrival: Arrival, at: datetime) -> dict[str, Any]:
    """Return the content for whoever works with it; after her time to read, it is opened again for that purpose."""
    content = content_of(keys=keys, arrival=arrival, at=at)
    if content is None:
        content = content_of(keys=keys, arrival=arrival, at=at, purpose=RevealPurpose.ASSIST)
    if content is None:
        raise not_opened()
    return content
