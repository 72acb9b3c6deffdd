"""Files handed over with a case, such as its stay in a shelter: they follow the holder of the case.

Nothing joins the two: what goes along is sealed to the new holder and written by the node, at a time of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.foundation import tenancy
from panah.ground.foundation.registry import Registry
from panah.ground.vault import actions as vault
from panah.ground.vault import later
from panah.ground.vault.keyring import Keyring
from panah.people.cases.models import Case

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ALONG = "along"


@dataclass(frozen=True)
class FilesAlong:
    """Which files go along with a case, ``find(keys=, case=, old=)``: those in one list go at one time.

    ``take(to=, before=, grants=, at=)`` is what the node does later, without a key: ``before`` is the id of who had
    them, ``grants`` is sealed to ``to``, by file.
    """

    find: Callable[..., Iterable[Sequence[UUID]]]
    take: Callable[..., None]


GOES_ALONG: Registry[FilesAlong] = Registry("files that go along with a case")


def pass_along(*, keys: Keyring, case: Case, old: Staff, to: Staff, at: datetime) -> None:
    """Let wait what goes along to the new holder; called for every case, so that it tells nothing."""
    # Each at a time of its own: a stay and a household that went along together would be joined too.
    passed = [
        _sealed(keys, case, str(old.pk), to, dict.fromkeys(files))
        for along in GOES_ALONG
        for files in along.find(keys=keys, case=case, old=old)
    ]
    # What the holder before had not got yet goes on to the next one.
    for one in later.waiting(society=case.society_id, what=ALONG):
        if one.value["case"] == str(case.pk) and one.value["to"] == str(old.pk):
            grants = {UUID(file): kept for file, kept in one.value["grants"].items()}
            passed.append(_sealed(keys, case, one.value["before"], to, grants))
    later.add(society=case.society_id, what=ALONG, values=[one for one in passed if one["grants"]], at=at)


def _sealed(
    keys: Keyring, case: Case, before: str, to: Staff, files: Mapping[UUID, vault.SealedGrant | None]
) -> dict[str, object]:
    sealed = {
        str(file): vault.seal_grant(keys=keys, file=file, to=to, waiting=kept) for file, kept in files.items()
    }
    grants = {file: kept for file, kept in sealed.items() if kept}
    return {"case": str(case.pk), "before": before, "to": str(to.pk), "grants": grants}


def move_files_along(*, at: datetime) -> int:
    """Write what waits and whose time has come; returns how much. What was handed on meanwhile goes another way."""
    society = tenancy.current_tenant()
    if society is None:
        return 0
    due = later.due(society=society, what=ALONG, at=at)
    for one in due:
        case = (
            Case.objects.filter(pk=one.value["case"], owner=one.value["to"]).select_related("owner").first()
        )
        grants = {UUID(file): kept for file, kept in one.value["grants"].items()}
        if case is not None:
            for along in GOES_ALONG:
                along.take(to=case.owner, before=UUID(one.value["before"]), grants=grants, at=at)
    later.settle(society=society, done=[one.id for one in due])
    return len(due)
