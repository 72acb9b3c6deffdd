"""Drafts typed without a line or with a locked vault: sealed to a line's key, kept in the shred store.

Anyone signed in can bring one, since it was sealed to a public key; only holders of the line's key open it.
"""

import json
from uuid import UUID, uuid4

from panah.ground.vault import shred_store
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.seals import DoesNotOpen, context, pad, seal, signed, unpad
from panah.ground.vault.words import KeyKind

DRAFT = "draft"


def draft_info(file: UUID) -> bytes:
    """Return the HPKE ``info`` that binds a draft to its file; the browser gets it with the page."""
    return context("draft", file)


def seal_draft(
    *, society: UUID, line: UUID, file: UUID, value: object, signing: bytes
) -> tuple[UUID, bytes] | None:
    """Seal ``value`` (JSON) to the line's key, as a browser would; returns (key id, blob).

    ``signing`` is the society's signing key as the writer pinned it, empty before she did. None when there is no
    key of the line, or one that the society did not sign: nothing may be sealed to that.
    """
    row = current_key(society, KeyKind.LINE, line)
    if row is None:
        return None
    what = (society, row.kind, row.line or "", row.generation, bytes(row.public))
    if signing and not signed(signing, bytes(row.signature), "society key", *what):
        return None
    plain = pad(json.dumps(value, ensure_ascii=False).encode())
    return row.pk, seal(bytes(row.public), plain, "draft", file)


def keep_draft(*, society: UUID, sealed: bytes) -> UUID:
    """Keep a sealed draft until someone with the line's key opens it; returns its id."""
    draft = uuid4()
    shred_store.put(DRAFT, draft, sealed, society=society)
    return draft


def open_draft(*, keys: Keyring, draft: UUID, key: UUID, file: UUID) -> object:
    """Return the value of a kept draft, or None if it does not open for the asker or is gone."""
    blob = shred_store.get(DRAFT, draft)
    held = next((one for one in keys.held() if one.id == key and one.private is not None), None)
    if blob is None or held is None or held.private is None:
        return None
    try:
        return json.loads(unpad(held.private.open(blob, "draft", file)))
    except (DoesNotOpen, ValueError):
        return None


def drop_drafts(drafts: list[UUID]) -> None:
    """Destroy kept drafts once they are written into their file."""
    shred_store.drop(DRAFT, drafts)
