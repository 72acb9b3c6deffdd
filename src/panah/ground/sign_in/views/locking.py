"""Opening and locking the vault, and what the scripts of a page ask about it: how it is, and what was typed before."""

import json
from typing import NotRequired, TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.base64url import from_base64url, to_base64url
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import nav
from panah.ground.kit.jinja import engine
from panah.ground.kit.pages import add_message, page, read_messages
from panah.ground.sign_in import actions, form_replay, forms
from panah.ground.sign_in.actions.sessions import keyring_for
from panah.ground.sign_in.middleware import SHEET, cookie_secret, drop_cookie, set_cookie
from panah.ground.sign_in.views.session_start import local_or_home
from panah.ground.vault import actions as vault


@require_http_methods(["GET", "POST"])
def unlock(request: StaffRequest) -> HttpResponse:
    """The six words again, then back to where she was. The sheet over a page reads a sentence, or nothing."""
    form = forms.Unlock(
        request.POST if request.method == "POST" else None, initial={"next": request.GET.get("next", "")}
    )
    to = local_or_home(form["next"].value() or "")
    if request.keys is not None and request.method == "GET":
        return HttpResponseRedirect(to)
    if request.method == "POST" and form.is_valid():
        try:
            secret = actions.reopen_vault(
                staff=request.staff,
                passphrase=form.cleaned_data["passphrase"],
                session_key=request.session.session_key or "",
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            response = HttpResponse(status=204) if SHEET in request.headers else HttpResponseRedirect(to)
            set_cookie(response, secret)
            request.keys = keyring_for(  # type: ignore[assignment]  # none while it is locked
                staff=request.staff,
                secret=secret,
                session_key=request.session.session_key or "",
                at=timezone.now(),
            )
            return response
    if SHEET in request.headers:
        return page(
            request, "sign_in/unlock_refused.html", status=200, form=form
        )  # a script reads the sentence
    return page(
        request, "sign_in/unlock.html", form=form, idle=settings.PANAH_VAULT_IDLE_MINUTES, danger=_danger(to)
    )


def _danger(to: str) -> nav.DangerHere | None:
    """The red button of the page that is wanted: calling for help needs no six words."""
    try:
        return nav.danger_here(resolve(urlsplit(to).path))
    except Resolver404:
        return None


@require_POST
def lock(request: StaffRequest) -> HttpResponse:
    """Lock this vault; the work lists stay. While a call is open on another page it asks first."""
    if _call_elsewhere(request) and "anyway" not in request.POST:
        return page(request, "sign_in/lock_anyway.html")
    _lock(request)
    request.keys = None  # type: ignore[assignment]  # none while it is locked
    if SHEET in request.headers:
        response = HttpResponse(status=204)
    else:
        add_message(request, _("The vault is locked. Names stay covered until you open it."))
        response = HttpResponseRedirect("/")
    drop_cookie(response)
    return response


def _lock(request: StaffRequest) -> None:
    # A page that still offers to lock what another tab has locked must not reach her vaults on other devices.
    secret = cookie_secret(request)
    if secret is not None:
        actions.lock_vault(staff=request.staff, secret=secret, at=timezone.now())


def _call_elsewhere(request: StaffRequest) -> bool:
    """Say whether she has a call open in this browser, on another page than the one where she pressed."""
    return request.keys is not None and actions.call_elsewhere(
        staff=request.staff,
        secret=cookie_secret(request),
        # Said by the page: browsers send our own addresses to nobody, not even back to us.
        page=request.POST.get("page", ""),
        at=timezone.now(),
    )


@require_http_methods(["GET", "POST"])
def sign_out(request: StaffRequest) -> HttpResponse:
    """Sign out and lock the vault; a GET only asks, and says when a call is open."""
    call = _call_elsewhere(request)
    if request.method == "GET" or (call and "anyway" not in request.POST):
        return page(request, "sign_in/sign_out.html", call=call)
    _lock(request)
    logout(request)
    # What was still to be said is for her alone, not for whoever comes next to this browser.
    read_messages(request)
    request.staff = request.keys = None  # type: ignore[assignment]  # nobody any more
    response = HttpResponseRedirect(reverse("sign_in:sign-in"))
    drop_cookie(response)
    return response


@require_GET
def state(request: StaffRequest) -> HttpResponse:
    """How the vault is now stands in the header of every answer; here are the bar that says so, and a fresh token."""
    bar = engine().render_block("kit/staff.html", "vault", {}, request)
    return JsonResponse({"csrf": get_token(request), "bar": bar})


@require_GET
def own_key(request: StaffRequest) -> HttpResponse:
    """The public key of whoever asks: a page seals to it what is typed in it when the vault locks."""
    public = vault.own_public_key(staff=request.staff, keys=request.keys)
    if public is None:
        raise Http404
    return JsonResponse({"key": to_base64url(public), "info": to_base64url(vault.typed_info(request.staff))})


@require_POST
def typed(request: StaffRequest) -> HttpResponse:
    """What a page sealed when the vault locked: back into its fields, or as forms that a button sends.

    Without X-Sheet this is for pages that cannot be opened again by their address.
    """
    if request.keys is None:
        return HttpResponse(status=409)
    kept = _opened(request)
    if kept is None:
        return HttpResponse(status=410)
    if SHEET in request.headers:
        return JsonResponse({"forms": kept})
    # What was asked for by a filter is not sent by a button.
    sent = [one for one in kept if not one.get("get")]
    whole = [form_replay.ReplayForm(one["to"], one["fields"], files=False, whose="") for one in sent]
    return page(
        request,
        "sign_in/send_typed.html",
        typed=whole,
        name=request.staff.name,
        ring=nav.to_ring(request.staff),
    )


class TypedForm(TypedDict):
    """A form as our script keeps it: where it is sent, and its fields as pairs."""

    to: str
    fields: list[list[str]]
    get: NotRequired[bool]


def _opened(request: StaffRequest) -> list[TypedForm] | None:
    """Return the forms that were sealed to her (or that a page could not seal), or None when they are not ours."""
    try:
        sealed = from_base64url(request.POST.get("sealed", ""))
        found = vault.open_typed(keys=request.keys, blob=sealed) if sealed else request.POST.get("plain", "")
        return _forms(json.loads(found or "null"))
    except ValueError:
        return None


def _forms(found: object) -> list[TypedForm] | None:
    """Return the forms when they have the shape that our script gives them, and lead to this node alone."""
    if not isinstance(found, list):
        return None
    for one in found:
        fields = one.get("fields") if isinstance(one, dict) else None
        if not isinstance(fields, list) or not all(_is_pair(pair) for pair in fields):
            return None
        if not isinstance(one.get("to"), str) or local_or_home(one["to"]) != one["to"]:
            return None
    return found


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)
