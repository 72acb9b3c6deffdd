"""The vault at the staff door: the middleware that opens it, and the guard of pages that need it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from panah.vault.actions.sessions import keyring_for

View = Callable[..., HttpResponse]


class VaultMiddleware:
    """Sets ``request.staff`` (or None) and ``request.keys`` (a Keyring while the vault is open)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        staff = request.user if request.user.is_authenticated else None
        request.staff, request.keys = staff, None
        secret = cookie_secret(request)
        if staff is not None and secret and request.session.session_key:
            request.keys = keyring_for(
                staff=staff, secret=secret, session_key=request.session.session_key, at=timezone.now()
            )
        return self.get_response(request)


def cookie_secret(request: Any) -> bytes | None:
    """Return the cookie's secret, or None when there is none or it is no secret."""
    try:
        secret = bytes.fromhex(request.COOKIES.get(settings.PANAH_VAULT_COOKIE, ""))
    except ValueError:
        return None
    return secret if len(secret) == 32 else None


def set_cookie(response: HttpResponse, secret: bytes) -> None:
    """Put the secret into an HttpOnly cookie that ends with the browser."""
    response.set_cookie(
        settings.PANAH_VAULT_COOKIE, secret.hex(), httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def vault_must_be_open(view: View) -> View:
    """Send to the unlock page and back when the vault is locked."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.keys is None:
            back = request.get_full_path() if request.method == "GET" else request.path
            return HttpResponseRedirect(f"{reverse('vault:unlock')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return guarded
