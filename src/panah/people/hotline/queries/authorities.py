"""Requests of authorities, which focal points answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.people.hotline.models import AuthorityRequest

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff


def authority_requests(*, to: Staff) -> QuerySet[AuthorityRequest]:
    """Requests of authorities, newest first; nobody but the focal points sees any."""
    rows = AuthorityRequest.objects.visible(to=to)
    return rows.select_related("taken_by", "first_decider", "second_decider").order_by("-asked_at")
