"""Names of people who are in no register, and names as printed: sealed under the host's key, bound to their row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.foundation import host_seal
from panah.training.words import ROOM

if TYPE_CHECKING:
    from uuid import UUID

    from panah.training.models import AnswerSheet, Certificate, Enrolment


def seal_name(pk: UUID, name: str) -> bytes:
    """Return a name as the row with this id keeps it."""
    return host_seal.seal({"name": name}, what=str(pk), room=ROOM)


def sealed_name(row: AnswerSheet | Certificate | Enrolment) -> str:
    """Return the name that a row keeps; under the key of another host, a word that it cannot be opened."""
    try:
        return str(host_seal.unseal(bytes(row.sealed_name or b""), what=str(row.pk), room=ROOM)["name"])
    except host_seal.Unreadable:
        return _("a name that this host cannot open")
