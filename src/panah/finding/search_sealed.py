"""What is sealed to the society's search key."""

from uuid import UUID

from panah.vault.keyring import Keyring
from panah.vault.society_seals import open_with_society_key, seal_to_society_key
from panah.vault.words import KeyKind


def seal_to_search_key(keys: Keyring, plain: bytes, what: str, row: UUID) -> bytes:
    """Seal what only those who hold the search key may read; ``what`` and ``row`` say what it is."""
    return seal_to_society_key(keys, KeyKind.SEARCH, plain, what, row)


def open_with_search_key(keys: Keyring, blob: bytes, what: str, row: UUID) -> bytes | None:
    """Return what was sealed so, None for whoever does not hold that generation of the key or where it was changed."""
    return open_with_society_key(keys, KeyKind.SEARCH, blob, what, row)
