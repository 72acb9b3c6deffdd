"""The list of a course: volunteers, names alone, leaving it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.training import actions, forms, queries
from panah.programmes.training.models import Course, Enrolment
from panah.programmes.training.views.courses import say_left_out, to_course
from panah.programmes.training.words import EnrolmentState
from panah.programmes.volunteers import queries as volunteers_queries

if TYPE_CHECKING:
    from panah.programmes.volunteers.models import Volunteer


def _chosen(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("volunteer", ""))
    except ValueError:
        return None


def _found(
    request: StaffRequest,
    course: Course,
    *,
    action: str,
    heading: str,
    row: Enrolment | None = None,
    find: Callable[..., list[Volunteer]] = queries.volunteers_named,
    why_not: Callable[..., list[queries.NotOffered]] | None = None,
) -> HttpResponse:
    """Look for a volunteer by name, sent in the body: a name stands in no address. Each that is found has a button."""
    form = forms.FindForm(posted(request))
    searched = form.is_bound and form.is_valid()
    found = find(form.cleaned_data["name"], course=course, to=request.staff) if searched else []
    not_offered = []
    if why_not is not None and searched and not found:
        not_offered = why_not(form.cleaned_data["name"], course=course, to=request.staff)
    return page(
        request,
        "training/find.html",
        form=form,
        one=course,
        found=found,
        searched=searched,
        action=action,
        heading=heading,
        about=queries.name_of(row) if row is not None else "",
        not_offered=not_offered,
        elsewhere=_("Who is no volunteer is put on the list by name alone.") if why_not is None else "",
    )


@require_http_methods(["GET", "POST"])
def volunteers(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Look for a volunteer and put her on the list."""
    one = queries.by_pk_or_404(pk, to=request.staff, kept=True)
    here = reverse("training:enrol", args=[pk])
    chosen = _chosen(request)
    if chosen is None:
        return _found(request, one, action=here, heading=_("Put a volunteer on the list"))
    who = volunteers_queries.by_pk_or_404(chosen, to=request.staff)
    row = actions.enrol_volunteer(course=one, volunteer=who, by=request.staff, at=timezone.now())
    waits = row.state == EnrolmentState.WAITING
    add_message(request, _("On the waiting list: all places are taken.") if waits else _("On the list."))
    return HttpResponseRedirect(here)


@require_http_methods(["GET", "POST"])
def lead(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Name a volunteer who leads a course and does not sign in."""
    one = queries.by_pk_or_404(pk, to=request.staff, kept=True)
    chosen = _chosen(request)
    if chosen is None:
        return _found(
            request,
            one,
            action=reverse("training:lead", args=[pk]),
            heading=_("Who leads without a sign-in?"),
            find=queries.who_may_lead,
            why_not=queries.why_not_offered,
        )
    who = volunteers_queries.by_pk_or_404(chosen, to=request.staff)
    actions.name_leading_volunteer(course=one, volunteer=who, by=request.staff, at=timezone.now())
    add_message(request, _("Named. Print the list for each session, and type it in afterwards."))
    return to_course(one)


@require_http_methods(["GET", "POST"])
def who_need(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put many of those on the list who need what the course teaches."""
    one = queries.by_pk_or_404(pk, to=request.staff, kept=True)
    chosen = set(request.POST.getlist("volunteers"))
    on_list = one.enrolments.exclude(state=EnrolmentState.CANCELLED).values_list("volunteer", flat=True)
    if chosen and chosen <= {str(pk) for pk in on_list}:
        # Pressed twice: they stand there.
        return to_course(one)
    needs = queries.who_need(one, to=request.staff)
    form = forms.WhoNeedItForm(posted(request), needs=needs, left=queries.places_left(one))
    if needs and form.submit(actions.enrol_who_need_it, course=one, by=request.staff, at=timezone.now()):
        _say_listed(request, form.result)
        return to_course(one)
    return page(request, "training/who_need.html", form=form, needs=needs, one=one)


def _say_listed(request: StaffRequest, rows: list[Enrolment]) -> None:
    number = len(rows)
    text = ngettext("%(num)s name was put on the list.", "%(num)s names were put on the list.", number)
    add_message(request, text % {"num": number})
    waits = sum(row.state == EnrolmentState.WAITING for row in rows)
    if waits:
        text = ngettext("%(num)s of them waits for a place.", "%(num)s of them wait for a place.", waits)
        add_message(request, text % {"num": waits}, tone="soon")


@require_http_methods(["GET", "POST"])
def names(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put many on the list by name alone."""
    one = queries.by_pk_or_404(pk, to=request.staff, kept=True)
    form = forms.NamesForm(posted(request))

    def enrol(*, names: str) -> list[Enrolment]:
        return actions.enrol_names(course=one, names=names.splitlines(), by=request.staff, at=timezone.now())

    if form.submit(enrol):
        typed = form.cleaned_data["names"].splitlines()
        say_left_out(request, sum(bool(line.strip()) for line in typed) - len(form.result))
        _say_listed(request, form.result)
        return to_course(one)
    return page(
        request,
        "training/form.html",
        form=form,
        heading=_("Put names on the list"),
        button=_("Put them on the list"),
        one=one,
    )


@require_POST
def cancel(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take somebody off the list."""
    row = queries.enrolment_or_404(pk, to=request.staff)
    moved = actions.cancel_enrolment(row=row, by=request.staff, at=timezone.now())
    add_message(request, _("Taken off the list."))
    if moved:
        add_message(request, _("Whoever waited longest has the place now. Tell them."), tone="soon")
    return to_course(row.course)


@require_http_methods(["GET", "POST"])
def link(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say which volunteer a name on the list is."""
    row = queries.enrolment_or_404(pk, to=request.staff)
    chosen = _chosen(request)
    if chosen is None:
        here = reverse("training:link", args=[pk])
        return _found(request, row.course, action=here, heading=_("Which volunteer is it?"), row=row)
    who = volunteers_queries.by_pk_or_404(chosen, to=request.staff)
    actions.link_volunteer(row=row, volunteer=who, by=request.staff, at=timezone.now())
    add_message(request, _("From now on the training counts for this volunteer."))
    return to_course(row.course)
