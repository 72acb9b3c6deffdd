"""The second step of a sign-in with a passkey, or with a code in its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in import actions, form_replay, forms
from panah.ground.sign_in.middleware import cookie_secret, set_cookie
from panah.ground.sign_in.practice_codes import codes_to_show
from panah.ground.sign_in.views.session_start import local_or_home, start_session, tries_of

if TYPE_CHECKING:
    from panah.ground.sign_in.actions.pending_sign_in import PendingStep


def ask(request: StaffRequest, begun: actions.Pending, *, to: str, typed: str) -> HttpResponse:
    """Keep the checked passphrase for two minutes in a pending session, and go to the second step."""
    request.session.flush()
    request.session["second_step"] = True
    request.session.set_expiry(int(actions.WAITS.total_seconds()))
    request.session.save()
    at = timezone.now()
    secret = actions.wait_for_second_factor(
        pending=begun, session_key=request.session.session_key or "", at=at
    )
    found = (
        actions.waiting(secret=secret, session_key=request.session.session_key or "", at=at)
        if form_replay.opened(typed)
        else None
    )
    response: HttpResponse
    if found is not None:
        response = _show(request, found, forms.SecondStep(initial={"next": to, "typed": typed}))
    else:
        response = HttpResponseRedirect(f"{reverse('sign_in:second-step')}?{urlencode({'next': to})}")
    set_cookie(response, secret)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def second_step(request: StaffRequest) -> HttpResponse:
    """The second step: passkey, app code or recovery code, in the same browser, at most two minutes later."""
    at = timezone.now()
    form = forms.SecondStep(
        request.POST if request.method == "POST" else None, initial={"next": request.GET.get("next", "")}
    )
    found = actions.waiting(
        secret=cookie_secret(request), session_key=request.session.session_key or "", at=at
    )
    if request.staff is not None or found is None:
        return _begin_again(request, form)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            opened = actions.finish(
                found=found,
                host=request.get_host(),
                digits=given["digits"],
                answer=given["answer"],
                at=at,
                bucket=tries_of(request, found.staff.username, at=at),
            )
            to = reverse("sign_in:new-passphrase") if found.with_code else local_or_home(given["next"])
            return start_session(request, opened, to=to, typed=given["typed"])
        except Refusal as refusal:
            form.refuse(refusal)
    return _show(request, found, form)


def _show(request: StaffRequest, found: PendingStep, form: Form) -> HttpResponse:
    asked = actions.ask_passkey(found=found, host=request.get_host())
    return page(
        request,
        "sign_in/second_step.html",
        form=form,
        asked=json.dumps(asked) if asked else "",
        practice_code=codes_to_show(request, found.staff.username),
        kept=form_replay.opened(form["typed"].value() or "") is not None,
    )


def _begin_again(request: StaffRequest, form: Form) -> HttpResponse:
    """The two minutes are over: back to the first step, with what was typed before still in the page."""
    to, typed = local_or_home(form["next"].value() or ""), form["typed"].value() or ""
    if request.staff is not None:
        return HttpResponseRedirect(to)
    over = actions.over()
    kept = form_replay.opened(typed)
    if kept is None:
        add_message(request, f"{over.sentence} {over.next_step}", tone="soon")
        return HttpResponseRedirect(f"{reverse('sign_in:sign-in')}?{urlencode({'next': to})}")
    return page(
        request,
        "sign_in/sign_in.html",
        form=forms.SignInForm(initial={"next": to, "typed": typed}),
        practice_code=codes_to_show(request, ""),
        kept="yes",
        files=kept.files,
    )
