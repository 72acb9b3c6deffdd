"""Requests that focal points answer: family links and authorities."""

from typing import Any

from panah.hotline.models import AuthorityRequest, FamilyLinksRequest


def links_requests(*, to: Any) -> Any:
    """Restoring family links requests, newest first; nobody but the focal points sees any."""
    return FamilyLinksRequest.objects.visible(to=to).select_related("taken_by", "file").order_by("-asked_at")


def authority_requests(*, to: Any) -> Any:
    """Requests of authorities, newest first; nobody but the focal points sees any."""
    rows = AuthorityRequest.objects.visible(to=to)
    return rows.select_related("taken_by", "first_decider", "second_decider").order_by("-asked_at")
