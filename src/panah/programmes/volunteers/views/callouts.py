"""Who can help tonight? What is needed, who fits, who answered, who is chosen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.volunteers import permissions
from panah.programmes.volunteers.actions import callouts as actions
from panah.programmes.volunteers.forms import callouts as forms
from panah.programmes.volunteers.helping_words import Answer, CallOutState
from panah.programmes.volunteers.models import CallOut
from panah.programmes.volunteers.queries import callouts as queries
from panah.programmes.volunteers.views.register import must_keep_volunteers


@require_GET
def call_outs(request: StaffRequest) -> HttpResponse:
    """What the branch asked for, the latest day first."""
    must_keep_volunteers(request)
    rows, more = queries.call_outs(to=request.staff, after=request.GET.get("after", ""))
    return page(
        request,
        "volunteers/call_outs.html",
        rows=rows,
        more=f"?after={more}" if more else "",
        several=permissions.keeps_all_branches(request.staff),
        CallOutState=CallOutState,
    )


@require_http_methods(["GET", "POST"])
def call_out_add(request: StaffRequest) -> HttpResponse:
    must_keep_volunteers(request)
    form = forms.CallOutForm(posted(request), by=request.staff)
    if form.submit(actions.call_out, by=request.staff, at=timezone.now()):
        return HttpResponseRedirect(reverse("volunteers:call_out", args=[form.result.pk]))
    return page(request, "volunteers/call_out_add.html", form=form)


def _back(row: CallOut) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("volunteers:call_out", args=[row.pk]))


@require_http_methods(["GET", "POST"])
def call_out(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One call-out: whoever fits is asked here, and what came back stands above."""
    row, at = queries.call_out_or_404(pk, to=request.staff), timezone.now()
    is_open = row.state == CallOutState.OPEN
    found = (
        queries.candidates(row, to=request.staff, at=at) if is_open else queries.Candidates([], 0, more=False)
    )
    form = forms.WhomForm(posted(request), candidates=found.rows)
    if form.submit(actions.ask_volunteers, by=request.staff, row=row, at=at):
        number = form.result
        add_message(
            request,
            ngettext("%(num)s volunteer asked.", "%(num)s volunteers asked.", number) % {"num": number},
        )
        return _back(row)
    answers = queries.answers(row, to=request.staff, at=at)
    return page(
        request,
        "volunteers/call_out.html",
        one=row,
        told=queries.told(row),
        speaks=language_name(row.language) if row.language else "",
        answers=answers,
        chosen=sum(answer.row.answer == Answer.CHOSEN for answer in answers),
        found=found,
        waiting=[one for one in found.rows if one.waits is not None],
        form=form,
        is_open=is_open,
        ended=row.state == CallOutState.CLOSED,
        Answer=Answer,
    )


@require_POST
def choose(request: StaffRequest, pk: UUID, asked: UUID) -> HttpResponse:
    """Choose somebody; where a person is met and a tie was named, ask first what was heard about it."""
    row = queries.call_out_or_404(pk, to=request.staff)
    one = queries.asked_or_404(asked, row)
    form = forms.TieForm(request.POST if "tie" in request.POST else None)
    tie = form.cleaned_data["tie"] if form.is_bound and form.is_valid() else ""
    if not form.errors:
        try:
            taken = actions.choose(by=request.staff, asked=one, tie=tie, at=timezone.now())
        except Refusal as refusal:
            if refusal.code != "tie-to-ask-about":
                raise
        else:
            said = _("Chosen: place and hour stand on the volunteer’s own page now.")
            add_message(request, said if taken else _("Not taken this time. Choose the next one."))
            return _back(row)
    return page(request, "volunteers/call_out_tie.html", one=row, who=one.volunteer, form=form, asked=one)


@require_http_methods(["GET", "POST"])
def told_answer(request: StaffRequest, pk: UUID, asked: UUID) -> HttpResponse:
    """Write down what somebody answered on the telephone, or that nobody answered."""
    row = queries.call_out_or_404(pk, to=request.staff)
    one = queries.asked_or_404(asked, row)
    form = forms.ToldAnswerForm(posted(request))
    if form.submit(actions.answer, asked=one, by=request.staff, at=timezone.now()):
        add_message(request, _("Saved."))
        return _back(row)
    return page(
        request, "volunteers/call_out_step.html", one=row, form=form, heading=one.volunteer.name, hint=""
    )


@require_POST
def cancelled(request: StaffRequest, pk: UUID, asked: UUID) -> HttpResponse:
    """Somebody who was chosen rang up and has to cancel."""
    row = queries.call_out_or_404(pk, to=request.staff)
    follows = actions.withdraw(asked=queries.asked_or_404(asked, row), by=request.staff, at=timezone.now())
    said = (
        _("The next one who had said yes is chosen.")
        if follows
        else _("The place is open again: choose somebody.")
    )
    add_message(request, said)
    return _back(row)


@require_http_methods(["GET", "POST"])
def move_call_out(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change place or hours, as when a landing is late."""
    row = queries.call_out_or_404(pk, to=request.staff)
    known = queries.told(row)
    first = {} if known is None else known.__dict__
    form = forms.WhereWhenForm(posted(request), initial=first)
    if form.submit(actions.move_call_out, by=request.staff, row=row, at=timezone.now()):
        add_message(request, _("Saved. Whoever is chosen is asked to open the own page."))
        return _back(row)
    return page(
        request,
        "volunteers/call_out_step.html",
        one=row,
        form=form,
        heading=_("Place or hours change"),
        hint=_("Look afterwards whether the hours still fit whoever is chosen."),
    )


@require_POST
def close_call_out(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = queries.call_out_or_404(pk, to=request.staff)
    actions.close_call_out(by=request.staff, row=row, at=timezone.now())
    add_message(request, _("Closed."))
    return _back(row)
