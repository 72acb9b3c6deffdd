"""What is sealed to the society's search key, with the generation that opens it in front."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.foundation.errors import Refusal
from panah.vault.keyring import Keyring
from panah.vault.seals import DoesNotOpen, pad, seal, unpad
from panah.vault.words import KeyKind


def seal_to_search_key(keys: Keyring, plain: bytes, what: str, row: UUID) -> bytes:
    """Seal what only those who hold the search key may read; ``what`` and ``row`` say what it is."""
    key = keys.society_key(KeyKind.SEARCH)
    if key is None:
        raise Refusal(_("The society has no keys yet."), code="no-society-keys")
    sealed = seal(bytes(key.public), pad(plain), what, keys.staff.society_id, row)
    return key.generation.to_bytes(4, "big") + sealed


def open_with_search_key(keys: Keyring, blob: bytes, what: str, row: UUID) -> bytes | None:
    """Return what was sealed so, None for whoever does not hold that generation of the key or where it was changed."""
    for held in keys.held():
        if (
            held.kind == KeyKind.SEARCH
            and held.private
            and held.generation == int.from_bytes(blob[:4], "big")
        ):
            try:
                return unpad(held.private.open(blob[4:], what, keys.staff.society_id, row))
            except DoesNotOpen:
                return None
    return None
