"""Coming in: sign-in, and the way in by the printed code."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import page
from panah.ground.sign_in import actions, form_replay, forms
from panah.ground.sign_in.practice_codes import codes_to_show
from panah.ground.sign_in.views import second_factor
from panah.ground.sign_in.views.session_start import local_or_home, start_session, tries_of


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: StaffRequest) -> HttpResponse:
    """Name, six words, six digits, in one form; whatever is wrong, one answer. A passkey is asked for next."""
    if request.staff is not None and request.method == "GET":
        return HttpResponseRedirect(local_or_home(request.GET.get("next", "")))
    form = forms.SignInForm(
        request.POST if request.method == "POST" else None, initial={"next": request.GET.get("next", "")}
    )
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, timezone.now()
        try:
            begun = actions.begin_sign_in(
                username=given["name"],
                passphrase=given["passphrase"],
                digits=given["digits"],
                at=at,
                bucket=tries_of(request, given["name"], at=at),
            )
            if isinstance(begun, actions.Pending):
                return second_factor.ask(
                    request, begun, to=local_or_home(given["next"]), typed=given["typed"]
                )
            return start_session(request, begun, to=local_or_home(given["next"]), typed=given["typed"])
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        request,
        "sign_in/sign_in.html",
        form=form,
        practice_code=codes_to_show(request, form["name"].value()),
        kept="yes" if form_replay.opened(form["typed"].value() or "") else "",
        files=False,
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def forgotten(request: StaffRequest) -> HttpResponse:
    """The way in with the printed code; it leads straight to a new passphrase."""
    form = forms.ByPrintedCode(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, timezone.now()
        try:
            begun = actions.begin_sign_in(
                username=given["name"],
                passphrase=given["code"],
                digits=given["digits"],
                at=at,
                with_code=True,
                bucket=tries_of(request, given["name"], at=at),
            )
            if isinstance(begun, actions.Pending):
                return second_factor.ask(request, begun, to="/", typed="")
            return start_session(request, begun, to=reverse("sign_in:new-passphrase"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        request,
        "sign_in/forgotten.html",
        form=form,
        practice_code=codes_to_show(request, form["name"].value()),
    )


@login_not_required
@require_GET
def cannot(request: StaffRequest) -> HttpResponse:
    """I cannot sign in: what to do, whatever was lost."""
    return page(request, "sign_in/cannot.html")
