"""Good practices and meetings of the network's space: a document is linked with them, the search finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from panah.programmes.cooperation.queries import published
from panah.programmes.cooperation.words import Kind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class PracticeLink:
    """A practice as a link has it."""

    title: str
    address: str


def practices(*, to: Staff) -> dict[str, PracticeLink]:
    """Return what ``to`` may read of published practices, by the key that a link keeps."""
    return {
        str(one.pk): PracticeLink(one.title, address_of(Kind.PRACTICE, one.pk, told=one.told))
        for one in published(to=to)
    }


def address_of(kind: Kind, pk: UUID, *, told: bool) -> str:
    """Return the page of a practice or a meeting, or of what another society tells of one."""
    return reverse("cooperation:told" if told else f"cooperation:{kind.value}", args=[pk])
