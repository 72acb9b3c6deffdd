"""Groups of peer educators; plans for sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.kit.languages import READERS, language_asked
from panah.ground.kit.page_words import unchecked
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.prevention import actions, forms, library, queries
from panah.programmes.prevention.views.common import form_page, must_plan, own_numbers
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.words import VolunteerState

if TYPE_CHECKING:
    from panah.ground.foundation.http import StaffRequest
    from panah.programmes.prevention.models import Plan


def _to_group(pk: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("prevention:group", args=[pk]))


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """The groups of a coordinator's branch, or of all branches."""
    must_plan(request)
    ended = request.GET.get("ended") == "1"
    found = queries.groups(to=request.staff, ended=ended)
    return page(request, "prevention/groups.html", found=found, ended=ended)


@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """Begin a group."""
    must_plan(request)
    form = forms.GroupForm(posted(request), staff=request.staff)
    if form.submit(actions.begin_group, by=request.staff, at=timezone.now()):
        add_message(request, _("The group has begun. Now add its educators."))
        return _to_group(form.result.pk)
    return form_page(request, form, _("Begin a group"), _("Begin the group"), reverse("prevention:groups"))


@require_GET
def group(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A group: who is in it, what each may do, its sessions."""
    one = queries.group_or_404(pk, to=request.staff)
    after = request.GET.get("after", "")
    return page(
        request,
        "prevention/group.html",
        one=one,
        people=queries.educators_of(one, on=timezone.localdate()),
        found=queries.sessions(to=request.staff, group=one.pk, after=after),
    )


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Look for a volunteer by name, sent in the body: a name stands in no address. Each that is found has a button."""
    one = queries.group_or_404(pk, to=request.staff)
    chosen = request.POST.get("volunteer", "")
    if chosen:
        try:
            who = volunteers_queries.by_pk_or_404(UUID(chosen), to=request.staff)
        except ValueError:
            raise Http404 from None
        actions.add_educator(group=one, volunteer=who, by=request.staff, at=timezone.now())
        add_message(request, _("In the group."))
        return _to_group(pk)
    form = forms.FindForm(posted(request))
    searched = form.is_bound and form.is_valid()
    found = []
    if searched:
        ask = volunteers_queries.VolunteerFilter(form.cleaned_data["name"], VolunteerState.ACTIVE)
        today = timezone.localdate()
        found = [each.row for each in volunteers_queries.listed(ask, to=request.staff, on=today).rows]
    return page(request, "prevention/find.html", one=one, form=form, found=found, searched=searched)


@require_POST
def take_out(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take an educator out of a group."""
    place = queries.place_or_404(pk, to=request.staff)
    actions.take_out(place=place, by=request.staff, at=timezone.now())
    add_message(request, _("No longer in the group. What was done together stays."))
    return _to_group(place.group_id)


@require_POST
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a group."""
    one = queries.group_or_404(pk, to=request.staff)
    actions.end_group(group=one, by=request.staff, at=timezone.now())
    add_message(request, _("The group has ended."))
    return _to_group(pk)


@require_GET
def plans(request: StaffRequest) -> HttpResponse:
    """The library: the modules that Panah brings, and the society's own plans."""
    must_plan(request)
    own = queries.own_plans(to=request.staff)
    return page(request, "prevention/plans.html", modules=queries.brought_plans(to=request.staff), own=own)


@require_GET
def module(request: StaffRequest, slug: str) -> HttpResponse:
    """A module as a plan for a session."""
    must_plan(request)
    plan = library.module_or_none(slug)
    if plan is None:
        raise Http404
    # By its place among the modules: no word of content stands in an address.
    place = next(place for place, (brought, _plan) in enumerate(library.modules(), 1) if brought == slug)
    return _plan_page(request, plan, str(place), reverse("prevention:module_sheet", args=[slug]))


@require_GET
def own_plan(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A plan of the society: typed in here, or a module that it wrote."""
    must_plan(request)
    plan, row = queries.own_plan_or_404(pk, to=request.staff)
    sheet = reverse("prevention:own_plan_sheet", args=[pk])
    usable = any(pk == one for one, _plan in queries.own_plans(to=request.staff))
    return _plan_page(request, plan, str(pk), sheet, row, usable=usable)


def _plan_page(
    request: StaffRequest,
    plan: library.SessionPlan,
    chosen: str,
    sheet: str,
    row: Plan | None = None,
    *,
    usable: bool = True,
) -> HttpResponse:
    groups = queries.groups(to=request.staff) if usable else []
    return page(
        request, "prevention/plan.html", plan=plan, row=row, chosen=chosen, groups=groups, sheet=sheet
    )


@require_GET
def module_sheet(request: StaffRequest, slug: str) -> HttpResponse:
    """A module as cards to print, in the language asked for."""
    must_plan(request)
    with override(language_asked(request, READERS)):
        plan = library.module_or_none(slug)
    if plan is None:
        raise Http404
    return _sheet(request, plan, reverse("prevention:module", args=[slug]))


@require_GET
def own_plan_sheet(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The same of a plan of the society."""
    must_plan(request)
    with override(language_asked(request, READERS)):
        plan, _row = queries.own_plan_or_404(pk, to=request.staff)
    return _sheet(request, plan, reverse("prevention:own_plan", args=[pk]))


def _sheet(request: StaffRequest, plan: library.SessionPlan, back: str) -> HttpResponse:
    language = language_asked(request, READERS)
    told, numbers = unchecked(language), own_numbers(request)
    with override(language):
        return page(
            request,
            "prevention/plan_sheet.html",
            plan=plan,
            back=back,
            numbers=numbers,
            speaks=READERS,
            chosen=language,
            unchecked=told,
        )


@require_http_methods(["GET", "POST"])
def write_plan(request: StaffRequest) -> HttpResponse:
    """Write a plan of the society."""
    must_plan(request)
    form = forms.PlanForm(posted(request))
    if form.submit(actions.write_plan, by=request.staff, at=timezone.now()):
        add_message(request, _("Saved. It can be chosen for a session."))
        return HttpResponseRedirect(reverse("prevention:own_plan", args=[form.result.pk]))
    return form_page(request, form, _("Write a plan"), _("Save"), reverse("prevention:plans"))


@require_http_methods(["GET", "POST"])
def change_plan(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write a plan anew; sessions that used the old one keep it."""
    must_plan(request)
    row = queries.plan_or_404(pk, to=request.staff)
    names = ("title", "language", "minutes", "aims", "steps", "materials")
    form = forms.PlanForm(posted(request), initial={name: getattr(row, name) for name in names})
    if form.submit(actions.write_plan, old=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Saved. Sessions that used the plan as it was keep it."))
        return HttpResponseRedirect(reverse("prevention:own_plan", args=[form.result.pk]))
    back = reverse("prevention:own_plan", args=[pk])
    return form_page(request, form, _("Change the plan"), _("Save"), back)


@require_POST
def retire_plan(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a plan off the list."""
    must_plan(request)
    row = queries.plan_or_404(pk, to=request.staff)
    actions.retire_plan(plan=row, by=request.staff, at=timezone.now())
    add_message(request, _("Off the list for new sessions."))
    return HttpResponseRedirect(reverse("prevention:plans"))
