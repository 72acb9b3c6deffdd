"""One calendar of sessions and campaigns: what, when, which branch. No place, no name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language

from panah.programmes.prevention import library
from panah.programmes.prevention.models import Campaign, Session
from panah.programmes.prevention.words import CampaignState, SessionState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

MOST = 2000


@dataclass(frozen=True)
class Happening:
    """A session, or a campaign from its first day to its last."""

    pk: UUID
    is_session: bool
    title: str
    branch: str
    begins_on: date
    ends_on: date


def happenings(*, to: Staff, first: date, last: date) -> list[Happening]:
    """Return what touches these days, in order. Drafts of campaigns and what was called off stand in no calendar."""
    reader = get_language() or "en"
    sessions = list(
        Session.objects.visible(to=to)
        .filter(on__range=(first, last))
        .exclude(state=SessionState.CALLED_OFF)
        .select_related("branch", "own_plan")
        .order_by("on", "pk")[:MOST]
    )
    titles = library.titles_of(sessions)
    campaigns = (
        Campaign.objects.all()
        .seen(by=to)
        .filter(begins_on__lte=last, ends_on__gte=first)
        .filter(state__in=(CampaignState.PUBLISHED, CampaignState.ENDED))
        .select_related("branch")
        .order_by("begins_on", "pk")[:MOST]
    )
    found = [
        Happening(one.pk, True, titles[str(one.pk)], one.branch.name_in(reader), one.on, one.on)
        for one in sessions
    ]
    found += [
        Happening(
            one.pk,
            False,
            one.title,
            one.branch.name_in(reader) if one.branch else "",
            one.begins_on,
            one.ends_on,
        )
        for one in campaigns
    ]
    return sorted(found, key=lambda one: (one.begins_on, one.title, str(one.pk)))
