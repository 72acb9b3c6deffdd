"""Courses: the list, planning one, its sessions, its end; gaps by branch."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.training import actions, forms, permissions, queries
from panah.programmes.training.models import Course
from panah.programmes.training.words import Audience, CameBy, CourseState, EnrolmentState
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.permissions import keeps as keeps_volunteer
from panah.programmes.volunteers.words import TrainedIn


def to_course(course: Course) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("training:course", args=[course.pk]))


def say_left_out(request: StaffRequest, number: int) -> None:
    """Names that stand on the list are not added again: said, since two people may have one name."""
    if number:
        text = ngettext(
            "%(num)s name was left out: it stands on the list. If two people have it, add a letter to one.",
            "%(num)s names were left out: they stand on the list. If two people have one, add a letter to it.",
            number,
        )
        add_message(request, text % {"num": number}, tone="soon")


def must_plan(request: StaffRequest) -> None:
    if not permissions.plans_courses(request.staff):
        raise Http404


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """The courses that a colleague keeps or leads."""
    over = request.GET.get("state") == "over"
    return page(
        request,
        "training/list.html",
        found=queries.listed(to=request.staff, over=over, after=request.GET.get("after", "")),
        over=over,
        plans=permissions.plans_courses(request.staff),
        State=CourseState,
    )


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest) -> HttpResponse:
    """Plan a course with its first session; ``?module=`` from the page of a module."""
    must_plan(request)
    form = forms.CourseForm(posted(request), staff=request.staff, initial=_of_module(request))
    if form.submit(actions.plan_course, by=request.staff, at=timezone.now()):
        add_message(request, _("Planned. Now put people on the list."))
        return to_course(form.result)
    return page(
        request,
        "training/form.html",
        form=form,
        heading=_("Plan a course"),
        button=_("Plan the course"),
        none_adopted=not queries.adopted(to=request.staff),
        adopts=permissions.adopts_modules(request.staff),
    )


def _of_module(request: StaffRequest) -> dict[str, object]:
    """What a course is called and for whom it is, where it is planned from the page of a module."""
    asked = request.GET.get("module", "")
    module = next((one for one in queries.adopted(to=request.staff) if str(one.pk) == asked), None)
    if module is None:
        return {}
    curriculum = module.in_language(get_language() or "en")
    audience = next((one for one in curriculum.audience if one in Audience.values), Audience.VOLUNTEERS)
    return {"modules": [asked], "title": curriculum.title, "audience": audience}


@require_GET
def course(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One course: its sessions, its list, what comes next."""
    one = queries.by_pk_or_404(pk, to=request.staff)
    people = queries.people_of(one)
    by_state = {state: [each for each in people if each.row.state == state] for state in EnrolmentState}
    return page(
        request,
        "training/course.html",
        one=one,
        keeps=Course.objects.kept(by=request.staff).filter(pk=pk).exists(),
        modules=[each.module for each in one.taught.select_related("module")],
        trainers=queries.leading_colleagues(one),
        on_paper=queries.leading_volunteers(one),
        sessions=list(one.sessions.all()),
        phones=queries.phone_lists_of(one),
        enrolled=by_state[EnrolmentState.ENROLLED],
        waiting=by_state[EnrolmentState.WAITING],
        names_erased_on=queries.names_erased_on(one),
        left=max(0, one.places - len(by_state[EnrolmentState.ENROLLED])),
        today=timezone.localdate(),
        State=CourseState,
        CameBy=CameBy,
    )


def _about(
    request: StaffRequest, pk: UUID, make: Callable[[Course], Form], act: Callable[..., object], heading: str
) -> HttpResponse:
    """Show a form about one course that the asker keeps, or do what it says."""
    one = queries.by_pk_or_404(pk, to=request.staff, kept=True)
    form = make(one)
    if form.submit(act, course=one, by=request.staff, at=timezone.now()):
        add_message(request, _("Saved."))
        return to_course(one)
    return page(request, "training/form.html", form=form, heading=heading, button=_("Save"), one=one)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change title, trainers, place, number of places."""

    def made(one: Course) -> forms.ChangeCourseForm:
        kept = (
            *("title", "audience", "language", "place", "places", "level", "enough_present", "enough_right"),
            *("goal", "project"),
        )
        first = {name: getattr(one, name) for name in kept}
        leading = queries.leading_volunteers(one)
        first["trainers"] = [str(each.pk) for each in (*leading, *queries.leading_colleagues(one))]
        return forms.ChangeCourseForm(posted(request), staff=request.staff, leading=leading, initial=first)

    return _about(request, pk, made, actions.change_course, _("Change the course"))


@require_http_methods(["GET", "POST"])
def session(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Add a session."""
    return _about(
        request,
        pk,
        lambda one: forms.AddSessionForm(posted(request), initial={"minutes": 90}),
        actions.add_session,
        _("Add a session"),
    )


@require_http_methods(["GET", "POST"])
def change_session(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Move a session to another day, hour or place."""
    row = queries.session_or_404(pk, to=request.staff)
    one = queries.by_pk_or_404(row.course_id, to=request.staff, kept=True)
    first = {name: getattr(row, name) for name in ("on", "begins", "minutes", "place")}
    form = forms.SessionForm(posted(request), initial=first)
    if form.submit(actions.change_session, session=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Saved. Tell whoever stands on the list."))
        return to_course(one)
    return page(
        request, "training/form.html", form=form, heading=_("Change the session"), button=_("Save"), one=one
    )


@require_POST
def drop_session(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a session off."""
    one = queries.session_or_404(pk, to=request.staff)
    queries.by_pk_or_404(one.course_id, to=request.staff, kept=True)
    actions.drop_session(session=one, by=request.staff, at=timezone.now())
    add_message(request, _("The session was taken off."))
    return to_course(one.course)


@require_POST
def call_off(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that a course does not take place."""
    one = queries.by_pk_or_404(pk, to=request.staff, kept=True)
    actions.call_off(course=one, by=request.staff, at=timezone.now())
    add_message(request, _("The course was called off. Tell whoever stands on the list."))
    return to_course(one)


@require_POST
def settle(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say who completed the course, by what is known."""
    one = queries.by_pk_or_404(pk, to=request.staff)
    actions.settle(course=one, by=request.staff, at=timezone.now())
    add_message(request, _("Settled. A register that comes later still counts."))
    return to_course(one)


@require_GET
def gaps(request: StaffRequest) -> HttpResponse:
    """What is missing in which branch, and what runs out soon."""
    must_plan(request)
    today = timezone.localdate()
    return page(
        request,
        "training/gaps.html",
        gaps=queries.gaps(to=request.staff, on=today),
        ending=queries.ending(to=request.staff, on=today),
        modules={one.teaches: one for one in queries.adopted(to=request.staff) if one.teaches},
        TrainedIn=TrainedIn,
    )


@require_http_methods(["GET", "POST"])
def volunteer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a volunteer holds until when; and writing down a training from elsewhere."""
    one = volunteers_queries.by_pk_or_404(pk, to=request.staff)
    keeps = keeps_volunteer(request.staff, one) and one.staff_id != request.staff.pk
    if request.method == "POST" and not keeps:
        raise Http404
    form = forms.TrainingForm(posted(request))
    if form.submit(actions.write_training, volunteer=one, by=request.staff, at=timezone.now()):
        add_message(request, _("Written down."))
        return HttpResponseRedirect(reverse("training:volunteer", args=[pk]))
    return page(
        request,
        "training/volunteer.html",
        form=form if keeps else None,
        one=one,
        held=queries.held_by(one.pk, on=timezone.localdate()),
        wallet=queries.wallet(one.pk, get_language() or "en", on=timezone.localdate()),
    )
