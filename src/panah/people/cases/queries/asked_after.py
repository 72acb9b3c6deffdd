"""Requests that name the person of a case, as far as whoever reads opens its file."""

from uuid import UUID

from panah.ground.vault import queries as vault_queries
from panah.ground.vault import waiting_parts
from panah.ground.vault.keyring import Keyring
from panah.people.cases.models import Case
from panah.people.cases.rules import hears
from panah.people.cases.words import CasePart


def asked_after(*, keys: Keyring | None, file: UUID) -> list[vault_queries.DecryptedPart]:
    """Return what asked about the person, oldest first, with what was said about her hearing of it."""
    return vault_queries.read_all(keys=keys, file=file, part=CasePart.ASKED_AFTER)


def is_decided(part: vault_queries.DecryptedPart) -> bool:
    return bool(hears(part.value["votes"]))


def linked_cases(*, keys: Keyring, file: UUID, request: UUID) -> dict[str, str]:
    """Return by the numbers of the cases with which a request (its file) was linked what two decided there: ``Hears``.

    Empty while they have not, and of a case that whoever asks does not open.
    """
    parts = waiting_parts.read_all(keys=keys, file=file, part=CasePart.ASKED_AFTER)
    return {str(part.value["number"]): _decided(keys, UUID(part.value["case"]), request) for part in parts}


def _decided(keys: Keyring, pk: UUID, request: UUID) -> str:
    case = Case.objects.filter(pk=pk, society=keys.staff.society_id).first()
    parts = asked_after(keys=keys, file=case.file_id) if case else []
    votes = (part.value["votes"] for part in parts if part.value["request"] == str(request))
    return next((hears(vote) for vote in votes), "")
