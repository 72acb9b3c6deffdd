"""Drafts typed without a line or with a locked vault: sealed to a line's key, kept in the shred store.

Anyone signed in can bring one, since it was sealed to a public key; only holders of the line's key open it.
"""

import json
from typing import Any
from uuid import UUID, uuid4

from panah.vault import shredding
from panah.vault.keyring import Keyring
from panah.vault.queries import line_public
from panah.vault.seals import DoesNotOpen, context, pad, seal, unpad

DRAFT = "draft"


def draft_info(file: UUID) -> bytes:
    """Return the HPKE ``info`` that binds a draft to its file; the browser gets it with the page."""
    return context("draft", file)


def seal_draft(*, society: UUID, line: UUID, file: UUID, value: Any) -> tuple[UUID, bytes] | None:
    """Seal ``value`` (JSON) to the line's key, as a browser would; returns (key id, blob), or None without a key."""
    found = line_public(society, line)
    if found is None:
        return None
    key, public = found
    return key, seal(public, pad(json.dumps(value, ensure_ascii=False).encode()), "draft", file)


def keep_draft(*, society: UUID, sealed: bytes) -> UUID:
    """Keep a sealed draft until someone with the line's key opens it; returns its id."""
    draft = uuid4()
    shredding.put(DRAFT, draft, sealed, society=society)
    return draft


def open_draft(*, keys: Keyring, draft: UUID, key: UUID, file: UUID) -> Any | None:
    """Return the value of a kept draft, or None if it does not open for the asker or is gone."""
    blob = shredding.get(DRAFT, draft)
    held = next((one for one in keys.held() if one.id == key and one.private is not None), None)
    if blob is None or held is None or held.private is None:
        return None
    try:
        return json.loads(unpad(held.private.open(blob, "draft", file)))
    except (DoesNotOpen, ValueError):
        return None


def drop_drafts(drafts: list[UUID]) -> None:
    """Destroy kept drafts once they are written into their file."""
    shredding.drop(DRAFT, drafts)
