"""What a room seals to a key of its society, with the generation that opens it in front."""

from uuid import UUID

from panah.ground.vault.errors import no_society_keys
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import DoesNotOpen, pad, seal, unpad
from panah.ground.vault.words import KeyKind


def seal_to_society_key(keys: Keyring, kind: KeyKind, plain: bytes, what: str, row: UUID) -> bytes:
    """Seal what only those who hold this key may read; ``what`` and ``row`` say what it is."""
    key = keys.society_key(kind)
    if key is None:
        raise no_society_keys()
    sealed = seal(bytes(key.public), pad(plain), what, keys.staff.society_id, row)
    return key.generation.to_bytes(4, "big") + sealed


def open_with_society_key(keys: Keyring, kind: KeyKind, blob: bytes, what: str, row: UUID) -> bytes | None:
    """Return what was sealed so, None for whoever does not hold that generation of the key or where it was changed."""
    generation = int.from_bytes(blob[:4], "big")
    held = next((one for one in keys.held() if (one.kind, one.generation) == (kind, generation)), None)
    if held is None or held.private is None:
        return None
    try:
        return unpad(held.private.open(blob[4:], what, keys.staff.society_id, row))
    except DoesNotOpen:
        return None
