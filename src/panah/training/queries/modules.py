"""Modules: what Panah brings, and what a society has adopted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from panah.training.curricula import Curriculum, delivered
from panah.training.models import Module

if TYPE_CHECKING:
    from panah.accounts.models import Staff


@dataclass(frozen=True)
class ModuleRow:
    """A module on the list: as it is taught here, or as Panah brings it and nobody has adopted it yet."""

    curriculum: Curriculum
    row: Module | None
    # Panah brings a newer version than the one that is taught here.
    newer: bool


def adopted(*, to: Staff, teachable: bool = True) -> list[Module]:
    """Return the versions that a society adopted; ``teachable``: only those for new courses."""
    rows = Module.objects.visible(to=to)
    return list(rows.filter(retired_on=None) if teachable else rows)


def adopted_or_404(pk: UUID, *, to: Staff) -> Module:
    return get_object_or_404(Module.objects.visible(to=to), pk=pk)


def delivered_or_404(slug: str) -> dict[str, Curriculum]:
    found = delivered().get(slug)
    if found is None:
        raise Http404
    return found


def in_language(languages: dict[str, Curriculum]) -> Curriculum:
    """The curriculum in the reader's language, else in English, else in whatever there is."""
    reader = get_language() or "en"
    return languages.get(reader) or languages.get("en") or next(iter(languages.values()))


def module_rows(*, to: Staff) -> list[ModuleRow]:
    """Return every module once: the version taught here where there is one, else what Panah brings."""
    mine: dict[str, Module] = {}
    for row in adopted(to=to):
        mine.setdefault(row.slug, row)
    brought = {slug: in_language(languages) for slug, languages in delivered().items()}
    found = []
    for slug in dict.fromkeys([*brought, *mine]):
        own, new = mine.get(slug), brought.get(slug)
        shown = own.in_language(get_language() or "en") if own else new
        if shown is not None:
            newer = own is not None and new is not None and new.version > own.version
            found.append(ModuleRow(shown, own, newer))
    return found
