"""What a consent is about: the rooms above say how to find it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Branch
    from panah.ground.vault.keyring import Keyring


@dataclass(frozen=True)
class ConsentSubject:
    """A case, as much of it as this room needs. ``age_group``: unknown | adult | child."""

    id: UUID
    file: UUID
    number: str
    age_group: str
    language: str
    href: str
    society: UUID
    branch: Branch | None = None
    owner: Staff | None = None


SubjectFinder = Callable[..., ConsentSubject | None]
FINDERS: Registry[SubjectFinder] = Registry("what a consent can be about")


def load(number: str, *, to: Staff, keys: Keyring | None) -> ConsentSubject:
    """Return what the number names if ``to`` may see it, with the age as it is sealed.

    The same 404 for others' as for none.
    """
    for find in FINDERS:
        found = find(number, to=to, keys=keys)
        if found is not None:
            return found
    raise Http404


# ``ask(keys=, file=) -> bool``, whether a guardian of this person may be involved.
INVOLVED: Registry[Callable[..., bool]] = Registry("who knows of a guardian")


def guardian_may_be_involved(*, keys: Keyring | None, file: UUID) -> bool:
    """Whether the room that holds the file knows of a guardian of whom it is not clear that she is not involved."""
    return any(ask(keys=keys, file=file) for ask in INVOLVED)
