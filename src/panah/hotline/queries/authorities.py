"""Requests of authorities, which focal points answer."""

from typing import Any

from panah.hotline.models import AuthorityRequest


def authority_requests(*, to: Any) -> Any:
    """Requests of authorities, newest first; nobody but the focal points sees any."""
    rows = AuthorityRequest.objects.visible(to=to)
    return rows.select_related("taken_by", "first_decider", "second_decider").order_by("-asked_at")
