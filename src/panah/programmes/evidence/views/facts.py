"""The society's own facts of a year."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.foundation.small_counts import THRESHOLD
from panah.ground.kit.pages import attempt, page
from panah.ground.sign_in.middleware import vault_required
from panah.programmes.evidence import actions, permissions, queries
from panah.programmes.evidence.words import Own

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
        is_over=year < timezone.localdate().year,
    )


@require_POST
@vault_required
def enter(request: StaffRequest) -> HttpResponse:
    """Enter the shown numbers of a year into the register of figures."""
    if not permissions.counts(request.staff) or request.keys is None:
        raise Http404
    year = _year(request.POST.get("year", ""), timezone.localdate().year)
    attempt(
        request,
        actions.enter_own_facts,
        _("Entered. What is hidden here stays out, and what moved by less than five stays as it was."),
        keys=request.keys,
        year=year,
        at=timezone.now(),
    )
    return HttpResponseRedirect(f"{reverse('evidence:facts')}?year={year}")
