"""What follows a restored database: what still opens, and new code apps where the host's keys were lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connections, transaction
from django.db.utils import DatabaseError

from panah.accounts import actions as accounts
from panah.vault import shred_store
from panah.vault.actions.staff_keys import new_invitation
from panah.vault.focal_points import focal_point_ids
from panah.vault.keyring import HALF
from panah.vault.models import File, PendingSignIn, StaffKey, VaultSession


@dataclass(frozen=True)
class Restored:
    """Sealed files in the database, those whose half is gone, and (name, token) of new links."""

    files: int
    without_half: int
    links: list[tuple[str, str]]


def copies_here() -> int:
    """Return how many copies of the shred store are on this machine with their keys and hold anything."""
    return sum(_holds_anything(store) for store in shred_store.copies())


def _holds_anything(store: shred_store.Store) -> bool:
    where = connections[store.alias].settings_dict["NAME"]
    if connections[store.alias].vendor == "sqlite" and not Path(where).exists():
        return False
    try:
        return bool(store.keys.load()) and store.opens_something()
    except DatabaseError:
        return False


def after(*, at: datetime, new_code_apps: bool) -> Restored:
    """End every sign-in of the old machine, count what opens, and make links where code apps are lost."""
    # A sign-in that was ended after the backup was made must not be good again.
    accounts.end_every_session()
    VaultSession.objects.all().delete()
    PendingSignIn.objects.all().delete()
    ids = list(File.objects.filter(erased_at=None).values_list("pk", flat=True))
    there = set(shred_store.keys_of(HALF)) if copies_here() else set()
    links = _new_code_apps(at) if new_code_apps else []
    return Restored(len(ids), sum(pk not in there for pk in ids), links)


@transaction.atomic
def _new_code_apps(at: datetime) -> list[tuple[str, str]]:
    # The old secrets are locked under a key that is gone: a code can never fit again.
    Authenticator.objects.all().delete()
    return [
        (person.staff.username, new_invitation(person.staff, at))
        for society in _societies()
        for person in StaffKey.objects.filter(staff__in=focal_point_ids(society)).select_related("staff")
    ]


def _societies() -> Iterable[UUID]:
    return set(StaffKey.objects.values_list("staff__society", flat=True))
