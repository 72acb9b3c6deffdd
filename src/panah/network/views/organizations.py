"""An organisation: its services and what was agreed with it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.foundation.errors import Refusal
from panah.kit.pages import page, said
from panah.network import actions, queries
from panah.network.forms import AgreementForm, OrganizationForm
from panah.network.models import Organization
from panah.network.permissions import policy
from panah.network.views.keeping import saved


def load_kept_organization(request: HttpRequest, pk: UUID) -> Organization:
    found = queries.editable_organization(pk, by=request.staff)
    if found is None:
        raise Http404
    return found


def organization(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = queries.organization_or_none(pk, at=timezone.now())
    if sheet is None:
        raise Http404
    form = AgreementForm(request.POST or None)
    if request.method == "POST":
        found = load_kept_organization(request, pk)
        if form.is_valid() and _agreed(request, found, form):
            return redirect("network:organization", pk)
    return page(
        request,
        "network/organization.html",
        sheet=sheet,
        form=form,
        keeps=queries.editable_organization(pk, by=request.staff) is not None
        and policy.allows(request.staff, request.staff.society),
    )


def _agreed(request: HttpRequest, found: Organization, form: AgreementForm) -> bool:
    try:
        actions.record_agreement(
            organization=found,
            society=request.staff.society,
            by=request.staff,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    said(request, _("The agreement is written down."))
    return True


def organization_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load_kept_organization(request, pk)
    form = OrganizationForm(request.POST or None, row=found)
    if request.method == "POST" and form.is_valid():
        entry = {"organization": found, "entry": form.entry(), "seen": form.cleaned_data["seen"]}
        if saved(
            form, found, lambda: actions.save_organization(by=request.staff, at=timezone.now(), **entry)
        ):
            said(request, _("The organisation is saved."))
            return redirect("network:organization", pk)
    return page(request, "network/organization_form.html", form=form, pk=pk)
