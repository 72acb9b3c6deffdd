"""Names of people who are in no register, and names as printed: sealed under the host's key, bound to their row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.foundation import host_seal
from panah.programmes.training.words import ROOM

if TYPE_CHECKING:
    from uuid import UUID

    from panah.programmes.training.models import AnswerSheet, Certificate, Enrolment


def seal_name(pk: UUID, name: str) -> bytes:
    """Return a name as the row with this id keeps it."""
    return host_seal.seal({"name": name}, what=str(pk), room=ROOM)


def is_erased(row: Enrolment) -> bool:
    """Say whether a name was kept long enough and is gone; a volunteer's is in the register."""
    return row.volunteer_id is None and not bytes(row.sealed_name or b"")


def sealed_name(row: AnswerSheet | Certificate | Enrolment) -> str:
    """Return the name that a row keeps; under the key of another host, a word that it cannot be opened."""
    if not bytes(row.sealed_name or b""):
        return _("name erased")
    try:
        return str(host_seal.unseal(bytes(row.sealed_name or b""), what=str(row.pk), room=ROOM)["name"])
    except host_seal.Unreadable:
        return _("a name that this host cannot open")
