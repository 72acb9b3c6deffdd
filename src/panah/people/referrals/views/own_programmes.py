"""Programmes of our own: who takes what, and the page on which a colleague reads what was told and answers."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.accounts.queries import colleagues
from panah.ground.accounts.roles import Permission, may
from panah.ground.directory import queries as directory_queries
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.people.referrals import actions, queries
from panah.people.referrals.forms import ProgrammeAnswerForm, ProgrammeForm
from panah.people.referrals.views.presenters import field_rows
from panah.people.referrals.words import PROGRAMME_ANSWER, PROGRAMME_TOLD, ProgrammeAnswer


def _own_services(request: StaffRequest) -> list[directory_queries.ServiceCard]:
    """The services that the society itself runs: of the organisation that it is, or without another one."""
    return directory_queries.own_services(request.staff.society, at=timezone.now())


@require_GET
def programmes(request: StaffRequest) -> HttpResponse:
    """The programmes of the society with who takes what is referred to each; and what was told to the reader."""
    taken_by = queries.programmes(request.staff.society_id)
    return page(
        request,
        "referrals/programmes.html",
        services=[(service, taken_by.get(service.id)) for service in _own_services(request)],
        mine=queries.work_of(request.staff),
        leads=may(request.staff, Permission.REFERRALS_LEAD),
    )


@require_http_methods(["GET", "POST"])
def programme(request: StaffRequest, service: UUID) -> HttpResponse:
    """Name the colleague who takes what is referred to a service of our own."""
    found = next((one for one in _own_services(request) if one.id == service), None)
    if not may(request.staff, Permission.REFERRALS_LEAD) or found is None:
        raise Http404
    staff = list(colleagues(to=request.staff))
    taken_by = queries.programmes(request.staff.society_id).get(service)
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None,
        staff=staff,
        initial={"colleague": str(taken_by.pk) if taken_by else ""},
    )

    def name(*, colleague: str) -> None:
        chosen = next((one for one in staff if str(one.pk) == colleague), None)
        actions.name_colleague(service=service, colleague=chosen, by=request.staff, at=timezone.now())

    if form.submit(name):
        add_message(request, _("Written down."))
        return redirect("referrals:programmes")
    return page(request, "referrals/programme.html", service=found, form=form)


@require_http_methods(["GET", "POST"])
@vault_required
def told(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a caseworker told a colleague of an own programme, which the person agreed to; and the answer."""
    row = queries.work_or_404(pk, to=request.staff)
    form = ProgrammeAnswerForm(request.POST if request.method == "POST" else None)
    if row.open and form.submit(
        actions.answer_caseworker, keys=request.keys, work_row=row, at=timezone.now()
    ):
        add_message(request, _("Answered. The caseworker has it on the list."))
        return redirect("referrals:told", row.pk)
    kept = vault_queries.read_parts(
        keys=request.keys, file=row.file_id, names=[PROGRAMME_TOLD, PROGRAMME_ANSWER]
    )
    content = kept[PROGRAMME_TOLD][0] if kept.get(PROGRAMME_TOLD) else None
    said = [
        (ProgrammeAnswer(one.value["answer"]).label, one.value["note"], one.at)
        for one in kept.get(PROGRAMME_ANSWER, [])
    ]
    return page(
        request,
        "referrals/told.html",
        row=row,
        content=content.value if content else None,
        values=field_rows(content.value["values"]) if content else [],
        answers=said,
        form=form,
    )
