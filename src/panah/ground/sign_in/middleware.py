"""The middleware that finds who is signed in and opens the vault, and the guard of pages that need it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from panah.ground.accounts.guests import guests_home, is_guest, is_open_to_guests
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import nav
from panah.ground.kit.pages import page, seconds_left, session_tag, wants_fragment
from panah.ground.kit.sealed_addresses import sealed_for
from panah.ground.kit.secret_fields import NEVER_KEPT, NEVER_KEPT_AT_THE_DOORS, PASSPHRASE
from panah.ground.sign_in.actions.sessions import keyring_for, reopen_vault
from panah.ground.vault import search
from panah.ground.vault.actions.corruption import note_damage
from panah.ground.vault.sealed_state import open_state, seal_state

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

View = Callable[..., HttpResponse]
PINNED = "society_signing_key"
KEPT, STILL = "vault-kept", timedelta(hours=12)
# A page that a script asks by itself, and the sheet over a page whose vault has locked.
QUIET, SHEET = "X-Quiet", "X-Sheet"
# What every answer tells the scripts of its page about the vault.
TOLD = "X-Vault"


class KeepsEndedCookie(SessionMiddleware):
    """Leaves the cookie of a sign-in that has ended by itself in the browser; it opens nothing any more.

    By it the form that is sent next is known as hers (``form_replay``). Django would take it away with the first
    answer, and a page asks by itself every few seconds. Signing out takes it away as always.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = request.session
        if session.is_empty() and not session.modified:
            if session.accessed:
                patch_vary_headers(response, ["Cookie"])
            return response
        return super().process_response(request, response)


class VaultMiddleware:
    """Sets ``request.staff`` (or None) and ``request.keys`` (a Keyring while the vault is open).

    All that follows happens inside the walls of her society.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: StaffRequest) -> HttpResponse:
        staff = request.user if request.user.is_authenticated else None
        society = staff.society_id if staff is not None else tenancy.NO_TENANT
        with tenancy.tenant_context(society), sealed_for(staff.pk if staff is not None else None):
            return self.go_on(request, staff)

    def go_on(self, request: StaffRequest, staff: Staff | None) -> HttpResponse:
        request.staff = staff  # type: ignore[assignment]  # nobody before the sign-in
        request.keys = None  # type: ignore[assignment]  # none while the vault is locked
        secret = cookie_secret(request)
        if staff is not None and secret and request.session.session_key:
            request.keys = keyring_for(  # type: ignore[assignment]  # the same
                staff=staff,
                secret=secret,
                session_key=request.session.session_key or "",
                at=timezone.now(),
                # What a page asks by itself is no work: it must not keep the vault open.
                quiet=QUIET in request.headers,
            )
            _remember_pin(request)
        response = self.get_response(request)
        _remember_pin(request)
        if request.keys is not None and request.keys.damaged:
            note_damage(keys=request.keys, at=timezone.now())
        if request.keys is not None and QUIET not in request.headers:
            search.begin(keys=request.keys, opening=hash(secret), at=timezone.now())
        if staff is not None:
            response.headers[TOLD] = told(request)
        return response

    def process_view(self, request: StaffRequest, *_view: object) -> None:
        """Give the view what travelled locked in the page that asked for the six words, as if it had just been sent."""
        if request.staff is not None and request.method == "POST" and KEPT in request.POST:
            request.POST = _unfolded(request)  # type: ignore[assignment]  # Django's own


class GuestsDoors:
    """Answers a guest everywhere but on her own pages and on those that need no sign-in: there is nothing here.

    It stands before every view, so no room has to think of guests; where colleagues begin, she is sent to her page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: StaffRequest, view: View, *_view: object) -> HttpResponse | None:
        if not is_guest(request.staff) or not getattr(view, "login_required", True):
            return None
        found = request.resolver_match
        name = found.view_name if found is not None else ""
        if is_open_to_guests(name):
            return None
        if request.method in ("GET", "HEAD") and request.path == nav.home() and guests_home():
            return HttpResponseRedirect(reverse(guests_home()))
        raise Http404


def told(request: StaffRequest) -> str:
    """Return how the vault is now and whose: ``open 1180 9f3c…``, ``locked 0 9f3c…``; ``out`` without a sign-in."""
    if request.staff is None:
        return "out"
    if request.keys is None:
        return f"locked 0 {session_tag(request.staff)}"
    return f"open {seconds_left(request.keys.open_until)} {session_tag(request.staff)}"


def _remember_pin(request: StaffRequest) -> None:
    """Keep the public signing key she pinned in the signed session: a locked vault can still check with it."""
    if request.keys is None or (PINNED in request.session and not request.keys.record_moved):
        return
    with suppress(Refusal):
        if request.keys.pinned:
            request.session[PINNED] = request.keys.pinned.hex()


def session_pin(request: StaffRequest) -> bytes:
    """Return the society's signing key as it was pinned when this sign-in last opened the vault; empty if never."""
    return bytes.fromhex(request.session.get(PINNED, ""))


def cookie_secret(request: StaffRequest) -> bytes | None:
    """Return the cookie's secret, or None when there is none or it is no secret."""
    try:
        secret = bytes.fromhex(request.COOKIES.get(settings.PANAH_VAULT_COOKIE, ""))
    except ValueError:
        return None
    return secret if len(secret) == 32 else None


def set_cookie(response: HttpResponseBase, secret: bytes) -> None:
    """Put the secret into an HttpOnly cookie that ends with the browser."""
    response.set_cookie(
        settings.PANAH_VAULT_COOKIE,
        secret.hex(),
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def drop_cookie(response: HttpResponse) -> None:
    """Take the secret off the browser."""
    response.delete_cookie(settings.PANAH_VAULT_COOKIE, samesite="Strict")


def vault_required[R: HttpResponseBase](view: Callable[..., R]) -> Callable[..., R | HttpResponse]:
    """Send to the unlock page and back when the vault is locked; what was posted meanwhile is not lost."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: object, **kwargs: object) -> R | HttpResponse:
        if request.keys is not None:
            return view(request, *args, **kwargs)
        if QUIET in request.headers:
            # Nobody pressed anything: the page reads in the header that the vault is locked, and stays where it is.
            return HttpResponse(status=204)
        if request.method == "POST":
            return _open_and_go_on(view, request, *args, **kwargs)
        to = f"{reverse('sign_in:unlock')}?{urlencode({'next': request.get_full_path()})}"
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(headers={"HX-Redirect": to})
        return HttpResponseRedirect(to)

    return guarded


def _open_and_go_on[R: HttpResponseBase](
    view: Callable[..., R], request: StaffRequest, *args: object, **kwargs: object
) -> R | HttpResponse:
    """Ask for the passphrase with everything posted kept in the page; with it, open and do what was asked.

    Nothing is kept on the server in between: the fields travel in a hidden input, locked under the host's key, back to
    the same address. Whoever sits down at the screen cannot read them in the page.
    """
    refusal = None
    if PASSPHRASE in request.POST:
        try:
            secret = reopen_vault(
                staff=request.staff,
                passphrase=request.POST[PASSPHRASE],
                session_key=request.session.session_key or "",
                at=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            request.keys = keyring_for(  # type: ignore[assignment]  # the same
                staff=request.staff,
                secret=secret,
                session_key=request.session.session_key or "",
                at=timezone.now(),
            )
            request.POST = _without_passphrase(request.POST)  # type: ignore[assignment]  # Django's own
            response = view(request, *args, **kwargs)
            set_cookie(response, secret)
            return response
    return _ask_and_keep(request, refusal)


def _without_passphrase(posted: QueryDict) -> QueryDict:
    rest = posted.copy()
    del rest[PASSPHRASE]
    rest._mutable = False
    return rest


def _unfolded(request: StaffRequest) -> QueryDict:
    """Return what was sent with the fields that travelled locked; without them when not hers, or too old."""
    rest = request.POST.copy()
    folded = rest.pop(KEPT)[-1]
    state = open_state(folded, what=KEPT, whose=str(request.staff.pk), at=timezone.now(), lasts=STILL)
    for name, value in state["fields"] if state else ():
        rest.appendlist(name, value)
    rest._mutable = False
    return rest


def _ask_and_keep(request: StaffRequest, refusal: Refusal | None) -> HttpResponse:
    if request.headers.get("X-Draft"):
        # A draft that a script sends: it stays in the browser and is sent again, nobody is asked anything.
        return HttpResponse(status=403)
    at_the_doors = request.path.startswith(reverse("sign_in:sign-in").rpartition("/")[0])
    never = NEVER_KEPT_AT_THE_DOORS if at_the_doors else NEVER_KEPT
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in never]
    kept = seal_state({"fields": fields}, what=KEPT, whose=str(request.staff.pk), at=timezone.now())
    fragment = wants_fragment(request)
    response = page(
        request,
        "sign_in/unlock_and_go_on.html",
        status=200 if fragment else 423,
        kept=kept,
        to=request.get_full_path(),
        files=bool(request.FILES),
        refusal=refusal,
    )
    if fragment:
        response["HX-Retarget"], response["HX-Reswap"] = "body", "outerHTML"
    return response
