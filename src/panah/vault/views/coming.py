"""Coming in and going out: sign-in, sign-out, opening and locking the vault, the way in by the printed code."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.foundation.errors import Refusal
from panah.kit.pages import page, said
from panah.vault import actions as vault
from panah.vault import forms
from panah.vault.doors import cookie_secret, drop_cookie, set_cookie
from panah.vault.practice import codes_to_show


def local_or_home(to: str) -> str:
    """Return the address when it is a path of this node, else the beginning."""
    local = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if local else "/"


def come_in(request: Any, opened: vault.Opened, *, to: str) -> HttpResponse:
    """Begin a new session for a colleague whose sign-in fits, and open the vault in it."""
    # A cookie from before the sign-in is worth nothing after it.
    request.session.flush()
    login(request, opened.staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    at = timezone.now()
    secret = vault.open_vault(opened=opened, session_key=request.session.session_key, at=at)
    vault.tidy_a_little(keys=vault.keys_of(opened), at=at)
    response = HttpResponseRedirect(to)
    set_cookie(response, secret)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: Any) -> HttpResponse:
    """Name, six words, six digits, in one form; whatever is wrong, one answer."""
    if request.staff is not None and request.method == "GET":
        return HttpResponseRedirect(local_or_home(request.GET.get("next", "")))
    form = forms.SignIn(
        request.POST if request.method == "POST" else None, initial={"next": request.GET.get("next", "")}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            opened = vault.sign_in(
                username=given["name"],
                passphrase=given["passphrase"],
                digits=given["digits"],
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return come_in(request, opened, to=local_or_home(given["next"]))
    return page(
        request, "vault/sign_in.html", form=form, practice_code=codes_to_show(request, form["name"].value())
    )


@require_http_methods(["GET", "POST"])
def sign_out(request: Any) -> HttpResponse:
    """Sign out and lock the vault; a GET only asks."""
    if request.method == "GET":
        return page(request, "vault/sign_out.html")
    vault.lock_vault(staff=request.staff, secret=cookie_secret(request), at=timezone.now())
    logout(request)
    response = HttpResponseRedirect(reverse("vault:sign-in"))
    drop_cookie(response)
    return response


@require_http_methods(["GET", "POST"])
def unlock(request: Any) -> HttpResponse:
    """The six words again, then back to where she was."""
    form = forms.Unlock(
        request.POST if request.method == "POST" else None, initial={"next": request.GET.get("next", "")}
    )
    to = local_or_home(form["next"].value() or "")
    if request.keys is not None and request.method == "GET":
        return HttpResponseRedirect(to)
    if request.method == "POST" and form.is_valid():
        try:
            response: HttpResponse = HttpResponseRedirect(to)
            set_cookie(
                response,
                vault.reopen_vault(
                    staff=request.staff,
                    passphrase=form.cleaned_data["passphrase"],
                    session_key=request.session.session_key,
                    at=timezone.now(),
                ),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return response
    return page(request, "vault/unlock.html", form=form, idle=settings.PANAH_VAULT_IDLE_MINUTES, to=to)


@require_POST
def lock(request: Any) -> HttpResponse:
    """Lock this vault; the work lists stay."""
    vault.lock_vault(staff=request.staff, secret=cookie_secret(request), at=timezone.now())
    said(request, _("The vault is locked. Names stay covered until you open it."))
    response = HttpResponseRedirect("/")
    drop_cookie(response)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def forgotten(request: Any) -> HttpResponse:
    """The way in with the printed code; it leads straight to a new passphrase."""
    form = forms.ByPrintedCode(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            opened = vault.sign_in(
                username=given["name"],
                passphrase=given["code"],
                digits=given["digits"],
                at=timezone.now(),
                with_code=True,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return come_in(request, opened, to=reverse("vault:new-passphrase"))
    return page(
        request, "vault/forgotten.html", form=form, practice_code=codes_to_show(request, form["name"].value())
    )


@login_not_required
@require_GET
def cannot(request: Any) -> HttpResponse:
    """I cannot sign in: what to do, whatever was lost."""
    return page(request, "vault/cannot.html")
