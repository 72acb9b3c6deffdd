"""My ways to sign in: code app, passkeys, recovery codes. Every change asks for the six words again."""

import json

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in import actions, forms, passkeys, second_factor
from panah.ground.sign_in.middleware import session_pin
from panah.ground.sign_in.views.session_start import app_square, grouped
from panah.ground.vault.queries import fingerprint
from panah.ground.vault.sealed_state import open_state, seal_state

ADDING, RENEWING = "passkey", "own code app"
# Two forms on one page: each label finds its own field.
REMOVING = "remove_%s"


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("sign_in:second-factors"))


@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """Which second steps I have, since when, and when each was last used."""
    return page(
        request,
        "sign_in/second_factors.html",
        factors=second_factor.factors(request.staff),
        left=second_factor.codes_left(request.staff),
        society_words=fingerprint(signing).split() if (signing := session_pin(request)) else [],
    )


@require_http_methods(["GET", "POST"])
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """Ten new codes for paper, shown once; the old ones end."""
    form, at = forms.PassphraseForm(request.POST if request.method == "POST" else None), timezone.now()

    def make(*, passphrase: str) -> list[str]:
        actions.confirm_words(staff=request.staff, passphrase=passphrase, at=at)
        return actions.make_recovery_codes(staff=request.staff, at=at)

    if form.submit(make):
        # In the answer itself: codes must not lie in an address or a cookie.
        return page(
            request,
            "sign_in/recovery_codes.html",
            frame="kit/staff.html",
            codes=form.result,
            username=request.staff.username,
            to=reverse("sign_in:second-factors"),
        )
    return page(request, "sign_in/make_codes.html", form=form, left=second_factor.codes_left(request.staff))


@require_http_methods(["GET", "POST"])
def add_passkey(request: StaffRequest) -> HttpResponse:
    """First a name and the six words; then the device is asked, and its answer is kept."""
    if request.method == "POST" and "state" in request.POST:
        return _keep_passkey(request)
    form, at = forms.Passkey(request.POST if request.method == "POST" else None), timezone.now()
    if form.submit(
        lambda *, passphrase, **_name: actions.confirm_words(
            staff=request.staff, passphrase=passphrase, at=at
        )
    ):
        return _ask_device(request, form.cleaned_data["name"])
    return page(request, "sign_in/passkey_new.html", form=form)


def _ask_device(request: StaffRequest, name: str) -> HttpResponse:
    asked, state = passkeys.begin_adding(request.staff, host=request.get_host())
    kept = seal_state(
        {"state": state, "name": name}, what=ADDING, whose=str(request.staff.pk), at=timezone.now()
    )
    return page(request, "sign_in/passkey_device.html", asked=json.dumps(asked), state=kept, creating=True)


def _keep_passkey(request: StaffRequest) -> HttpResponse:
    at = timezone.now()
    kept = open_state(request.POST["state"], what=ADDING, whose=str(request.staff.pk), at=at)
    form = forms.Passkey(initial={"name": kept["name"] if kept else ""})
    if kept is None:
        return page(request, "sign_in/passkey_new.html", form=form)
    try:
        actions.add_passkey(
            staff=request.staff,
            name=kept["name"],
            host=request.get_host(),
            state=kept["state"],
            answer=request.POST.get("answer", ""),
            at=at,
        )
    except Refusal as refusal:
        return page(request, "sign_in/passkey_new.html", form=form, refusal=refusal)
    add_message(request, _("The passkey is added. At the next sign-in leave the digits empty to use it."))
    return _back()


@require_http_methods(["GET", "POST"])
def passkey(request: StaffRequest, pk: int) -> HttpResponse:
    """One of my passkeys: another name, or remove it."""
    found = next((one for one in second_factor.factors(request.staff)["webauthn"] if one.id == pk), None)
    if found is None:
        raise Http404
    removing = request.POST.get("do") == "remove"
    posted, at = request.POST if request.method == "POST" else None, timezone.now()
    form: Form = forms.PassphraseForm(posted, auto_id=REMOVING) if removing else forms.Passkey(posted)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.confirm_words(staff=request.staff, passphrase=given["passphrase"], at=at)
            if removing:
                actions.remove_passkey(staff=request.staff, passkey=pk, at=at)
                add_message(request, _("The passkey is removed. It no longer signs anybody in."))
            else:
                actions.name_passkey(staff=request.staff, passkey=pk, name=given["name"], at=at)
                add_message(request, _("Saved."))
            return _back()
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        request,
        "sign_in/passkey.html",
        passkey=found,
        naming=forms.Passkey(initial={"name": found.name}) if removing or request.method == "GET" else form,
        removing=form if removing else forms.PassphraseForm(auto_id=REMOVING),
    )


@require_http_methods(["GET", "POST"])
def code_app(request: StaffRequest) -> HttpResponse:
    """A new code app in place of the old one: the six words, and digits of the new app."""
    at, whose = timezone.now(), str(request.staff.pk)
    state = open_state(request.POST.get("state", ""), what=RENEWING, whose=whose, at=at)
    secret = state["secret"] if state else second_factor.new_secret()
    form = forms.PassphraseAndApp(request.POST if state else None)

    def change(*, passphrase: str, digits: str) -> None:
        actions.confirm_words(staff=request.staff, passphrase=passphrase, at=at)
        actions.change_code_app(staff=request.staff, secret=secret, digits=digits, at=at)

    if form.submit(change):
        add_message(request, _("Your new code app works. The old one no longer does."))
        return _back()
    return page(
        request,
        "sign_in/own_app.html",
        form=form,
        secret=grouped(secret),
        state=seal_state({"secret": secret}, what=RENEWING, whose=whose, at=at),
        square=app_square(secret, request.staff.username),
    )
