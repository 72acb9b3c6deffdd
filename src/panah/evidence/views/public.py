"""Whoever has a file of a release asks without an account what it is, and whether it still stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from panah.evidence import forms, queries
from panah.kit.pages import posted
from panah.kit.public import public, public_page


@public
def released(request: HttpRequest) -> HttpResponse:
    """What was published under this hash, by whom, when, and whether it was withdrawn. Nothing is kept of a file."""
    form = forms.HashForm(posted(request), request.FILES if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return public_page(request, "evidence/public_verify.html", form=form)
    digest = form.cleaned_data["digest"]
    return public_page(
        request, "evidence/public_released.html", digest=digest, found=queries.published_file(digest)
    )
