"""The plan after a self-assessment."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.model import actions as model
from panah.programmes.model import queries as model_queries
from panah.programmes.model.forms import ActionForm, EndActionForm
from panah.programmes.model.views.assessments import led, to_assessment
from panah.programmes.model.words import ActionState, AssessmentState


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Plan an action about a need."""
    row = led(request, pk)
    if row.state != AssessmentState.AGREED:
        raise Http404
    form = ActionForm(
        posted(request),
        elements=model_queries.elements(row.version).values(),
        people=colleagues(to=request.staff),
        initial={"element": request.GET.get("element", "")},
    )
    if form.submit(model.add_action, assessment=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Planned. It stands on the colleague’s list."))
        return to_assessment(row)
    back = reverse("model:assessment", args=[row.pk])
    return form_page(request, "model", form, _("Plan an action"), back)


@require_http_methods(["GET", "POST"])
def action(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One action: who, until when, and what came of it."""
    row = model_queries.action_or_404(pk, to=request.staff)
    ends = row.state == ActionState.OPEN and model_queries.may_end(row, by=request.staff)
    if request.method == "POST" and not ends:
        raise Http404
    form = EndActionForm(posted(request)) if ends else None
    if form and form.submit(model.end_action, planned=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Written down."))
        return HttpResponseRedirect(reverse("model:action", args=[row.pk]))
    title = model_queries.elements(row.assessment.version)[row.element].title
    reads = model_queries.assessments(to=request.staff).filter(pk=row.assessment_id).exists()
    return page(
        request,
        "model/action.html",
        action=row,
        title=title,
        form=form,
        reads=reads,
        open=row.state == ActionState.OPEN,
    )
