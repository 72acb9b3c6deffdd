"""Modules that are being written."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.audit import queries as audit_queries
from panah.programmes.training import events, permissions
from panah.programmes.training.models import Module, ModuleDraft

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def drafts(*, to: Staff) -> list[ModuleDraft]:
    """Return the drafts of the society for whoever writes modules."""
    if not permissions.writes_modules(to):
        return []
    return list(ModuleDraft.objects.visible(to=to).select_related("changed_by"))


def is_published(pk: UUID, *, to: Staff) -> bool:
    """Say whether a draft has become a module, which has its id."""
    return bool(Module.objects.visible(to=to).filter(pk=pk).exists())


def was_dropped(pk: UUID, *, to: Staff) -> bool:
    """Say whether a draft of the society was thrown away: the journal knows."""
    return pk in audit_queries.abouts_of(to.society_id, event=events.DRAFT_DROPPED.name)


def own_draft(pk: UUID, *, to: Staff) -> ModuleDraft | None:
    """Return a draft of the society for whoever writes modules, or None."""
    if not permissions.writes_modules(to):
        return None
    row: ModuleDraft | None = (
        ModuleDraft.objects.visible(to=to).select_related("changed_by").filter(pk=pk).first()
    )
    return row
