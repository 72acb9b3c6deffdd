"""Whoever has a file of a release asks without an account what it is, and whether it still stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from panah.ground.kit.languages import READERS
from panah.ground.kit.pages import posted
from panah.ground.kit.public import public, public_page
from panah.programmes.evidence import forms, queries

# Whoever works with such files reads one of these; a page half in another language would be no help.
SPOKEN = [one for one in READERS if one[0] in ("en", "ru")]


@public
def verify_public(request: HttpRequest) -> HttpResponse:
    """What was published under this hash, by whom, when, and whether it was withdrawn. Nothing is kept of a file."""
    reads = translation.get_language()
    with translation.override(reads if reads in dict(SPOKEN) else "en"):
        form = forms.HashForm(posted(request), request.FILES if request.method == "POST" else None)
        if not form.is_bound or not form.is_valid():
            return public_page(request, "evidence/public_verify.html", form=form, offered=SPOKEN)
        digest = form.cleaned_data["digest"]
        found = queries.published_file(digest)
        return public_page(
            request, "evidence/public_released.html", digest=digest, found=found, offered=SPOKEN
        )
