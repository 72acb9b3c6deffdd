"""Whom a screening is about: found by the guard of the room that owns the file.

Cases are found here. A room above (calls, say) that wants the same pages over its own files
registers a finder of its own; config calls it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from panah.ground.kit.jinja import url_or_nothing
from panah.ground.vault import queries as vault_queries
from panah.people.cases import queries as cases_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring

KIND_OF_EXPLOITATION = "vic_TypeOfExploitation"


@dataclass(frozen=True)
class ScreeningSubject:
    """What the pages need to know. `age` is the group as it is sealed: adult, child or unknown."""

    number: str
    file: UUID
    age: str
    address: str
    types_of_exploitation: tuple[str, ...] = ()


class ScreeningSubjectFinder(Protocol):
    def __call__(self, number: str, *, to: Staff, keys: Keyring) -> ScreeningSubject | None:
        """Return the subject if this colleague may see it, else None."""


def find_case(number: str, *, to: Staff, keys: Keyring) -> ScreeningSubject | None:
    """A case with a grant of one's own; what is recorded of the kind of exploitation helps to choose."""
    case = cases_queries.by_number(number, to=to)
    if case is None:
        return None
    return ScreeningSubject(
        number=case.number,
        file=case.file_id,
        age=cases_queries.sealed_age(keys=keys, file=case.file_id),
        address=url_or_nothing("cases:case", case.number),
        types_of_exploitation=_recorded(keys, case.file_id),
    )


def _recorded(keys: Keyring, file: UUID) -> tuple[str, ...]:
    parts = vault_queries.read_parts(keys=keys, file=file, names=["codes", "episode"])
    values: list[str] = []
    for sealed in (*parts.get("codes", []), *parts.get("episode", [])):
        codes = sealed.value.get("codes", sealed.value)
        values += codes.get(KIND_OF_EXPLOITATION, {}).get("values", [])
    return tuple(dict.fromkeys(values))


_finders: dict[str, ScreeningSubjectFinder] = {"case": find_case}


def register(kind: str, finder: ScreeningSubjectFinder) -> None:
    """Let files of another kind be screened through the same pages."""
    _finders[kind] = finder


def find(kind: str, number: str, *, to: Staff, keys: Keyring) -> ScreeningSubject | None:
    """Return the subject, or None for a stranger and for what does not exist alike."""
    finder = _finders.get(kind)
    return finder(number, to=to, keys=keys) if finder else None
