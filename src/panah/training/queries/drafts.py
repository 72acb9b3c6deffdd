"""Modules that are being written."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from panah.training import permissions
from panah.training.models import Module, ModuleDraft

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def drafts(*, to: Staff) -> list[ModuleDraft]:
    """Return the drafts of the society for whoever writes modules."""
    if not permissions.writes_modules(to):
        return []
    return list(ModuleDraft.objects.visible(to=to).select_related("changed_by"))


def is_published(pk: UUID, *, to: Staff) -> bool:
    """Say whether a draft has become a module, which has its id."""
    return bool(Module.objects.visible(to=to).filter(pk=pk).exists())


def own_draft_or_404(pk: UUID, *, to: Staff) -> ModuleDraft:
    rows = (
        ModuleDraft.objects.visible(to=to) if permissions.writes_modules(to) else ModuleDraft.objects.none()
    )
    row: ModuleDraft | None = rows.select_related("changed_by").filter(pk=pk).first()
    if row is None:
        raise Http404(_("There is no such page."))
    return row
