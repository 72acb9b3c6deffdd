"""Exact counts of releases, in the shred store, sealed to the facts key: opened in the session of whoever holds it.

They are needed once more when the same people are counted again: only with them is it known who was added or left.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.vault import actions as vault
from panah.ground.vault.society_seals import open_with_society_key, seal_to_society_key
from panah.ground.vault.words import KeyKind
from panah.programmes.evidence import queries
from panah.programmes.evidence.kept_tables import ExactTable
from panah.programmes.evidence.models import Release
from panah.programmes.evidence.words import Product, ReleaseState

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring

KIND = "counts"


def seal_counts(release: Release, exact: list[ExactTable], *, keys: Keyring) -> None:
    """Put the exact counts of a release away."""
    plain = zlib.compress(json.dumps(exact, separators=(",", ":")).encode())
    sealed = seal_to_society_key(keys, KeyKind.FACTS, plain, KIND, release.pk)
    vault.store_blob(kind=KIND, key=release.pk, sealed=sealed, society=release.society_id)


def open_counts(release: Release, *, keys: Keyring) -> list[ExactTable] | None:
    """Return the exact counts of a release; None where they are gone, or do not open with these keys."""
    sealed = vault.load_blob(kind=KIND, key=release.pk)
    if sealed is None:
        return None
    plain = open_with_society_key(keys, KeyKind.FACTS, sealed, KIND, release.pk)
    return None if plain is None else json.loads(zlib.decompress(plain))


def forget_counts(release: Release) -> None:
    """A release that never leaves needs none."""
    vault.destroy(kind=KIND, keys=[release.pk])


def counts_needed(society: UUID) -> Iterable[UUID]:
    """Return the releases whose counts must stay in the shred store, for the vault's sweeping.

    Also those that left as the journal tells it, whatever became of their rows: what is swept never comes back.
    """
    rows = Release.objects.filter(society=society, product=Product.TABLES, prepared_at__isnull=False)
    kept = rows.exclude(state=ReleaseState.REFUSED).values_list("pk", flat=True)
    return {*kept, *queries.states_by_journal(society)}
