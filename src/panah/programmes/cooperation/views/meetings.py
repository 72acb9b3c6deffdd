"""Meetings of the network with agenda, papers and decisions, and what came of each."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation import permissions
from panah.programmes.cooperation import queries as cooperation_queries
from panah.programmes.cooperation.forms.practices import CloseForm, MeetingForm
from panah.programmes.cooperation.searching import named_papers, search_address
from panah.programmes.cooperation.steps import MEETING_STEPS
from panah.programmes.cooperation.views.common import back_to, form_page, must_keep, must_read
from panah.programmes.cooperation.words import DecisionState


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    must_read(request)
    rows = cooperation_queries.meetings(to=request.staff)
    return page(
        request,
        "cooperation/meetings.html",
        search=search_address(),
        rows=rows,
        keeps=permissions.keeps(request.staff),
        decides=permissions.decides(request.staff),
    )


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    must_keep(request)
    form = MeetingForm(posted(request))
    if form.submit(cooperation.save_meeting, by=request.staff, at=timezone.now()):
        return HttpResponseRedirect(back_to("meeting", form.result.pk))
    return form_page(request, form, _("A new meeting"), back_to("meetings"))


@require_safe
def meeting(request: StaffRequest, pk: UUID) -> HttpResponse:
    must_read(request)
    row = cooperation_queries.meeting_or_404(pk, to=request.staff)
    papers = list(row.papers.all())
    return page(
        request,
        "cooperation/meeting.html",
        meeting=row,
        papers=papers,
        named=named_papers([one.where for one in papers], to=request.staff),
        decisions=list(row.decisions.select_related("owner")),
        steps=MEETING_STEPS.offered(row, to=request.staff),
        decides=permissions.decides(request.staff),
        today=timezone.localdate(),
    )


@require_http_methods(["GET", "POST"])
def decision(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One decision; its owner, or whoever keeps the meetings, says what came of it."""
    must_read(request)
    row = cooperation_queries.decision_or_404(pk, to=request.staff)
    closes = permissions.keeps(request.staff) or row.owner_id == request.staff.pk
    closes = closes and row.state == DecisionState.OPEN
    if request.method == "POST" and not closes:
        raise Http404
    form = CloseForm(posted(request)) if closes else None
    if form and form.submit(cooperation.close_decision, decision=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Written down."))
        return HttpResponseRedirect(back_to("meeting", row.meeting_id))
    return page(request, "cooperation/decision.html", row=row, form=form)
