"""The society's own facts of a year."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from panah.evidence import permissions, queries
from panah.evidence.words import Own
from panah.foundation.http import StaffRequest
from panah.foundation.small_counts import THRESHOLD
from panah.kit.pages import page
from panah.sign_in.middleware import vault_required

EARLIEST = 2000


def _year(text: str, latest: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and EARLIEST <= int(text[:5]) <= latest else latest


@require_GET
@vault_required
def own_facts(request: StaffRequest) -> HttpResponse:
    """Count the cards in memory, and show what may be handed on."""
    if not permissions.counts(request.staff) or request.keys is None:
        raise Http404
    year = _year(request.GET.get("year", ""), timezone.localdate().year)
    return page(
        request,
        "evidence/facts.html",
        found=queries.own_facts(keys=request.keys, year=year, language=get_language() or "en"),
        measures=[one.label for one in Own],
        most=THRESHOLD - 1,
    )
