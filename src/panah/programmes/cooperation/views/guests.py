"""What the society shares; guest seats; the pages of guests."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.accounts.guests import is_guest
from panah.ground.accounts.queries import guests
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import ChoiceLabel
from panah.ground.kit.pages import add_message, attempt, page, posted
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation import queries as cooperation_queries
from panah.programmes.cooperation.forms.guests import AnswerForm, AskForm, SeatForm, ShowForm
from panah.programmes.cooperation.models import Seat
from panah.programmes.cooperation.views.common import back_to, facts, must_decide
from panah.programmes.cooperation.words import Kind

LEADS_BACK = {
    Kind.PROFILE: "start",
    Kind.POINT: "point",
    Kind.CORRIDOR: "corridors",
    Kind.PRACTICE: "practice",
    Kind.MEETING: "meeting",
}


@require_POST
def share(request: StaffRequest, kind: str, pk: UUID) -> HttpResponse:
    """Share an entry with all paired societies, or take it back."""
    must_decide(request)
    if kind not in LEADS_BACK or request.POST.get("shared") not in ("yes", "no"):
        raise Http404
    shared = request.POST["shared"] == "yes"
    said = (
        _("Shared. Paired societies are told with the next message.")
        if shared
        else _("Taken back. Paired societies are told with the next message.")
    )
    at = timezone.now()
    attempt(request, cooperation.share, said, kind=kind, entry=pk, shared=shared, by=request.staff, at=at)
    name = LEADS_BACK[Kind(kind)]
    return HttpResponseRedirect(back_to(name, *([pk] if name == kind else [])))


@require_http_methods(["GET", "POST"])
def seats(request: StaffRequest) -> HttpResponse:
    """Who sits here as a guest; a new seat."""
    must_decide(request)
    rows = cooperation_queries.seats(to=request.staff)
    seated = {row.staff_id for row in rows if row.ended_on is None}
    free = [one for one in guests(to=request.staff) if one.pk not in seated]
    form = SeatForm(posted(request), people=free)
    if form.submit(cooperation.give_seat, by=request.staff, at=timezone.now()):
        return HttpResponseRedirect(back_to("seat", form.result.pk))
    return page(request, "cooperation/seats.html", rows=rows, form=form, today=timezone.localdate())


@require_http_methods(["GET", "POST"])
def seat(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One guest: what she may read, and what she asked."""
    must_decide(request)
    row, at = cooperation_queries.seat_or_404(pk, to=request.staff), timezone.now()
    if row.ended_on is not None and request.method == "POST":
        raise Http404
    offered = [
        (str(one.entry), ChoiceLabel(cooperation_queries.heading(one.kind, one.said), Kind(one.kind).label))
        for one in cooperation_queries.may_be_shared(row.society_id, at=at)
    ]
    shown = [str(one.entry) for one in cooperation_queries.shared_with(row, at=at)]
    form = ShowForm(posted(request), offered=offered, initial={"entries": shown})
    if form.submit(cooperation.show_to_guest, seat=row, by=request.staff, at=at):
        add_message(request, _("Saved. The guest reads exactly this."))
        return HttpResponseRedirect(back_to("seat", row.pk))
    questions = cooperation_queries.questions_of(row)
    form_or_none = form if row.ended_on is None else None
    return page(request, "cooperation/seat.html", seat=row, form=form_or_none, questions=questions)


@require_POST
def end_seat(request: StaffRequest, pk: UUID) -> HttpResponse:
    must_decide(request)
    row = cooperation_queries.seat_or_404(pk, to=request.staff)
    cooperation.end_seat(seat=row, by=request.staff, at=timezone.now())
    add_message(request, _("The seat has ended. The guest can no longer sign in."))
    return HttpResponseRedirect(back_to("seats"))


@require_http_methods(["GET", "POST"])
def question(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A guest's question for whoever answers it."""
    row = cooperation_queries.question_or_404(pk, to=request.staff)
    if row.answered_on is not None and request.method == "POST":
        raise Http404
    form = AnswerForm(posted(request)) if row.answered_on is None else None
    if form and form.submit(cooperation.answer, question=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Answered. The guest reads it on her page."))
        return HttpResponseRedirect(back_to("question", row.pk))
    return page(request, "cooperation/question.html", row=row, form=form, kind=Kind(row.kind).label)


# -- the guest's own pages -------------------------------------------------------------------------


def _seat(request: StaffRequest) -> Seat | None:
    if not is_guest(request.staff):
        raise Http404
    return cooperation_queries.own_seat(to=request.staff, at=timezone.now())


@require_safe
def guest(request: StaffRequest) -> HttpResponse:
    """What is shared with a guest, and what became of her questions."""
    row, at = _seat(request), timezone.now()
    entries = cooperation_queries.shared_with(row, at=at) if row else []
    return page(
        request,
        "cooperation/guest.html",
        seat=row,
        society=request.staff.society,
        entries=[
            (entry, Kind(entry.kind).label, cooperation_queries.heading(entry.kind, entry.said))
            for entry in entries
        ],
        questions=cooperation_queries.questions_of(row) if row else [],
    )


@require_http_methods(["GET", "POST"])
def guest_entry(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One entry that is shared with her; she may ask for details."""
    row = _seat(request)
    if row is None:
        raise Http404
    one = cooperation_queries.shared_entry_or_404(row, pk, at=timezone.now())
    form = AskForm(posted(request))
    if form.submit(cooperation.ask, entry=one.entry, by=request.staff, at=timezone.now()):
        add_message(request, _("Asked. Somebody answers within a week; you read it on this page."))
        return HttpResponseRedirect(back_to("guest_entry", one.entry))
    return page(
        request,
        "cooperation/guest_entry.html",
        heading=cooperation_queries.heading(one.kind, one.said),
        kind=Kind(one.kind).label,
        one=one,
        facts=facts(one.kind, one.said),
        phone=one.said.get("phone", ""),
        questions=cooperation_queries.questions_of(row, one.entry),
        form=form,
    )
