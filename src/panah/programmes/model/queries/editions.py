"""The versions of the texts: those that Panah brought, and those that the network made of them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from panah.programmes.model import rules, texts
from panah.programmes.model.models import Edition
from panah.programmes.model.words import EditionState


def editions() -> list[Edition]:
    """Return the versions that the network made itself, the newest first."""
    rows = list(Edition.objects.all())
    return sorted(rows, key=lambda row: rules.version_key(row.version), reverse=True)


def draft() -> Edition | None:
    return next((row for row in editions() if row.state == EditionState.DRAFT), None)


def edition_or_404(pk: UUID) -> Edition:
    return get_object_or_404(Edition, pk=pk)


def versions() -> list[str]:
    """Return what a society can be assessed by, the newest first."""
    own = [row.version for row in editions() if row.state == EditionState.PUBLISHED]
    return sorted([*texts.delivered(), *own], key=rules.version_key, reverse=True)


def current_version() -> str:
    return versions()[0]


def texts_of(version: str) -> texts.Texts:
    """Return the texts of a published version, or nothing there is at that address."""
    if version in texts.delivered():
        return texts.delivered()[version]
    row = Edition.objects.filter(version=version, state=EditionState.PUBLISHED).first()
    if row is None:
        raise Http404
    return dict(row.texts)


def elements(version: str) -> dict[str, texts.Element]:
    """Return the elements of a version in the reader's language, in their order."""
    return texts.read(texts_of(version), get_language() or "en")
