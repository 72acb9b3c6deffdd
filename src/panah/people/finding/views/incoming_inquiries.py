"""Questions of other societies: compared by a focal point, decided by whoever holds a case that is alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.queries import by_number_or_404
from panah.people.finding import actions, queries, rules
from panah.people.finding.forms import DecideForm
from panah.people.finding.message_schema import InquiryMessage
from panah.people.finding.permissions import may_compare
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import ArrivalState

if TYPE_CHECKING:
    from panah.people.cases.models import Case
    from panah.people.inbox.models import Arrival


@require_GET
def incoming_list(request: StaffRequest) -> HttpResponse:
    """What other societies asked lately, from the outside, and how much each may still ask today."""
    if not may_compare(request.staff):
        raise Http404
    now, society = timezone.now(), request.staff.society_id
    rows = list(queries.incoming_list(to=request.staff)[:50])
    return page(
        request,
        "finding/others.html",
        rows=rows,
        ends=queries.unanswered(rows),
        societies=[
            (one.name, queries.received_within_a_day(society=society, theirs=one.society, at=now))
            for one in queries.reachable(to=request.staff)
        ],
        most=rules.MOST_A_DAY,
        now=now,
    )


@require_http_methods(["GET", "POST"])
@vault_required
def incoming(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """A question that arrived: one button lets it be compared, and nobody here reads whom it is about."""
    rows = inbox_queries.visible(to=request.staff).filter(kind=MessageKind.KNOWN_ASKED)
    row, now = get_object_or_404(rows, pk=arrival), timezone.now()
    refusal = None
    if request.method == "POST":
        try:
            actions.compare(keys=request.keys, arrival=row, at=now)
        except Refusal as problem:
            refusal = problem
        else:
            add_message(request, _("Compared. The answer leaves by itself: you need do nothing more."))
            return redirect("finding:asked", row.pk)
    return page(
        request,
        "finding/asked.html",
        status=refusal.status if refusal else 200,
        row=row,
        question=queries.of_arrival(row),
        refusal=refusal,
        may_compare=may_compare(request.staff),
        may_close=_cannot_be_compared(request, row),
    )


def _cannot_be_compared(request: StaffRequest, row: Arrival) -> bool:
    """It was opened and is not a question: its sender is telephoned, and it is closed here."""
    return row.state == ArrivalState.OPENED and inbox_queries.may_close(row, staff=request.staff)


def _question_or_404(request: StaffRequest, number: str, question: UUID) -> tuple[Case, queries.IncomingRow]:
    case = by_number_or_404(number, to=request.staff)
    every = queries.incoming_for_case(case=case, keys=request.keys)
    one = next((one for one in every if one.row.pk == question), None)
    if one is None:
        raise Http404
    return case, one


@require_http_methods(["GET", "POST"])
@vault_required
def decide(request: StaffRequest, number: str, question: UUID) -> HttpResponse:
    """Somebody asks about who may be the person of this case: look at it, think of the person, decide."""
    (case, one), now = _question_or_404(request, number, question), timezone.now()
    form = DecideForm(request.POST if "said" in request.POST or "decide" in request.POST else None)
    about: InquiryMessage | None = None
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            if form.is_bound and form.is_valid():
                actions.decide(keys=request.keys, case=case, question=one, at=now, **form.cleaned_data)
                add_message(request, _("Written down. The answer leaves at its hour, like every other."))
                return redirect("finding:there", case.number)
            about = actions.show(keys=request.keys, case=case, question=one, at=now)
        except Refusal as problem:
            form, refusal, about = _refused(request, case, one, form, problem, now)
    return page(
        request,
        "finding/decide.html",
        status=422 if form.errors or refusal else 200,
        case=case,
        one=one,
        over=one.over(now),
        about=about,
        form=form,
        refusal=refusal,
    )


def _refused(
    request: StaffRequest,
    case: Case,
    one: queries.IncomingRow,
    form: DecideForm,
    problem: Refusal,
    now: datetime,
) -> tuple[DecideForm, Refusal | None, InquiryMessage | None]:
    """Keep what was typed where it can still be decided; else say only why it cannot."""
    if problem.code != "person-said-no":
        return form, problem, None
    form.refuse(problem)
    return form, None, actions.show(keys=request.keys, case=case, question=one, at=now)


@require_POST
@vault_required
def discard(request: StaffRequest, number: str, question: UUID) -> HttpResponse:
    """A question that is over goes off the list."""
    case, one = _question_or_404(request, number, question)
    actions.discard(keys=request.keys, case=case, question=one, at=timezone.now())
    add_message(request, _("It is off your list."))
    return redirect("finding:there", case.number)
