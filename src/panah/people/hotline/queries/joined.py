"""Contacts about one person: found by number or word, and those that a colleague joined. All of it sealed or keyed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.hotline.models import Contact
from panah.people.hotline.queries.contacts import visible
from panah.people.hotline.rules import name_key, phone_key
from panah.people.hotline.words import ContactState
from panah.people.hotline.words.parts import IDENTITY, JOINED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff

# Asked for in steps: whoever rang more often than this is asked for again.
AT_ONCE = 40
# So many of the newest stand on the page; older ones are in the log.
SHOWN = 12
# Field of the sealed identity -> the column with its mark, and what of the field is compared.
MARKED: dict[str, tuple[str, Callable[[str], str]]] = {
    "phone": ("phone_mark", phone_key),
    "called": ("name_mark", name_key),
}


@dataclass(frozen=True)
class EarlierContact:
    """A contact that may be of the same person: found by the number, by the word that was said, or by both."""

    contact: Contact
    by: frozenset[str]


@dataclass(frozen=True)
class JoinedContact:
    """A contact that a colleague joined with another, as that other one keeps it."""

    contact: Contact
    join: UUID
    at: datetime
    # What was due with the one that keeps this ended with the other.
    settled: bool = False


def _marks(keys: Keyring, line: UUID, field: str, key: str, first: int) -> list[tuple[int, bytes]]:
    names = [f"{field} {number} {key}" for number in range(first, first + AT_ONCE)]
    return vault_queries.line_index(keys=keys, line=line, names=names)


def free_mark(*, keys: Keyring, contact: Contact, field: str, text: str) -> bytes | None:
    """Return the first mark of a number or word that no other contact of the line carries; None where there is none.

    Each contact of one number carries another mark, so that the rows do not tell which of them belong together.
    """
    column, key_of = MARKED[field]
    key, first = key_of(text), 0
    while key and (made := _marks(keys, contact.line_id, field, key, first)[:AT_ONCE]):
        others = Contact.objects.filter(**{f"{column}__in": [mark for _n, mark in made]}).exclude(
            pk=contact.pk
        )
        taken = {bytes(one) for one in others.values_list(column, flat=True)}
        for _number, mark in made:
            if mark not in taken:
                return mark
        first += AT_ONCE
    return None


def _found(keys: Keyring, line: UUID, field: str, text: str) -> Iterator[UUID]:
    """The contacts of a line with a number or a word, in steps until one finds nothing."""
    column, key_of = MARKED[field]
    key, first = key_of(text), 0
    while key and (made := _marks(keys, line, field, key, first)):
        rows = list(
            Contact.objects.filter(line=line, **{f"{column}__in": [mark for _n, mark in made]}).values_list(
                "pk", flat=True
            )
        )
        if not rows:
            return
        yield from rows
        first += AT_ONCE


def earlier_contacts(*, keys: Keyring, contact: Contact, to: Staff) -> list[EarlierContact]:
    """Return the contacts of her lines that the number or the word kept with this one fits, newest first.

    What became a case or was erased carries no mark any more: nobody on a call learns that there was one.
    """
    kept = vault_queries.value_of(keys=keys, file=contact.file_id, part=IDENTITY)
    fits: dict[UUID, set[str]] = {}
    for line in vault_queries.lines_held(to):
        for field in MARKED:
            for pk in _found(keys, line, field, str(kept.get(field, ""))):
                fits.setdefault(pk, set()).add(field)
    rows = _whole(fits, to=to).exclude(pk=contact.pk).order_by("-started_at")[:SHOWN]
    return [EarlierContact(row, frozenset(fits[row.pk])) for row in rows]


def _whole(wanted: Iterable[UUID], *, to: Staff) -> QuerySet[Contact]:
    rows = visible(to=to).filter(pk__in=list(wanted), file__erasing_since=None)
    return rows.exclude(state=ContactState.CASE)


def joined_with(*, keys: Keyring | None, contact: Contact, to: Staff) -> list[JoinedContact]:
    """Return the contacts that are joined with this one and still whole, newest first."""
    value = vault_queries.value_of(keys=keys, file=contact.file_id, part=JOINED)
    kept = {UUID(one["contact"]): one for one in value.get("with", [])}
    if not kept:
        return []
    return [
        JoinedContact(
            one,
            UUID(kept[one.pk]["join"]),
            datetime.fromisoformat(kept[one.pk]["at"]),
            bool(kept[one.pk].get("settled")),
        )
        for one in _whole(kept, to=to).order_by("-started_at")
    ]


def repeated(contacts: Iterable[tuple[UUID, UUID | None]], *, keys: Keyring | None) -> set[UUID]:
    """Return the contacts of a list that are joined with one before them: what is one thing stands there once.

    ``contacts`` are (contact, its file) in the order of the list. Nothing is known while the vault is locked.
    """
    listed = list(contacts)
    files = {file for _contact, file in listed if file}
    kept = vault_queries.read_whole(keys=keys, files=files, part=JOINED) if len(files) > 1 else {}
    before: set[UUID] = set()
    again: set[UUID] = set()
    for contact, file in listed:
        told = kept[file].value.get("with", []) if file in kept else []
        (again if before & {UUID(one["contact"]) for one in told} else before).add(contact)
    return again
