"""Campaigns of a branch and of its society; goals to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from panah.ground.foundation.paging import page_by_day
from panah.programmes.prevention.models import Campaign, Goal, Material

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def campaigns(*, to: Staff, after: str = "") -> tuple[list[Campaign], str]:
    return page_by_day(Campaign.objects.all().seen(by=to).select_related("branch"), "begins_on", after)


def campaign_or_404(pk: UUID, *, to: Staff) -> Campaign:
    return get_object_or_404(Campaign.objects.all().seen(by=to).select_related("branch"), pk=pk)


def kept_campaign_or_404(pk: UUID, *, to: Staff) -> Campaign:
    """Return a campaign that the asker may change: one of the whole society only whoever plans everywhere."""
    return get_object_or_404(Campaign.objects.visible(to=to).select_related("branch"), pk=pk)


def material_or_404(pk: UUID, *, to: Staff) -> Material:
    return get_object_or_404(Material.objects.filter(campaign__in=Campaign.objects.visible(to=to)), pk=pk)


def goals_of(society: UUID) -> list[tuple[str, str]]:
    """Return the goals that a society added, as its reader reads them."""
    russian = (get_language() or "en").startswith("ru")
    rows = Goal.objects.filter(society=society)
    return [(row.code, row.name_ru if russian else row.name_en) for row in rows]
