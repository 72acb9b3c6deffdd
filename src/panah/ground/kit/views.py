"""The pages of the kit itself: the gallery of parts, the keys, and the language of someone who has not signed in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from panah.ground.kit import samples
from panah.ground.kit.pages import page

YEAR = 365 * 24 * 3600


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The list of keys."""
    return page(request, "kit/keys.html", block="keys")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language of a reader who has not signed in, and go back to the page."""
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "/")
    local = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    response = HttpResponseRedirect(back if local else "/")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part in every state."""
    return page(
        request,
        "kit/gallery.html",
        has_errors=False,
        form=samples.SampleForm(),
        wrong=samples.wrong_form(),
        times=samples.moments(timezone.now()),
    )
