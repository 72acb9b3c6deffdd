"""Good practices of the network's space that a document can be linked with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from panah.cooperation.queries import published

if TYPE_CHECKING:
    from panah.accounts.models import Staff


@dataclass(frozen=True)
class PracticeLink:
    """A practice as a link has it."""

    title: str
    address: str


def practices(*, to: Staff) -> dict[str, PracticeLink]:
    """Return what ``to`` may read of published practices, by the key that a link keeps."""
    return {
        str(one.pk): PracticeLink(
            one.title, reverse("cooperation:told" if one.told else "cooperation:practice", args=[one.pk])
        )
        for one in published(to=to)
    }
