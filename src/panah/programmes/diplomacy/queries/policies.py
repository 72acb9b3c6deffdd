"""The society's policy, in versions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404

from panah.programmes.diplomacy.models import Policy
from panah.programmes.diplomacy.permissions import reads

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def policies(*, to: Staff) -> list[Policy]:
    """Return every version of every language, the newest first."""
    return list(Policy.objects.visible(to=to)) if reads(to) else []


def policy_or_404(pk: UUID, *, to: Staff) -> Policy:
    rows = Policy.objects.visible(to=to).select_related("changed_by", "entered_by")
    found: Policy = get_object_or_404(rows if reads(to) else rows.none(), pk=pk)
    return found


def policy_versions(policy: Policy) -> list[Policy]:
    """Return the versions of the same language, the newest first."""
    return list(Policy.objects.filter(society=policy.society_id, language=policy.language))
