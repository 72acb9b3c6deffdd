"""What goes along when a case goes to another colleague: a stay in a house, followed by whoever holds the case.

Nothing plain joins the two: see ``vault.actions.linked_files``.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from panah.cases.models import Case
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.vault.keyring import Keyring

# Rooms above register which files go along, ``find(keys=, case=, old=)``, and what is done when the new holder has
# them, ``take(keys=, case=, files=, at=)``.
GOES_ALONG: list[Callable[..., Iterable[UUID]]] = []
TAKEN: list[Callable[..., None]] = []


def register_along(find: Callable[..., Iterable[UUID]], take: Callable[..., None]) -> None:
    """Let a room above send files along with a case."""
    if find not in GOES_ALONG:
        GOES_ALONG.append(find)
        TAKEN.append(take)


def pass_along(*, keys: Keyring, case: Case, old: Any, at: datetime) -> None:
    """Seal in the case what its new holder needs beside it; written each time, so that it tells nothing."""
    files = {file for find in GOES_ALONG for file in find(keys=keys, case=case, old=old)}
    vault.pass_along(keys=keys, into=case.file_id, files=files, at=at)


@transaction.atomic
def take_over(*, keys: Keyring | None, case: Case, at: datetime) -> None:
    """The new holder opens the case: what was passed along is hers from now on."""
    if (
        keys is None
        or case.owner_id != keys.staff.pk
        or not vault_queries.opens(keys=keys, file=case.file_id)
    ):
        return
    files = vault.take_passed(keys=keys, file=case.file_id, at=at)
    for take in TAKEN if files else ():
        take(keys=keys, case=case, files=files, at=at)
