"""How a photograph or a document lies in the vault: in pieces, each locked for its own place.

The content is preceded by its length in eight bytes and filled with zeros to a size in steps (Padmé: the larger, the
wider, never more than an eighth), then cut into pieces of 256 KiB. Its key needs the file's key and a half of its own
in the shred store, so that one attachment can be destroyed in every copy without the file. File, attachment, number
and *is the last* are bound to each piece: what was cut off, put in another order or moved elsewhere does not open.
Frozen like ``seals``; golden examples stand in the tests.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from panah.ground.vault.seals import DoesNotOpen, derive, lock, unlock

PIECE = 256 * 1024
SMALLEST = 16 * 1024
_LENGTH = 8


def attachment_key(data_key: bytes, half: bytes, file: UUID, attachment: UUID) -> bytes:
    """Return the key of one attachment: both the file's key and the attachment's half are needed."""
    return derive(data_key + half, "attachment", file, attachment)


def stepped(size: int) -> int:
    """Return the size in bytes up to which ``size`` bytes are filled (Padmé; at least 16 KiB)."""
    if size <= SMALLEST:
        return SMALLEST
    exponent = size.bit_length() - 1
    loose = exponent - exponent.bit_length()
    mask = (1 << loose) - 1
    return (size + mask) & ~mask


def sealed_pieces(key: bytes, body: bytes, file: UUID, attachment: UUID) -> Iterator[bytes]:
    """Yield the locked pieces of a content, in order."""
    whole = stepped(_LENGTH + len(body))
    last = -(-whole // PIECE) - 1
    view = memoryview(body)
    for number in range(last + 1):
        yield lock(key, _plain(view, number, whole), "piece", file, attachment, number, int(number == last))


def _plain(body: memoryview, number: int, whole: int) -> bytes:
    # Cut piece by piece: a second whole copy of 25 MB in memory serves nobody.
    start, end = number * PIECE - _LENGTH, min((number + 1) * PIECE, whole) - _LENGTH
    head = len(body).to_bytes(_LENGTH, "big") if number == 0 else b""
    plain = head + bytes(body[max(start, 0) : end])
    return plain + bytes(end - start - len(plain))


def opened(key: bytes, pieces: Sequence[bytes], file: UUID, attachment: UUID) -> bytes:
    """Return the content of all its pieces in order, or raise DoesNotOpen if one is missing, moved or changed."""
    if not pieces:
        raise DoesNotOpen
    last = len(pieces) - 1
    out = bytearray()
    length = 0
    for number, piece in enumerate(pieces):
        plain = unlock(key, piece, "piece", file, attachment, number, int(number == last))
        if number == 0:
            length = int.from_bytes(plain[:_LENGTH], "big")
            plain = plain[_LENGTH:]
        out += plain
    if length > len(out):
        raise DoesNotOpen
    return bytes(memoryview(out)[:length])
