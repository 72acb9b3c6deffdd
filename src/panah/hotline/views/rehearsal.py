"""Rehearsal: twelve fictional calls to practise with, on practice nodes only."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from panah.foundation.http import StaffRequest
from panah.hotline.words.rehearsals import rehearsal, rehearsals
from panah.kit.pages import page


def _only_for_practice() -> None:
    if not settings.PANAH_PRACTICE:
        raise Http404


@require_safe
def scripts(request: StaffRequest) -> HttpResponse:
    """The twelve calls."""
    _only_for_practice()
    return page(request, "hotline/rehearsals.html", scripts=rehearsals(get_language() or "en"))


@require_safe
def script(request: StaffRequest, key: str) -> HttpResponse:
    """One call: what the voice says, line by line, for the colleague who plays it."""
    _only_for_practice()
    found = rehearsal(key, get_language() or "en")
    if found is None:
        raise Http404
    return page(request, "hotline/rehearsal.html", script=found)
