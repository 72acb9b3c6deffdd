"""An invitation becomes a key: six words, a printed code, a code app. And the same again for a new passphrase.

The flow has no address of its own for each step: what is not confirmed yet travels locked in a hidden field,
and nothing is written before the last step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in import actions, forms, second_factor
from panah.ground.sign_in.middleware import set_cookie, vault_required
from panah.ground.sign_in.queries import invited
from panah.ground.sign_in.views.session_start import (
    app_square,
    clear_reauthentication,
    enter,
    grouped,
    is_reauthenticated,
    know_device,
    mark_reauthenticated,
    start_session,
)
from panah.ground.vault.passphrases import new_passphrase, new_personal_code, tidy
from panah.ground.vault.queries import has_key
from panah.ground.vault.sealed_state import open_state, seal_state

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


JOIN, RENEW = "join", "new passphrase"


@dataclass
class Flow:
    """One person's way through the steps: which flow, whose, and what was made so far."""

    request: StaffRequest
    what: str
    whose: str
    name: str
    username: str

    def state(self) -> dict[str, Any] | None:
        return open_state(
            self.request.POST.get("state", ""), what=self.what, whose=self.whose, at=timezone.now()
        )

    def carry(self, **state: object) -> str:
        return seal_state(state, what=self.what, whose=self.whose, at=timezone.now())

    def show(self, step: str, **context: Any) -> HttpResponse:
        return page(
            self.request,
            f"sign_in/join_{step}.html",
            frame="kit/plain.html" if self.what == JOIN else "kit/staff.html",
            name=self.name,
            joining=self.what == JOIN,
            to=self.request.path,
            **context,
        )


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: StaffRequest, token: str) -> HttpResponse:
    """The page behind an invitation's link; each step is posted to the same address."""
    found = invited(token, at=timezone.now())
    if found is None:
        return page(request, "sign_in/invitation_over.html", status=410)
    if has_key(found.staff):
        return _new_app(request, token, found.staff)
    flow = Flow(request, JOIN, str(found.pk), found.staff.name, found.staff.username)
    if request.method == "GET":
        return flow.show("welcome", society=found.staff.society, username=found.staff.username, form=None)
    step = request.POST.get("step", "")
    if step == "app":
        return _confirm_app(flow, token)
    return _on_paper(flow, step) or _show_app(flow)


@require_http_methods(["GET", "POST"])
@vault_required
def renew(request: StaffRequest) -> HttpResponse:
    """A new passphrase and a new printed code for someone whose vault is open; the old ones end.

    It wants the old words first, or a sign-in by the printed code a moment ago: an open screen alone gives no way in.
    """
    flow = Flow(request, RENEW, str(request.staff.pk), request.staff.name, request.staff.username)
    form = None if is_reauthenticated(request) else _old_words(request)
    if request.method == "GET" or (form is not None and not form.is_valid()):
        return flow.show("welcome", username=request.staff.username, form=form)
    if form is not None:
        try:
            words = form.cleaned_data["passphrase"]
            actions.confirm_words(staff=request.staff, passphrase=words, at=timezone.now())
        except Refusal as refusal:
            form.refuse(refusal)
            return flow.show("welcome", username=request.staff.username, form=form)
        mark_reauthenticated(request)
    shown = _on_paper(flow, request.POST.get("step", ""))
    if shown is not None:
        return shown
    state = flow.state() or {}
    at = timezone.now()
    secret = actions.new_passphrase_for(
        keys=request.keys,
        passphrase=state["words"],
        code=state["code"],
        at=at,
        session_key=request.session.session_key,
    )
    clear_reauthentication(request)
    add_message(
        request, _("Your new six words and your new printed code work from now on. Destroy the old ones.")
    )
    response = HttpResponseRedirect("/")
    set_cookie(response, secret)
    return response


def _old_words(request: StaffRequest) -> forms.OnceMore:
    return forms.OnceMore(request.POST if request.method == "POST" else None)


def _on_paper(flow: Flow, step: str) -> HttpResponse | None:
    """Take the steps words, type, code, last; None once words and code are both on paper."""
    state = flow.state()
    if step in ("words", "english") or state is None:
        return _six_words(flow, tidy(new_passphrase("en" if step == "english" else get_language() or "en")))
    if step == "show":
        return _six_words(flow, state["words"])
    if step == "type":
        return flow.show(
            "type", form=forms.TypeBack(passphrase=state["words"]), state=flow.carry(**state), now=2
        )
    if step == "code":
        return _printed_code(flow, state)
    if step == "last" and "code" in state:
        form = forms.LastGroup(flow.request.POST, code=state["code"])
        if not form.is_valid():
            return flow.show(
                "code",
                form=form,
                code=state["code"].split("-"),
                state=flow.carry(**state),
                now=3,
                username=flow.username,
            )
        return None
    return flow.show("welcome", society="", username=flow.username, form=None)


def _six_words(flow: Flow, words: str) -> HttpResponse:
    """Her words to be learnt; where they are in her language, English ones can be had instead."""
    return flow.show(
        "words", words=words.split(), state=flow.carry(words=words), now=1, english=not words.isascii()
    )


def _printed_code(flow: Flow, state: dict[str, Any]) -> HttpResponse:
    form = forms.TypeBack(flow.request.POST, passphrase=state["words"])
    if not form.is_valid():
        return flow.show("type", form=form, state=flow.carry(**state), now=2)
    code = new_personal_code()
    return flow.show(
        "code",
        form=forms.LastGroup(code=code),
        code=code.split("-"),
        username=flow.username,
        state=flow.carry(words=state["words"], code=code),
        now=3,
    )


def _show_app(flow: Flow, form: object = None, secret: str = "") -> HttpResponse:
    state = flow.state() or {}
    secret = secret or second_factor.new_secret()
    return flow.show(
        "app",
        form=form or forms.CodeApp(),
        secret=grouped(secret),
        state=flow.carry(**{**state, "secret": secret}),
        now=4,
        square=app_square(secret, flow.username),
    )


def _confirm_app(flow: Flow, token: str) -> HttpResponse:
    state = flow.state()
    if state is None or "secret" not in state:
        return _on_paper(flow, "words") or _show_app(flow)
    form = forms.CodeApp(flow.request.POST)
    if form.is_valid():
        try:
            opened = actions.join(
                token=token,
                passphrase=state["words"],
                code=state["code"],
                secret=state["secret"],
                digits=form.cleaned_data["digits"],
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _show_codes(flow, opened)
    return _show_app(flow, form, state["secret"])


def _show_codes(flow: Flow, opened: actions.CheckedPassphrase) -> HttpResponse:
    """The last step: she is in, and ten recovery codes are on the screen for a second paper, once."""
    add_message(
        flow.request, _("You are in. Keep the six words in your head and the printed code in a safe place.")
    )
    with tenancy.tenant_context(opened.staff.society_id):
        codes = actions.make_recovery_codes(staff=opened.staff, at=timezone.now())
    secret = enter(flow.request, opened)
    response = page(
        flow.request,
        "sign_in/recovery_codes.html",
        frame="kit/plain.html",
        codes=codes,
        username=flow.username,
        to="/",
    )
    set_cookie(response, secret)
    know_device(flow.request, response, opened.staff)
    return response


def _new_app(request: StaffRequest, token: str, staff: Staff) -> HttpResponse:
    """A focal point sent a link because the telephone was lost: the six words and a new code app."""
    flow = Flow(request, "new app", str(staff.pk), staff.name, staff.username)
    state = flow.state()
    secret = state["secret"] if state else second_factor.new_secret()
    form = forms.PassphraseAndApp(request.POST if state else None)
    if state and form.is_valid():
        given = form.cleaned_data
        try:
            opened = actions.new_code_app(
                token=token,
                passphrase=given["passphrase"],
                secret=secret,
                digits=given["digits"],
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            add_message(request, _("Your new code app works. The old one no longer does."))
            return start_session(request, opened, to="/")
    return page(
        request,
        "sign_in/new_app.html",
        form=form,
        secret=grouped(secret),
        state=flow.carry(secret=secret),
        square=app_square(secret, staff.username),
        name=staff.name,
        to=request.path,
    )
