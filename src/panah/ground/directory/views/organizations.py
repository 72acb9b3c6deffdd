"""An organisation: its services and what was agreed with it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.ground.directory import actions, queries
from panah.ground.directory.forms import AgreementForm, OrganizationForm
from panah.ground.directory.models import Organization
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network.permissions import policy


def load_kept_organization(request: StaffRequest, pk: UUID) -> Organization:
    found = queries.editable_organization(pk, by=request.staff)
    if found is None:
        raise Http404
    return found


def organization(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Its services, its mandate, its agreements. A focal point writes down what her own society agreed with it."""
    sheet = queries.organization_or_none(pk, at=timezone.now())
    if sheet is None:
        raise Http404
    agrees = policy.keeps_own(request.staff)
    form = AgreementForm(request.POST or None)
    if request.method == "POST":
        if not agrees:
            raise Http404
        if form.submit(lambda **_given: _agree(request, pk, form)):
            add_message(request, _("The agreement is written down."))
            return redirect("directory:organization", pk)
    return page(
        request,
        "directory/organization.html",
        sheet=sheet,
        form=form,
        agrees=agrees,
        keeps=queries.editable_organization(pk, by=request.staff) is not None,
    )


def _agree(request: StaffRequest, pk: UUID, form: AgreementForm) -> None:
    actions.record_agreement(
        organization=Organization.objects.get(pk=pk),
        society=request.staff.society,
        by=request.staff,
        at=timezone.now(),
        **form.entry(),
    )


@require_safe
def agreements(request: StaffRequest) -> HttpResponse:
    """What our society has agreed with whom: what ends soon first."""
    society = request.staff.society
    return page(
        request,
        "directory/agreements.html",
        agreements=queries.agreements_of(society, at=timezone.now()),
        keeps=policy.allows(request.staff, society),
    )


def agreement_form(request: StaffRequest, pk: UUID) -> HttpResponse:
    found = queries.editable_agreement(pk, by=request.staff)
    if found is None:
        raise Http404
    form = AgreementForm(request.POST or None, row=found)
    if form.submit(actions.change_agreement, agreement=found, by=request.staff, at=timezone.now()):
        add_message(request, _("The agreement is saved."))
        return redirect("directory:agreements")
    return page(
        request,
        "directory/agreement_form.html",
        form=form,
        organization=found.organization.name_in(request.LANGUAGE_CODE),
    )


def organization_form(request: StaffRequest, pk: UUID) -> HttpResponse:
    found = load_kept_organization(request, pk)
    form = OrganizationForm(request.POST or None, row=found)

    def save(*, seen: str, **_given: object) -> None:
        actions.save_organization(
            organization=found, entry=form.entry(), seen=seen, by=request.staff, at=timezone.now()
        )

    if form.submit(save):
        add_message(request, _("The organisation is saved."))
        return redirect("directory:organization", pk)
    return page(request, "directory/organization_form.html", form=form, pk=pk)
