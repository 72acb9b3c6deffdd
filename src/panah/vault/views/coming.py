"""Coming in and going out: sign-in, sign-out, opening and locking the vault, the way in by the printed code."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.foundation.errors import Refusal
from panah.kit.pages import page, said
from panah.vault import actions as vault
from panah.vault import forms
from panah.vault import typed as typed_before
from panah.vault.doors import cookie_secret, drop_cookie, set_cookie
from panah.vault.practice import codes_to_show
from panah.vault.views import second
from panah.vault.views.entering import come_in, local_or_home, tries_of


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: Any) -> HttpResponse:
    """Name, six words, six digits, in one form; whatever is wrong, one answer. A passkey is asked for next."""
    if request.staff is not None and request.method == "GET":
        return HttpResponseRedirect(local_or_home(request.GET.get("next", "")))
    form = forms.SignIn(
        request.POST if request.method == "POST" else None, initial={"next": request.GET.get("next", "")}
    )
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, timezone.now()
        try:
            begun = vault.begin_sign_in(
                username=given["name"],
                passphrase=given["passphrase"],
                digits=given["digits"],
                at=at,
                bucket=tries_of(request, given["name"], at=at),
            )
            if isinstance(begun, vault.Pending):
                return second.ask(request, begun, to=local_or_home(given["next"]), typed=given["typed"])
            return come_in(request, begun, to=local_or_home(given["next"]), typed=given["typed"])
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        request,
        "vault/sign_in.html",
        form=form,
        practice_code=codes_to_show(request, form["name"].value()),
        kept="yes" if typed_before.opened(form["typed"].value() or "") else "",
        files=False,
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
        given, at = form.cleaned_data, timezone.now()
        try:
            begun = vault.begin_sign_in(
                username=given["name"],
                passphrase=given["code"],
                digits=given["digits"],
                at=at,
                with_code=True,
                bucket=tries_of(request, given["name"], at=at),
            )
            if isinstance(begun, vault.Pending):
                return second.ask(request, begun, to="/", typed="")
            return come_in(request, begun, to=reverse("vault:new-passphrase"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        request, "vault/forgotten.html", form=form, practice_code=codes_to_show(request, form["name"].value())
    )


@login_not_required
@require_GET
def cannot(request: Any) -> HttpResponse:
    """I cannot sign in: what to do, whatever was lost."""
    return page(request, "vault/cannot.html")
