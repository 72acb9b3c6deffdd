"""What opens a marked picture, kept apart from the words that it came with: it opens when those are settled.

It is sealed for those who may look: to the intake key, or past the intake to each of its readers.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction

from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.sealed_body import open_body, seal_body
from panah.ground.vault.seals import DoesNotOpen
from panah.ground.vault.words import KeyKind
from panah.people.inbox import sealed_to_readers
from panah.people.inbox.words import TO_READERS
from panah.people.intake import permissions
from panah.people.intake.models import MarkedPicture
from panah.people.intake.words import PICTURE_KEY
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.queries import FileEntry


def keep_key(picture: MarkedPicture, entry: FileEntry) -> None:
    """Seal what opens a picture for those who may look at it; what was sealed before is written over."""
    content, header = {"files": [reporters_queries.said_of(entry)]}, picture.pk.bytes
    if picture.arrival.past_intake:
        keys = vault_queries.key_states([one.pk for one in permissions.readers_who_see(picture.arrival)])
        publics = {who: key.public for who, key in keys.items() if key.state == "admitted"}
        body, to_key = sealed_to_readers.seal_to_readers(publics, content, header), TO_READERS
    else:
        key = vault_queries.intake_key(picture.society_id)
        if key is None:
            return
        body, to_key = seal_body(key.public, content, header), f"intake:{key.generation}"
    vault.store_blob(kind=PICTURE_KEY, key=picture.pk, sealed=body, society=picture.society_id)
    picture.to_key = to_key
    picture.save(update_fields=["to_key"])


def entry_of(keys: Keyring, picture: MarkedPicture) -> FileEntry | None:
    """Return what opens a picture, or None where no key of this colleague's does."""
    body = vault.load_blob(kind=PICTURE_KEY, key=picture.pk) or b""
    try:
        if picture.to_key == TO_READERS:
            private = keys.private
            body = sealed_to_readers.part_of(body, keys.staff.pk)
        else:
            held = (one for one in keys.held() if one.kind == KeyKind.INTAKE)
            found = next((one for one in held if f"intake:{one.generation}" == picture.to_key), None)
            if found is None or found.private is None:
                return None
            private = found.private
        (entry,) = reporters_queries.entries_in(open_body(private, body, picture.pk.bytes))
    except (DoesNotOpen, ValueError):
        return None
    return entry if entry.id == picture.upload else None


def drop_key(picture: MarkedPicture) -> None:
    """Destroy what opens a picture, in every copy, once the transaction stands."""
    transaction.on_commit(partial(vault.destroy, kind=PICTURE_KEY, keys=[picture.pk]))
