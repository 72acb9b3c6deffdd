"""Reading photographs and documents that the asking colleague's keys open."""

from uuid import UUID

from panah.ground.vault import shred_store
from panah.ground.vault.chunked_encryption import attachment_key, opened
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.models import Chunk
from panah.ground.vault.seals import DoesNotOpen

HALF_OF_ATTACHMENT = "attachment"


def content_of(*, keys: Keyring | None, file: UUID, attachment: UUID) -> bytes | None:
    """Return a content as it came, or None if it is destroyed, changed, or closed to the asker.

    Pages show it only after ``actions.show_attachment`` wrote down what for.
    """
    half = shred_store.get(HALF_OF_ATTACHMENT, attachment) if keys is not None else None
    if keys is None or half is None:
        return None
    rows = Chunk.objects.filter(file=file, attachment=attachment).order_by("number")
    try:
        key = attachment_key(keys.open_file(file), half, file, attachment)
        return opened(
            key, [bytes(sealed) for sealed in rows.values_list("sealed", flat=True)], file, attachment
        )
    except DoesNotOpen:
        return None


def attachments_of(file: UUID) -> list[UUID]:
    """Return the ids of everything that is kept with a file, whoever asks: for erasing."""
    return list(Chunk.objects.filter(file=file, number=0).values_list("attachment", flat=True))
