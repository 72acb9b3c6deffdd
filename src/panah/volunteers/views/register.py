"""The list of volunteers, one of them, and writing somebody down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.foundation.http import StaffRequest
from panah.kit.pages import add_message, page
from panah.kit.sealed_addresses import sealed, unsealed
from panah.sign_in.middleware import vault_required
from panah.volunteers import actions, forms, permissions, queries, rules
from panah.volunteers.models import Volunteer
from panah.volunteers.queries.listing import ListedVolunteer
from panah.volunteers.queries.one import details, labels
from panah.volunteers.sealed_details import changed_outside
from panah.volunteers.views.steps import steps_for
from panah.volunteers.words import MayDo, Missing, VolunteerState

FILTERS = ("state", "language", "may", "branch")


def must_keep(request: StaffRequest) -> None:
    if not permissions.keeps_volunteers(request.staff):
        raise Http404


def _asked(given: dict[str, str], branches: list[tuple[str, str]]) -> dict[str, str]:
    """What a filter may say: anything else is as if nothing was said."""
    offered = forms.ListForm(given, branches=branches)
    offered.full_clean()
    return {name: value for name, value in offered.cleaned_data.items() if value}


@require_http_methods(["GET", "POST"])
def listed(request: StaffRequest) -> HttpResponse:
    """Volunteers by name. The name that is looked for comes by POST and stands sealed in the address."""
    must_keep(request)
    branches = queries.branches_kept(by=request.staff)
    if request.method == "POST":
        sent = forms.ListForm(request.POST.dict(), branches=branches)
        if sent.has_error("name"):
            # Too long: said at the field, with what was typed.
            return _list_page(request, sent, branches)
        told = _asked({name: request.POST.get(name, "") for name in (*FILTERS, "name")}, branches)
        name = told.pop("name", "")
        asked = {**told, **({"name": sealed(name)} if name else {})}
        return HttpResponseRedirect(reverse("volunteers:list") + ("?" + urlencode(asked) if asked else ""))
    given = {name: request.GET.get(name, "") for name in FILTERS}
    name = unsealed(request.GET.get("name", "")) if request.GET.get("name") else ""
    told = _asked({**given, "name": name}, branches)
    found = queries.listed(
        queries.VolunteerFilter(**told, after=request.GET.get("after", "")),
        to=request.staff,
        on=timezone.localdate(),
    )
    kept = {key: value for key, value in told.items() if key != "name"}
    if name:
        kept["name"] = sealed(name)
    more = "?" + urlencode({**kept, "after": found.more}) if found.more else ""
    form = forms.ListForm(initial=told, branches=branches)
    return _list_page(request, form, branches, rows=found.rows, more=more, filtered=bool(told))


def _list_page(
    request: StaffRequest,
    form: forms.ListForm,
    branches: list[tuple[str, str]],
    *,
    rows: Sequence[ListedVolunteer] = (),
    more: str = "",
    filtered: bool = True,
) -> HttpResponse:
    return page(
        request,
        "volunteers/list.html",
        rows=rows,
        more=more,
        form=form,
        filtered=filtered,
        several=len(branches) > 1,
        State=VolunteerState,
    )


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Write down somebody who helps already."""
    must_keep(request)
    form = forms.AddForm(request.POST if request.method == "POST" else None, by=request.staff)

    def act(*, branch: str, role: str, joined_on: date | None, **typed: object) -> Volunteer:
        return actions.add_volunteer(
            by=request.staff, branch=UUID(branch), role=role, joined_on=joined_on, at=timezone.now(), **typed
        )

    if form.submit(act):
        add_message(request, _("Written down."))
        return HttpResponseRedirect(reverse("volunteers:volunteer", args=[form.result.pk]))
    return page(request, "volunteers/add.html", form=form)


def _shown(request: StaffRequest, pk: UUID, notes: object = None) -> HttpResponse:
    row = queries.by_pk_or_404(pk, to=request.staff)
    today = timezone.localdate()
    kept = details(row)
    held = queries.memberships(row)
    # Whoever is only asked to take over reads no telephone yet.
    near = permissions.keeps(request.staff, row) or any(
        one.branch_id == request.staff.branch_id and one.until is None for one in held
    )
    may = queries.missing_on(row, on=today)
    # What is missing for everything is said once.
    everywhere = [code for code in may[MayDo.ANSWER] if all(code in lacking for lacking in may.values())]
    return page(
        request,
        "volunteers/volunteer.html",
        who=row,
        known=labels(row),
        near=near,
        contact=queries.contact(kept) if kept is not None and near else [],
        unreadable=kept is None,
        changed_outside=changed_outside(row),
        history=queries.history(kept) if kept is not None and near else [],
        held=held,
        may=[
            (one.label, [Missing(code).label for code in may[one] if code not in everywhere]) for one in MayDo
        ],
        everywhere=[Missing(code).label for code in everywhere],
        minor=row.born_year is not None and not rules.is_grown_up(row.born_year, today),
        steps=steps_for(request.staff, row),
        keeps=permissions.keeps(request.staff, row),
        decides=permissions.decides(request.staff),
        notes=notes,
        today=today,
        State=VolunteerState,
    )


@require_GET
def volunteer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One volunteer: contact, what she may do and why not, where she helps, what happened."""
    return _shown(request, pk)


@require_POST
@vault_required
def sealed_notes(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a focal point vetting and incidents; it is journalled."""
    if not permissions.decides(request.staff):
        raise Http404
    row = queries.by_pk_or_404(pk, to=request.staff)
    actions.read_sealed(keys=request.keys, row=row, at=timezone.now())
    return _shown(request, pk, queries.sealed_notes(row, keys=request.keys))


@require_http_methods(["GET", "POST"])
@vault_required
def incident(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a branch told of: a focal point reads it, decides, and takes it into the volunteer's file."""
    report = queries.incident_or_404(pk, to=request.staff)
    told, about = queries.incident_told(report, keys=request.keys)
    form = forms.DecidedForm(request.POST if request.method == "POST" else None)
    if form.submit(actions.take_incident, keys=request.keys, report=report, at=timezone.now()):
        add_message(request, _("Saved."))
        to = reverse("volunteers:volunteer", args=[about.pk]) if about else reverse("volunteers:list")
        return HttpResponseRedirect(to)
    return page(request, "volunteers/incident.html", form=form, told=told, about=about)


@require_POST
def own_data(request: StaffRequest, pk: UUID, how: str) -> HttpResponse:
    """Take out all that is held of a volunteer, for the volunteer: to print, or as a file."""
    row = queries.by_pk_or_404(pk, to=request.staff)
    if not permissions.keeps(request.staff, row):
        raise Http404
    at = timezone.now()
    actions.told_own_data(by=request.staff, row=row, at=at)
    told = queries.own_data(row)
    if how == "paper":
        return page(request, "volunteers/own_data.html", who=row, told=told, printed=at)
    body = {heading: [{"what": one.label, "held": one.text} for one in facts] for heading, facts in told}
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="own-data.json"'
    return response
