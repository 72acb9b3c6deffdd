"""Modules: what Panah brings, and what a society has adopted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from panah.programmes.training.curricula import Curriculum, delivered, language_among
from panah.programmes.training.drafting import OWN
from panah.programmes.training.models import Module
from panah.programmes.training.models.courses import curriculum_in

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class ModuleRow:
    """A module on the list: as it is taught here, or as Panah brings it and nobody has adopted it yet."""

    curriculum: Curriculum
    row: Module | None
    # Panah brings a newer version than the one that is taught here, or that it was copied from.
    newer: str


def adopted(*, to: Staff, teachable: bool = True) -> list[Module]:
    """Return the versions that a society adopted; ``teachable``: only those for new courses."""
    rows = Module.objects.visible(to=to)
    return list(rows.filter(retired_on=None) if teachable else rows)


def adopted_or_404(pk: UUID, *, to: Staff) -> Module:
    return get_object_or_404(Module.objects.visible(to=to), pk=pk)


def own_modules(*, to: Staff) -> list[Module]:
    """Return the modules that a society wrote itself, each in the version for now."""
    return [row for row in adopted(to=to) if row.slug.startswith(OWN)]


def covered_by(rows: Iterable[Module]) -> set[str]:
    """What was copied and is taught in the society's own words is not offered beside it: the slugs of that."""
    return {row.based_on for row in rows if row.based_on and row.retired_on is None}


def titles_of(pks: Collection[UUID]) -> dict[UUID, str]:
    """Return what versions of modules are called, in the reader's language where it is there."""
    reader = get_language() or "en"
    rows = Module.objects.filter(pk__in=pks).values_list("pk", "content") if pks else ()
    return {pk: curriculum_in(content, reader).title for pk, content in rows}


def delivered_or_404(slug: str) -> dict[str, Curriculum]:
    found = delivered().get(slug)
    if found is None:
        raise Http404
    return found


def in_language(languages: dict[str, Curriculum]) -> Curriculum:
    """The curriculum in the reader's language, else in what most here read, else in whatever there is."""
    return languages[language_among(languages, get_language())]


def module_rows(*, to: Staff) -> list[ModuleRow]:
    """Return every module once: the version taught here where there is one, else what Panah brings."""
    mine: dict[str, Module] = {}
    for row in adopted(to=to):
        mine.setdefault(row.slug, row)
    brought = {slug: in_language(languages) for slug, languages in delivered().items()}
    covered = covered_by(mine.values())
    found = []
    for slug in dict.fromkeys([*brought, *mine]):
        own, new = mine.get(slug), brought.get(slug)
        shown = own.in_language(get_language() or "en") if own else new
        if shown is not None and (own is not None or slug not in covered):
            found.append(ModuleRow(shown, own, _newer(own, brought)))
    return found


def _newer(own: Module | None, brought: Mapping[str, Curriculum]) -> str:
    """Return the slug under which Panah brings something newer than what is taught here, or ""."""
    if own is None:
        return ""
    slug, version = (own.based_on, own.based_version) if own.based_on else (own.slug, own.version)
    return slug if slug in brought and brought[slug].version > version else ""


def versions_of(row: Module, *, to: Staff) -> list[Module]:
    """Return all versions of a module, the newest first: courses keep the one that they were held with."""
    return list(Module.objects.visible(to=to).filter(slug=row.slug).order_by("-version"))
