"""The list of volunteers, one of them, and writing somebody down."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.kit.sealed_addresses import sealed, unsealed
from panah.ground.sign_in.middleware import vault_required
from panah.programmes.volunteers import actions, forms, permissions, queries, rules, sealed_details
from panah.programmes.volunteers.queries.listing import ListedVolunteer
from panah.programmes.volunteers.queries.one import labels
from panah.programmes.volunteers.steps import VOLUNTEER_STEPS
from panah.programmes.volunteers.words import MayDo, Missing, VolunteerState


def must_keep_volunteers(request: StaffRequest) -> None:
    if not permissions.keeps_volunteers(request.staff):
        raise Http404


def _address(said: dict[str, str], **more: object) -> str:
    """The list as it is filtered: the name that is looked for stands sealed in the address."""
    told = {**said, **({"name": sealed(said["name"])} if "name" in said else {}), **more}
    return reverse("volunteers:list") + ("?" + urlencode(told) if told else "")


@require_http_methods(["GET", "POST"])
def listed(request: StaffRequest) -> HttpResponse:
    """Volunteers by name. What is looked for comes by POST."""
    must_keep_volunteers(request)
    branches = queries.branches_kept(by=request.staff)
    sent = request.POST if request.method == "POST" else request.GET
    typed = sent.dict()
    if request.method == "GET":
        typed["name"] = unsealed(typed.get("name", ""))
    form = forms.ListForm(typed, branches=branches)
    # What a filter cannot say is as if nothing was said; a name that is too long is said at its field.
    wrong = form.has_error("name")
    said = {name: value for name, value in form.cleaned_data.items() if value}
    if request.method == "POST":
        return _list_page(request, form, branches) if wrong else HttpResponseRedirect(_address(said))
    found = queries.listed(
        queries.VolunteerFilter(**said, after=request.GET.get("after", "")),
        to=request.staff,
        on=timezone.localdate(),
    )
    more = _address(said, after=found.more) if found.more else ""
    form = forms.ListForm(initial=said, branches=branches)
    return _list_page(request, form, branches, rows=found.rows, more=more, filtered=bool(said))


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
    must_keep_volunteers(request)
    form = forms.AddForm(posted(request), by=request.staff)
    if form.submit(actions.add_volunteer, by=request.staff, at=timezone.now()):
        add_message(request, _("Written down."))
        return HttpResponseRedirect(reverse("volunteers:volunteer", args=[form.result.pk]))
    return page(request, "volunteers/add.html", form=form)


def _shown(request: StaffRequest, pk: UUID, notes: object = None) -> HttpResponse:
    row = queries.by_pk_or_404(pk, to=request.staff)
    today = timezone.localdate()
    kept = sealed_details.readable(row)
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
        changed_outside=sealed_details.changed_outside(row),
        insurance=kept.get("insurance", "") if kept is not None and near else "",
        history=queries.history(kept) if kept is not None and near else [],
        held=held,
        may=[
            (one.label, [Missing(code).label for code in may[one] if code not in everywhere]) for one in MayDo
        ],
        everywhere=[Missing(code).label for code in everywhere],
        minor=row.born_year is not None and not rules.is_grown_up(row.born_year, today),
        steps=VOLUNTEER_STEPS.offered(row, to=request.staff),
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
    form = forms.DecidedForm(posted(request))
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
