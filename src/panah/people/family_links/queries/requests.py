"""Family links requests, for the focal points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.people.family_links.models import FamilyLinksRequest

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff


def links_requests(*, to: Staff) -> QuerySet[FamilyLinksRequest]:
    """Restoring family links requests, newest first; nobody but the focal points sees any."""
    return FamilyLinksRequest.objects.visible(to=to).select_related("taken_by", "file").order_by("-asked_at")
