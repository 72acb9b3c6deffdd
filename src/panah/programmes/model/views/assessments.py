"""A self-assessment: the years, one's own part page by page, side by side, what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.chart_svg import drawn
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, attempt, page, posted
from panah.programmes.model import actions as model
from panah.programmes.model import permissions
from panah.programmes.model import queries as model_queries
from panah.programmes.model.forms import AgreeForm, BeginForm, LevelForm, PeopleForm
from panah.programmes.model.words import AssessmentState, Level

if TYPE_CHECKING:
    from panah.programmes.model.models import Assessment

TOP = Level.STRONG.value


def to_assessment(row: Assessment) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("model:assessment", args=[row.pk]))


def must_run(request: StaffRequest) -> None:
    if not permissions.runs_assessments(request.staff):
        raise Http404


def led(request: StaffRequest, pk: UUID) -> Assessment:
    """Return an assessment for whoever runs it."""
    must_run(request)
    return model_queries.assessment_or_404(pk, to=request.staff)


@require_safe
def start(request: StaffRequest) -> HttpResponse:
    """The years of the society, as far as the reader may see them, and where the model can be read."""
    return page(
        request,
        "model/start.html",
        assessments=list(model_queries.assessments(to=request.staff)),
        runs=permissions.runs_assessments(request.staff),
        version=model_queries.current_version(),
    )


@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    must_run(request)
    form = BeginForm(
        posted(request),
        this_year=timezone.localdate().year,
        people=colleagues(to=request.staff),
        initial={"year": str(timezone.localdate().year)},
    )
    if form.submit(model.begin_assessment, by=request.staff, at=timezone.now()):
        add_message(request, _("Begun. Everybody who was named finds it on the own list."))
        return to_assessment(form.result)
    return form_page(request, "model", form, _("Begin a self-assessment"), reverse("model:start"))


@require_http_methods(["GET", "POST"])
def people(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = led(request, pk)
    there = {one.staff_id for one in model_queries.assessors(row)}
    form = PeopleForm(
        posted(request),
        people=[colleague for colleague in colleagues(to=request.staff) if colleague.pk not in there],
    )
    if form.submit(model.name_colleagues, assessment=row, by=request.staff, at=timezone.now()):
        return to_assessment(row)
    back = reverse("model:assessment", args=[row.pk])
    return form_page(request, "model", form, _("Name more colleagues"), back)


@require_safe
def assessment(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One year: who has finished, what differs, or what was agreed, planned and shown."""
    row = model_queries.assessment_or_404(pk, to=request.staff)
    runs, part = permissions.runs_assessments(request.staff), model_queries.own_part(row, to=request.staff)
    if row.state == AssessmentState.AGREED:
        return _agreed(request, row, runs=runs, given=part is not None)
    compares = model_queries.may_compare(row, to=request.staff)
    return page(
        request,
        "model/assessment.html",
        one=row,
        runs=runs,
        part=part,
        state=AssessmentState,
        assessors=model_queries.assessors(row) if runs or part else [],
        sides=list(model_queries.side_by_side(row).values()) if compares else [],
    )


def _agreed(request: StaffRequest, row: Assessment, *, runs: bool, given: bool) -> HttpResponse:
    before = model_queries.year_before(row)
    rows = model_queries.agreed_rows(row, before)
    shared = model_queries.shared_of(row.society_id)
    return page(
        request,
        "model/agreed.html",
        one=row,
        runs=runs,
        compares=runs or given,
        rows=rows,
        before=before,
        chart=drawn(((one.element.title, one.level, one.before) for one in rows), most=TOP),
        needs=sorted((one for one in rows if one.is_need), key=lambda one: one.level or 0),
        plan=model_queries.plan_of(row),
        proposals=model_queries.proposals(row) if runs else [],
        shared=shared if shared and shared.year == row.year else None,
        levels=dict(Level.choices),
        titles={one.element.id: one.element.title for one in rows},
    )


@require_safe
def own(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One's own part: the elements with what was said so far. Once all stand side by side, the way there."""
    part = model_queries.own_or_404(pk, to=request.staff)
    if part.assessment.state != AssessmentState.ALONE:
        return to_assessment(part.assessment)
    given = model_queries.given_by(part)
    elements = model_queries.elements(part.assessment.version)
    return page(
        request,
        "model/own.html",
        part=part,
        rows=[(one, given.get(name)) for name, one in elements.items()],
        upcoming=next((name for name in elements if name not in given), None),
        number=len(given),
        levels={0: _("I cannot say"), **dict(Level.choices)},
    )


@require_http_methods(["GET", "POST"])
def level(request: StaffRequest, pk: UUID, element: str) -> HttpResponse:
    """One element of one's own part: kept at once, then the next that has no answer."""
    part = model_queries.own_or_404(pk, to=request.staff)
    elements = model_queries.elements(part.assessment.version)
    if element not in elements:
        raise Http404
    said = model_queries.given_by(part)
    kept = said.get(element)
    initial = (
        {"level": kept.level, "seen": kept.seen, "other": kept.other, "sentence": kept.sentence}
        if kept
        else {}
    )
    form = LevelForm(posted(request), element=elements[element], initial=initial)
    if form.submit(model.give_level, part=part, element=element):
        left = [name for name in elements if name not in said and name != element]
        later = [name for name in left if list(elements).index(name) > list(elements).index(element)]
        upcoming = next(iter(later or left), None)
        if upcoming and request.POST.get("do") != "list":
            return HttpResponseRedirect(reverse("model:level", args=[part.pk, upcoming]))
        return HttpResponseRedirect(reverse("model:own", args=[part.pk]))
    return page(
        request,
        "model/level.html",
        form=form,
        part=part,
        element=elements[element],
        number=list(elements).index(element) + 1,
        total=len(elements),
    )


@require_POST
def finish(request: StaffRequest, pk: UUID) -> HttpResponse:
    part = model_queries.own_or_404(pk, to=request.staff)
    said = _("Finished. You can change it until all are set side by side.")
    attempt(request, model.finish_own_part, said, part=part, by=request.staff, at=timezone.now())
    return HttpResponseRedirect(reverse("model:own", args=[part.pk]))


@require_POST
def together(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = led(request, pk)
    attempt(request, model.set_side_by_side, assessment=row, by=request.staff, at=timezone.now())
    return to_assessment(row)


@require_POST
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = led(request, pk)
    attempt(request, model.end_assessment, assessment=row, by=request.staff, at=timezone.now())
    return to_assessment(row)


@require_http_methods(["GET", "POST"])
def agree(request: StaffRequest, pk: UUID, element: str) -> HttpResponse:
    """One element side by side; whoever runs it writes down what was agreed."""
    row = model_queries.assessment_or_404(pk, to=request.staff)
    if not model_queries.may_compare(row, to=request.staff):
        raise Http404
    sides = model_queries.side_by_side(row)
    if element not in sides:
        raise Http404
    side = sides[element]
    writes = permissions.runs_assessments(request.staff) and row.state == AssessmentState.TOGETHER
    form = _agree_form(request, row, side) if writes else None
    if request.method == "POST" and form is None:
        raise Http404
    if form and form.submit(
        model.agree_level, assessment=row, element=element, by=request.staff, at=timezone.now()
    ):
        left = [name for name, one in sides.items() if one.agreed is None and name != element]
        if left:
            return HttpResponseRedirect(reverse("model:agree", args=[row.pk, left[0]]))
        return to_assessment(row)
    names = list(sides)
    return page(
        request,
        "model/side_by_side.html",
        one=row,
        side=side,
        form=form,
        number=names.index(element) + 1,
        total=len(names),
        levels={0: _("cannot say"), **dict(Level.choices)},
    )


def _agree_form(request: StaffRequest, row: Assessment, side: model_queries.SideBySide) -> AgreeForm:
    people = {one.staff.pk: one.staff for one in model_queries.assessors(row)}
    people |= {request.staff.pk: request.staff}
    kept = side.agreed
    given = set(kept.decided_by.split(", ")) if kept else set()
    initial: dict[str, object] = {
        "level": kept.level if kept else None if side.differs else next(iter(side.levels), None),
        "sentence": kept.sentence if kept else "",
        "decided_by": [str(pk) for pk, one in people.items() if not kept or one.name in given],
    }
    form = AgreeForm(posted(request), element=side.element, people=people.values(), initial=initial)
    if kept:
        form.look_at(kept)
    return form
