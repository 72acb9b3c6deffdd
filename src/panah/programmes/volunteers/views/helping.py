"""What a branch does for one volunteer who helps: the own page, hours, money, and what was asked of the branch."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import qr
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.volunteers import permissions
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.actions import helping as actions
from panah.programmes.volunteers.actions import own_page
from panah.programmes.volunteers.forms.own_page import BranchHoursForm
from panah.programmes.volunteers.helping_rules import MOST_WRONG
from panah.programmes.volunteers.helping_words import CORRECT, DEBRIEF, TELL, Claim
from panah.programmes.volunteers.models import Volunteer
from panah.programmes.volunteers.queries import helping as queries


def _kept(request: StaffRequest, pk: UUID) -> Volunteer:
    row = volunteers_queries.by_pk_or_404(pk, to=request.staff)
    if not permissions.keeps(request.staff, row):
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
def helped(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Hours and money of a volunteer; hours that the branch knows of are written down here."""
    row = _kept(request, pk)
    form = BranchHoursForm(posted(request))
    if form.submit(actions.write_hours, by=request.staff, row=row, at=timezone.now()):
        add_message(request, _("Saved."))
        return _back(row)
    return _shown(request, row, form)


def _shown(request: StaffRequest, row: Volunteer, form: BranchHoursForm, token: str = "") -> HttpResponse:
    address = request.build_absolute_uri(reverse("own", args=[token])) if token else ""
    own = queries.own_page_of(row)
    return page(
        request,
        "volunteers/helped.html",
        who=row,
        form=form,
        helped=queries.helped(row),
        hours_text=queries.hours_text,
        money_text=queries.money_text,
        money_state=queries.money_state,
        asks=queries.asks_of(row),
        own=own,
        shut=own is not None and own.wrong >= MOST_WRONG,
        address=address,
        square=qr.svg(address, label=_("The address as a square for a camera")) if address else "",
        Claim=Claim,
        rung=queries.asks_to_be_rung(row),
        rung_lately=queries.rung_lately(row),
        TELL=TELL,
        DEBRIEF=DEBRIEF,
        CORRECT=CORRECT,
    )


def _back(row: Volunteer) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("volunteers:helped", args=[row.pk]))


@require_POST
def give_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make the address of the own page, and show it once, to be scanned, printed or sent."""
    row = _kept(request, pk)
    token = own_page.give_page(by=request.staff, row=row, at=timezone.now())
    return _shown(request, row, BranchHoursForm(), token)


@require_POST
def page_step(request: StaffRequest, pk: UUID, what: str) -> HttpResponse:
    """Let a new PIN be chosen, close the page, or write down that what was asked is done."""
    row, at = _kept(request, pk), timezone.now()
    if what == "pin":
        own_page.reset_pin(by=request.staff, row=row, at=at)
    elif what == "end":
        own_page.end_page(by=request.staff, row=row, at=at)
    elif what in (TELL, DEBRIEF, CORRECT):
        actions.answered(by=request.staff, row=row, purpose=what, at=at)
    else:
        raise Http404
    add_message(request, _("Saved."))
    return _back(row)


def _must_be_an_answer(answer: str) -> None:
    if answer not in ("yes", "no"):
        raise Http404


@require_POST
def decide_hours(request: StaffRequest, pk: UUID, answer: str) -> HttpResponse:
    one = queries.hours_or_404(pk, to=request.staff)
    _must_be_an_answer(answer)
    actions.decide_hours(by=request.staff, one=one, confirmed=answer == "yes", at=timezone.now())
    return _back(one.volunteer)


@require_POST
def decide_money(request: StaffRequest, pk: UUID, answer: str) -> HttpResponse:
    one = queries.expense_or_404(pk, to=request.staff)
    _must_be_an_answer(answer)
    actions.decide_money(by=request.staff, one=one, paid=answer == "yes", at=timezone.now())
    return _back(one.volunteer)
