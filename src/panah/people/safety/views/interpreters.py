"""The register of interpreters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import SPOKEN, spoken
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.safety import actions, forms, permissions, queries
from panah.people.safety.words import Standing, Ties

if TYPE_CHECKING:
    from django.http import QueryDict

    from panah.ground.kit.forms import Form
    from panah.ground.vault.keyring import Keyring
    from panah.people.safety.models import Interpreter


def _there(pk: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("safety:interpreter", args=[pk]))


def _must_name(request: StaffRequest) -> None:
    if not permissions.names_interpreters(request.staff):
        raise Http404


def _must_keep(request: StaffRequest) -> None:
    if not permissions.leads(request.staff):
        raise Http404


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """Who interprets, whoever may be asked first; by language."""
    _must_name(request)
    language = request.GET.get("language", "")
    language = language if language in SPOKEN else ""
    leads = permissions.leads(request.staff)
    return page(
        request,
        "safety/interpreters.html",
        rows=queries.listed(to=request.staff, language=language),
        ended=queries.listed(to=request.staff, ended=True) if leads else [],
        languages=spoken(),
        language=language,
        leads=leads,
        Standing=Standing,
    )


def _interpreter(request: StaffRequest, one: queries.Listed, restricted: object = None) -> HttpResponse:
    return page(
        request,
        "safety/interpreter.html",
        one=one,
        leads=permissions.leads(request.staff),
        restricted=restricted,
        Standing=Standing,
        Ties=Ties,
    )


@require_GET
def interpreter(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One interpreter: languages, ways, how she stands today."""
    return _interpreter(request, queries.interpreter_or_404(pk, to=request.staff))


@require_POST
@vault_required
def few(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the focal points what was answered about ties; it is journalled."""
    _must_keep(request)
    one = queries.interpreter_or_404(pk, to=request.staff)
    actions.read_restricted(keys=request.keys, row=one.row, at=timezone.now())
    return _interpreter(request, one, queries.restricted(one.row, keys=request.keys))


@vault_required
def add(request: StaffRequest) -> HttpResponse:
    """Write down an interpreter."""
    _must_keep(request)
    form = forms.InterpreterForm(request.POST if request.method == "POST" else None)
    if form.submit(lambda **data: actions.add_interpreter(keys=request.keys, typed=data, at=timezone.now())):
        add_message(request, _("Written down. Ask about ties next, then vet."))
        return _there(form.result.pk)
    return _asked(request, form, _("Write down an interpreter"))


def _asked(
    request: StaffRequest, form: object, heading: str, one: object = None, grave: bool = False
) -> HttpResponse:
    return page(request, "safety/interpreter_form.html", form=form, heading=heading, one=one, grave=grave)


def _kept(
    request: StaffRequest,
    pk: UUID,
    form: Form,
    heading: str,
    act: Callable[..., object],
    one: queries.Listed,
    grave: bool = False,
) -> HttpResponse:
    """Show a form about one interpreter, or do what it says."""
    if form.submit(act, keys=request.keys, row=one.row, at=timezone.now()):
        add_message(request, _("Saved."))
        return _there(pk)
    return _asked(request, form, heading, one, grave)


def _posted(request: StaffRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _change(*, row: Interpreter, keys: Keyring, at: datetime, **typed: object) -> None:
    actions.change_interpreter(keys=keys, row=row, typed=typed, at=at)


@vault_required
def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change name, languages, ways."""
    _must_keep(request)
    one = queries.interpreter_or_404(pk, to=request.staff)
    first = {name: getattr(one.row, name) for name in forms.InterpreterForm.base_fields}
    form = forms.InterpreterForm(_posted(request), initial=first)
    return _kept(request, pk, form, _("Change what is known"), _change, one)


@vault_required
def ties(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write down what was answered about ties."""
    _must_keep(request)
    one = queries.interpreter_or_404(pk, to=request.staff)
    form = forms.TiesForm(_posted(request), initial={"on": timezone.localdate()})
    return _kept(request, pk, form, _("Ties to communities"), actions.ask_about_ties, one)


@vault_required
def vet(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Vouch for an interpreter until a day."""
    _must_keep(request)
    one = queries.interpreter_or_404(pk, to=request.staff)
    first = {"undertaking_on": one.row.undertaking_on} if one.row.undertaking_on else {}
    form = forms.VetForm(_posted(request), initial=first)
    return _kept(request, pk, form, _("Vet the interpreter"), actions.vet, one)


@vault_required
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take an interpreter off the list."""
    _must_keep(request)
    one = queries.interpreter_or_404(pk, to=request.staff)
    form = forms.EndForm(_posted(request))
    return _kept(request, pk, form, _("Take off the list"), actions.end_interpreter, one, grave=True)


@require_POST
@vault_required
def erase(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Erase somebody who was taken off the list."""
    _must_keep(request)
    one = queries.interpreter_or_404(pk, to=request.staff)
    actions.erase_interpreter(keys=request.keys, row=one.row, at=timezone.now())
    add_message(request, _("Erased."))
    return HttpResponseRedirect(reverse("safety:interpreters"))
