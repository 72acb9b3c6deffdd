"""Keys that a duty cannot be done without: a line's for calls, the intake key for what arrived sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.eligibility import Unfit
from panah.ground.accounts.words import DutyKind
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.vault.models import KeyHeld
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

NEEDS = {
    DutyKind.CALLS: (
        KeyKind.LINE,
        Unfit(
            "no-line-key",
            _("This colleague holds the key of no line: nothing could be read or written there."),
            _("Give the key of the line first, on the page of the line."),
        ),
    ),
    DutyKind.INTAKE: (
        KeyKind.INTAKE,
        Unfit(
            "no-intake-key",
            _("This colleague does not hold the intake key: nothing that arrives could be opened."),
            _("Give the intake key first, on the colleague’s page."),
        ),
    ),
}


def without_key(staff: Sequence[Staff], what: str, at: datetime) -> Mapping[UUID, Unfit]:
    """Return which of these colleagues of one society lack the key that a duty needs; one query."""
    needed = NEEDS.get(DutyKind(what))
    if needed is None or not staff:
        return {}
    kind, why = needed
    holding = {who for who, what_for in _held(staff[0].society_id) if what_for == kind}
    return {colleague.pk: why for colleague in staff if colleague.pk not in holding}


@cached_per_request
def _held(society: UUID) -> set[tuple[UUID, str]]:
    """Who holds a key in force of a line, or the intake key, in a society."""
    rows = KeyHeld.objects.filter(
        key__society=society, key__kind__in=[KeyKind.LINE, KeyKind.INTAKE], key__retired_at=None
    )
    return set(rows.values_list("staff", "key__kind"))
