"""Family links requests, for the focal points."""

from typing import Any

from panah.family_links.models import FamilyLinksRequest


def links_requests(*, to: Any) -> Any:
    """Restoring family links requests, newest first; nobody but the focal points sees any."""
    return FamilyLinksRequest.objects.visible(to=to).select_related("taken_by", "file").order_by("-asked_at")
