"""The list of societies, and what each says about its branches."""

from collections import Counter

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network import actions, capabilities, queries
from panah.ground.network.forms import AddBranchForm, BranchForm, FindSocietyForm, SocietyForm
from panah.ground.network.models import Branch
from panah.ground.network.permissions import policy
from panah.ground.network.words import country_name


@require_safe
def societies(request: StaffRequest) -> HttpResponse:
    form = FindSocietyForm(request.GET or None)
    wanted = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    found = queries.societies(words_like=wanted)
    return page(
        request,
        "network/societies.html",
        block="rows",
        form=form,
        wanted=wanted,
        near=[s for s in found if s.hosted or s.central_asian],
        others=[s for s in found if not (s.hosted or s.central_asian)],
    )


@require_safe
def society(request: StaffRequest, slug: str) -> HttpResponse:
    found = queries.society_or_404(slug)
    branches = queries.branches_of(found, closed=True)
    closed = capabilities.closed_on(found, timezone.localdate())
    notes = Counter(b.note for b in branches if b.note).most_common(1)
    return page(
        request,
        "network/society.html",
        society=found,
        common_note=notes[0][0] if notes else "",
        names=queries.names_of(found),
        name=found.name_in(request.LANGUAGE_CODE),
        country=country_name(found.iso2, request.LANGUAGE_CODE),
        branches=branches,
        regions=queries.regions_of(found.iso2),
        keeps=policy.allows(request.staff, found),
        light=capabilities.is_light(found, timezone.localdate()),
        leaves=[one for name, one in capabilities.CAPABILITIES.items() if name in closed],
        emergency=queries.emergency_numbers(iso2=found.iso2, on=timezone.localdate()),
        calling_from=request.staff.society.iso2,
    )


def load_kept_branch(request: StaffRequest, slug: str, branch: str) -> Branch:
    found = queries.branch_or_none(queries.kept_society_or_404(slug, by=request.staff), branch)
    if found is None:
        raise Http404
    return found


@require_POST
def confirm_branch(request: StaffRequest, slug: str, branch: str) -> HttpResponse:
    found = load_kept_branch(request, slug, branch)
    actions.confirm_branch(branch=found, by=request.staff, at=timezone.now())
    add_message(request, _("The branch is confirmed."))
    return redirect("network:society", slug)


def branch(request: StaffRequest, slug: str, branch: str) -> HttpResponse:
    found = load_kept_branch(request, slug, branch)
    form = BranchForm(request.POST or None, branch=found)

    def save(*, seen: str, **_given: object) -> None:
        actions.edit_branch(branch=found, seen=seen, by=request.staff, at=timezone.now(), **form.entry())

    if form.submit(save):
        add_message(request, _("The branch is saved and confirmed."))
        return redirect("network:society", slug)
    return page(
        request,
        "network/branch.html",
        form=form,
        society=found.society,
        branch=found,
        name=found.society.name_in(request.LANGUAGE_CODE),
    )


def add_branch(request: StaffRequest, slug: str) -> HttpResponse:
    found = queries.kept_society_or_404(slug, by=request.staff)
    form = AddBranchForm(request.POST or None, society=found)

    def add(**_given: object) -> None:
        actions.add_branch(society=found, by=request.staff, at=timezone.now(), **form.entry())

    if form.submit(add):
        add_message(request, _("The branch is added and confirmed."))
        return redirect("network:society", slug)
    return page(
        request,
        "network/branch.html",
        form=form,
        society=found,
        branch=None,
        name=found.name_in(request.LANGUAGE_CODE),
    )


def edit_society(request: StaffRequest, slug: str) -> HttpResponse:
    found = queries.kept_society_or_404(slug, by=request.staff)
    form = SocietyForm(request.POST or None, society=found)

    def save(*, seen: str, **_given: object) -> None:
        actions.edit_society(society=found, seen=seen, by=request.staff, at=timezone.now(), **form.entry())

    if form.submit(save):
        add_message(request, _("The entry is saved, and its names count as checked."))
        return redirect("network:society", slug)
    return page(
        request,
        "network/society_form.html",
        form=form,
        society=found,
        name=found.name_in(request.LANGUAGE_CODE),
    )
