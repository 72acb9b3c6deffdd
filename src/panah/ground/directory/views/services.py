"""Services and numbers: found under pressure, verified by whoever calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.ground.directory import actions, queries
from panah.ground.directory.forms import FindByNameForm, NumberForm, SearchForm, ServiceForm, VerifyForm
from panah.ground.directory.models import HotlineNumber, Service
from panah.ground.directory.views.presenters import ServicePage
from panah.ground.directory.words import Need
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network import queries as network_queries
from panah.ground.network.permissions import policy

if TYPE_CHECKING:
    from panah.ground.network.models import Society


def services(request: StaffRequest) -> HttpResponse:
    """Search by closed lists stands in the address; free words are posted and stay out of it."""
    here = request.staff.society.iso2
    form = SearchForm(request.GET if request.GET else {"place": here})
    by_name = FindByNameForm(request.POST if request.method == "POST" else None)
    search = form.search()
    if by_name.is_bound and by_name.is_valid():
        search = queries.Search(words=by_name.cleaned_data["words"])
    now = timezone.now()
    found = queries.search_services(search, at=now, society=request.staff.society)
    further = next((number for number, card in enumerate(found) if card.is_further_away), len(found))
    return page(
        request,
        "directory/services.html",
        block="rows",
        form=form,
        by_name=by_name,
        found=found,
        near=found[:further],
        further=found[further:],
        search=search,
        needs=Need.choices,
        most=len(found) >= queries.MOST,
        active="network",
        emergency=network_queries.emergency_numbers(iso2=search.iso2 or here, on=timezone.localdate()),
        calling_from=here,
        adds=policy.allows(request.staff, request.staff.society),
        brings=policy.brings(request.staff),
        society=request.staff.society,
    )


def service(request: StaffRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    sheet = queries.service_or_none(pk, at=now)
    if sheet is None:
        raise Http404
    form = VerifyForm(request.POST or None)
    if form.submit(actions.record_verification, service=pk, by=request.staff, at=now):
        add_message(request, _("It is written down what came of it."))
        return redirect("directory:service", pk)
    return page(
        request,
        "directory/service.html",
        sheet=sheet,
        service=sheet.card,
        seen=ServicePage(sheet, queries.agreement_with(service=pk, society=request.staff.society, at=now)),
        form=form,
        keeps=queries.editable_service(pk, by=request.staff) is not None,
    )


def service_form(request: StaffRequest, pk: UUID | None = None) -> HttpResponse:
    society: Society = request.staff.society
    row = _service_row(request, pk, society)
    form = ServiceForm(
        request.POST or None,
        row=row,
        existing=pk is not None,
        organizations=queries.organizations_of(request.staff),
    )

    def save(*, seen: str, **_given: object) -> None:
        actions.save_service(entry=form.entry(), service=row, seen=seen, by=request.staff, at=timezone.now())

    if form.submit(save):
        add_message(request, _("The service is saved."))
        return redirect("directory:service", row.pk)
    return page(request, "directory/service_form.html", form=form, pk=pk)


def _service_row(request: StaffRequest, pk: UUID | None, society: Society) -> Service:
    if pk is None:
        if not policy.allows(request.staff, society):
            raise Http404
        return Service(society=society, iso2=society.iso2, time_zone=society.time_zone)
    found = queries.editable_service(pk, by=request.staff)
    if found is None:
        raise Http404
    return found


@require_safe
def numbers(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    found = queries.hotlines(at=now)
    here = request.staff.society.iso2
    return page(
        request,
        "directory/numbers.html",
        here=[n for n in found if n.iso2 == here],
        others=[n for n in found if n.iso2 != here],
        adds=policy.allows(request.staff, request.staff.society),
        emergency=network_queries.emergency_numbers(iso2=here, on=timezone.localdate()),
        calling_from=here,
    )


@require_safe
def to_verify(request: StaffRequest) -> HttpResponse:
    """What our society tells people although nobody has tried it lately."""
    found = queries.to_verify(request.staff.society, at=timezone.now())
    return page(request, "directory/to_verify.html", found=found)


def number(request: StaffRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    found = queries.hotline_or_none(pk, at=now)
    if found is None:
        raise Http404
    card, attempts = found
    form = VerifyForm(request.POST or None)
    if form.submit(actions.record_verification, hotline_number=pk, by=request.staff, at=now):
        add_message(request, _("It is written down what came of it."))
        return redirect("directory:number", pk)
    return page(
        request,
        "directory/number.html",
        number=card,
        attempts=attempts,
        form=form,
        keeps=queries.editable_hotline(pk, by=request.staff) is not None,
    )


def number_form(request: StaffRequest, pk: UUID | None = None) -> HttpResponse:
    society: Society = request.staff.society
    row = _number_row(request, pk, society)
    form = NumberForm(request.POST or None, row=row)

    def save(*, seen: str, **_given: object) -> None:
        actions.save_number(entry=form.entry(), number=row, seen=seen, by=request.staff, at=timezone.now())

    if form.submit(save):
        add_message(request, _("The number is saved."))
        return redirect("directory:number", row.pk)
    return page(request, "directory/number_form.html", form=form, pk=pk)


def _number_row(request: StaffRequest, pk: UUID | None, society: Society) -> HotlineNumber:
    if pk is None:
        if not policy.allows(request.staff, society):
            raise Http404
        return HotlineNumber(society=society, iso2=society.iso2, time_zone=society.time_zone)
    found = queries.editable_hotline(pk, by=request.staff)
    if found is None:
        raise Http404
    return found
