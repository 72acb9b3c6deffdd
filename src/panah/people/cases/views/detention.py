"""Somebody who is held: the page of a case, its forms, and the list of everybody held."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases import actions
from panah.people.cases.forms import detention as forms
from panah.people.cases.held_form import held_form
from panah.people.cases.models import Case
from panah.people.cases.queries import detention as held
from panah.people.cases.queries import page as reading
from panah.people.cases.views.common import back_to, of_case, show, show_form
from panah.people.cases.views.lists import case_people_only
from panah.people.cases.words import CasePart, terms
from panah.people.cases.words import detention as words
from panah.people.consent.words import AUTHORITY_RISKS


def _value(request: StaffRequest, case: Case) -> held.DetentionValue:
    return dict(reading.opened(case, [CasePart.DETENTION], keys=request.keys).one(CasePart.DETENTION))


@require_GET
@of_case
def detention(request: StaffRequest, case: Case) -> HttpResponse:
    """Where the person is held and until when; visits, lawyer, consul; what may help."""
    value, now = _value(request, case), timezone.now()
    return show(
        request,
        "cases/detention.html",
        case,
        "detention",
        held=held.facts_of(value, at=now, language=request.LANGUAGE_CODE) if held.is_held(value) else None,
        held_before=held.ended_of(value),
        value=value,
        risk=AUTHORITY_RISKS["consulate"],
        may_tell=held.is_held(value)
        and held.consul_may_be_told(case, keys=request.keys, on=timezone.localdate(), at=now),
        may_help=words.MAY_HELP,
        words=words,
        say=terms.say,
        read_at=held.moment,
        day_of=_day,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@require_http_methods(["GET", "POST"])
@of_case
def change(request: StaffRequest, case: Case) -> HttpResponse:
    """Begin to write that somebody is held, or change what is known of it."""
    value = _value(request, case)
    form = held_form(request, value)
    if form.submit(
        lambda **_data: actions.write_detention(
            keys=request.keys, case=case, held=form.value(), at=timezone.now()
        )
    ):
        add_message(request, _("Kept."))
        return back_to("cases:detention", case)
    return show_form(
        request,
        case,
        "detention",
        form,
        heading=_("The person is held"),
        button=_("Keep it"),
        hint=_("Lists show only that something is due and when. Why, and where, stays protected."),
    )


@require_http_methods(["GET", "POST"])
@of_case
def visit(request: StaffRequest, case: Case) -> HttpResponse:
    form = forms.VisitForm(posted(request))
    if form.submit(
        lambda following, **_data: actions.add_visit(
            keys=request.keys, case=case, visit=form.value(), following=following, at=timezone.now()
        )
    ):
        add_message(request, _("Kept."))
        return back_to("cases:detention", case, at="#visits")
    return show_form(request, case, "detention", form, heading=_("A visit"), button=_("Keep the visit"))


@require_http_methods(["GET", "POST"])
@of_case
def consulate(request: StaffRequest, case: Case) -> HttpResponse:
    value = _value(request, case)
    initial = {
        "wish": value.get("consul", words.ConsulWish.NOT_ASKED),
        "told_on": _day(value.get("consul_told_on")),
        "remark": value.get("consul_remark", ""),
    }
    form = forms.ConsulForm(posted(request), initial=initial)
    if form.submit(actions.write_consulate, keys=request.keys, case=case, at=timezone.now()):
        add_message(request, _("Kept."))
        return back_to("cases:detention", case, at="#consul")
    return show_form(
        request,
        case,
        "detention",
        form,
        heading=_("The consul"),
        button=_("Keep it"),
        hint=_("Say this first: %(risk)s") % {"risk": AUTHORITY_RISKS["consulate"]},
    )


@require_http_methods(["GET", "POST"])
@of_case
def end(request: StaffRequest, case: Case) -> HttpResponse:
    form = forms.DetentionEndForm(posted(request))
    if form.submit(actions.end_detention, keys=request.keys, case=case, at=timezone.now()):
        if form.cleaned_data["how"] == words.DetentionEnd.MOVED:
            add_message(request, _("Kept. Now write where the person is held."))
            return back_to("cases:detention_change", case)
        add_message(request, _("Kept. What was due for it is off the list."))
        return back_to("cases:detention", case)
    return show_form(request, case, "detention", form, heading=_("No longer held there"), button=_("Keep it"))


@require_GET
@vault_required
def held_now(request: StaffRequest) -> HttpResponse:
    """Everybody who is held, in the cases that the reader can open."""
    case_people_only(request)
    rows, unread = held.held_now(to=request.staff, keys=request.keys)
    return page(
        request,
        "cases/held_now.html",
        rows=rows,
        read=held.MOST_READ if unread else 0,
        now=timezone.now(),
        words=words,
        say=terms.say,
    )
