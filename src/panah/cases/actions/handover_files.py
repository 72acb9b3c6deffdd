"""Files handed over with a case, such as its stay in a shelter: they follow the holder of the case.

Nothing plain joins the two: see ``vault.actions.linked_files``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from panah.cases.models import Case
from panah.foundation.registry import Registry
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.vault.keyring import Keyring


@dataclass(frozen=True)
class FilesAlong:
    """Which files go along, ``find(keys=, case=, old=)``; what is done when the new holder has them.

    ``take(keys=, case=, files=, at=)``.
    """

    find: Callable[..., Iterable[UUID]]
    take: Callable[..., None]


GOES_ALONG: Registry[FilesAlong] = Registry("files that go along with a case")


def pass_along(*, keys: Keyring, case: Case, old: object, at: datetime) -> None:
    """Seal in the case what its new holder needs beside it; written each time, so that it tells nothing."""
    files = {file for along in GOES_ALONG for file in along.find(keys=keys, case=case, old=old)}
    vault.hand_over_linked_files(keys=keys, into=case.file_id, files=files, at=at)


@transaction.atomic
def take_over(*, keys: Keyring | None, case: Case, at: datetime) -> None:
    """Called when the new holder opens the case: the files handed over with it become hers."""
    if (
        keys is None
        or case.owner_id != keys.staff.pk
        or not vault_queries.opens(keys=keys, file=case.file_id)
    ):
        return
    files = vault.take_over_linked_files(keys=keys, file=case.file_id, at=at)
    for along in GOES_ALONG if files else ():
        along.take(keys=keys, case=case, files=files, at=at)
