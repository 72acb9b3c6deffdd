"""Addresses of tests and certificates for strangers: 144 bits made from the host's key, found again by their hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from panah.ground.foundation import host_seal, tenancy
from panah.ground.network.queries import society_where
from panah.programmes.training.models import Certificate, KnowledgeTest
from panah.programmes.training.words import ROOM

BYTES = 18


def token_of(pk: UUID) -> str:
    """The token of a test's or a certificate's address: made anew whenever it is shown, kept nowhere."""
    return base64.urlsafe_b64encode(
        host_seal.mark(str(pk), what="public address", room=ROOM)[:BYTES]
    ).decode()


def hash_of(token: str) -> bytes:
    return hashlib.sha256(b"panah training" + token.encode()).digest()


@contextmanager
def found_by_token[Row: (KnowledgeTest, Certificate)](model: type[Row], token: str) -> Iterator[Row | None]:
    """Give the row that a stranger's address names, inside the walls of its society; None where there is none."""
    rows = model._default_manager.filter(token_hash=hash_of(token))
    society = society_where(lambda one: rows.filter(course__society=one).exists())
    with tenancy.tenant_context(society):
        yield rows.filter(course__society=society).select_related("course").first()
