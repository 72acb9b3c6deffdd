"""The register of interpreters."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.languages import SPOKEN, spoken
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.people.safety import actions, forms, permissions, queries
from panah.people.safety.steps import INTERPRETER_STEPS, PROTECT
from panah.people.safety.words import Standing, Ties


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
        open_steps=INTERPRETER_STEPS.offered(one.row, to=request.staff),
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
    form = forms.InterpreterForm(posted(request))
    if form.submit(lambda **data: actions.add_interpreter(keys=request.keys, typed=data, at=timezone.now())):
        add_message(request, _("Written down. Ask about ties next, then vet."))
        return _there(form.result.pk)
    heading, back = _("Write down an interpreter"), reverse("safety:interpreters")
    return form_page(request, "interpreters", form, heading, back, button=PROTECT)


@require_POST
@vault_required
def erase(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Erase somebody who was taken off the list."""
    _must_keep(request)
    one = queries.interpreter_or_404(pk, to=request.staff)
    actions.erase_interpreter(keys=request.keys, row=one.row, at=timezone.now())
    add_message(request, _("Erased."))
    return HttpResponseRedirect(reverse("safety:interpreters"))
