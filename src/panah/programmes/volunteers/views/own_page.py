"""A volunteer's own page at the strangers' door: an address, a PIN, no account, no cookie, no script.

Each form carries a ticket that ends after half an hour. When it has ended the PIN is asked for, and what was typed is
carried along and done after it; what comes without a ticket of this page was typed elsewhere, and is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import dated
from panah.ground.kit.forms import Form
from panah.ground.kit.languages import READERS
from panah.ground.kit.pages import download
from panah.ground.kit.public import public, public_page
from panah.programmes.volunteers import helping_rules as rules
from panah.programmes.volunteers.actions import callouts, helping
from panah.programmes.volunteers.actions import own_page as actions
from panah.programmes.volunteers.forms import own_page as forms
from panah.programmes.volunteers.helping_words import DEBRIEF, TELL, Answer, CallOutState
from panah.programmes.volunteers.models import OwnPage
from panah.programmes.volunteers.queries import helping as helping_queries
from panah.programmes.volunteers.queries import own_page as queries
from panah.programmes.volunteers.words import VolunteerState

# What a page carries itself, and never asks to be carried along.
OF_THE_DOOR = ("pin", "again", "digits")
FORMS: dict[str, tuple[type[Form], Callable[..., object]]] = {
    "profile": (forms.ProfileForm, actions.change_profile),
    "correct": (forms.CorrectForm, actions.ask_correction),
    "hours": (forms.OwnHoursForm, helping.propose_hours),
    "money": (forms.MoneyForm, helping.ask_money),
}


@public
def own(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    with queries.page_of(token, at=at) as row:
        language = get_language() or "en"
        if row is not None and row.language and "in" not in request.GET:
            language = row.language
        with translation.override(language):
            if row is None:
                return _door(request, None, at, status=410)
            return _open(request, row, at) if _is_let_in(request, row, at) else _asked_pin(request, row, at)


def _is_let_in(request: HttpRequest, row: OwnPage, at: datetime) -> bool:
    return queries.is_open(row, request.POST.get("ticket", ""), at=at)


def _is_ours(request: HttpRequest, row: OwnPage, at: datetime) -> bool:
    """Say whether what is sent was typed on this page: nobody else lets her confirm with her PIN what he typed."""
    return queries.was_open(row, request.POST.get("ticket", ""), at=at)


def _asked_pin(request: HttpRequest, row: OwnPage, at: datetime) -> HttpResponse:
    """Ask for the PIN, or for the first one; what else was sent is done once it is right."""
    if row.wrong >= rules.MOST_WRONG:
        return _door(request, row, at, status=403)
    posted = request.POST if "pin" in request.POST else None
    if row.pin is None:
        return _first_pin(request, row, at, posted)
    form = forms.PinForm(posted)
    if form.is_bound and form.is_valid():
        if actions.try_pin(page=row, pin=form.cleaned_data["pin"], at=at):
            return _open(request, row, at)
        if row.wrong >= rules.MOST_WRONG:
            return _door(request, row, at, status=403)
        form.add_error(
            "pin", _("This PIN is not right. After some wrong ones only the branch opens the page again.")
        )
    return _door(request, row, at, form)


def _first_pin(request: HttpRequest, row: OwnPage, at: datetime, posted: QueryDict | None) -> HttpResponse:
    form = forms.FirstPinForm(posted, asks_digits=bool(queries.last_digits(row.volunteer)))
    if form.is_bound and form.is_valid():
        if not actions.try_digits(page=row, digits=form.cleaned_data.get("digits", ""), at=at):
            if row.wrong >= rules.MOST_WRONG:
                return _door(request, row, at, status=403)
            form.add_error("digits", _("The branch knows another telephone: ask it to look."))
            return _door(request, row, at, form)
        try:
            actions.set_pin(page=row, pin=form.cleaned_data["pin"], at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _open(request, row, at)
    return _door(request, row, at, form)


def _door(
    request: HttpRequest,
    row: OwnPage | None,
    at: datetime,
    form: Form | None = None,
    *,
    status: int | None = None,
) -> HttpResponse:
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if row is not None and name not in OF_THE_DOOR and _is_ours(request, row, at)
        for value in values
    ]
    return public_page(
        request,
        "volunteers/own_door.html",
        status=status,
        is_there=row is not None,
        form=form,
        kept=kept,
        is_first=row is not None and row.pin is None,
    )


def _open(request: HttpRequest, row: OwnPage, at: datetime) -> HttpResponse:
    """Do what was pressed, and show the page as it is then."""
    what = request.POST.get("do", "") if _is_ours(request, row, at) else ""
    if what == "letter":
        return _letter(row, at)
    said, refusal, bound = "", None, None
    try:
        if what in FORMS:
            form, act = FORMS[what]
            bound = form(request.POST, auto_id=f"{what}_%s")
            said = _("Saved.") if bound.submit(act, page=row, at=at) else ""
        elif what:
            said = _pressed(request, row, what, at)
    except Refusal as refused:
        refusal = refused
    status = refusal.status if refusal else 422 if bound is not None and bound.errors else None
    if said and what == "profile" and row.language and "in" not in request.GET:
        with translation.override(row.language):
            return _shown(request, row, at, _("Saved."), None, what, None, status)
    return _shown(
        request, row, at, said, refusal, what, bound if bound is not None and bound.errors else None, status
    )


def _pressed(request: HttpRequest, row: OwnPage, what: str, at: datetime) -> str:
    """Do what one button means; an unknown one does nothing."""
    if what in ("answer", "cancel"):
        return _answered(request, row, what, at)
    if what in (TELL, DEBRIEF):
        actions.ask_branch(page=row, purpose=what, at=at)
        return _("Your branch sees it and rings you. In danger ring the emergency number.")
    if what in ("pause", "return"):
        actions.pause_or_return(page=row, pauses=what == "pause", at=at)
        return _("Saved.")
    if what == "public":
        return _switched(request, row, at)
    return ""


def _switched(request: HttpRequest, row: OwnPage, at: datetime) -> str:
    """Switch on or off what strangers can see."""
    said = request.POST
    try:
        pk = UUID(said.get("pk", ""))
    except ValueError:
        return ""
    actions.switch_public(page=row, room=said.get("room", ""), pk=pk, is_on=said.get("on") == "yes", at=at)
    return _("Saved.")


def _answered(request: HttpRequest, row: OwnPage, what: str, at: datetime) -> str:
    try:
        asked = queries.asked_of(row.volunteer, UUID(request.POST.get("asked", "")))
    except ValueError:
        asked = None
    if asked is None:
        return ""
    if what == "cancel":
        callouts.withdraw(asked=asked, by=None, at=at)
        return _("Your branch knows it. Thank you for saying so.")
    answer = request.POST.get("answer", "")
    if answer not in (Answer.YES, Answer.LATER, Answer.NO):
        return ""
    callouts.answer(asked=asked, answer=answer, by=None, at=at)
    return (
        _("Thank you. If you are chosen, place and hour stand here.")
        if answer == Answer.YES
        else _("Thank you.")
    )


def _forms(row: OwnPage, what: str, bound: Form | None) -> dict[str, Form]:
    first = {"profile": queries.profile(row)}
    return {
        name: bound
        if bound is not None and name == what
        else form(initial=first.get(name), auto_id=f"{name}_%s")
        for name, (form, _act) in FORMS.items()
    }


def _shown(
    request: HttpRequest,
    row: OwnPage,
    at: datetime,
    said: str,
    refusal: Refusal | None,
    what: str,
    bound: Form | None,
    status: int | None,
) -> HttpResponse:
    volunteer = row.volunteer
    return public_page(
        request,
        "volunteers/own_page.html",
        status=status,
        # Its language stands in the profile: another address would close the page.
        offered=(),
        has_errors=bound is not None or refusal is not None,
        who=volunteer,
        ticket=queries.ticket(row, at=at),
        told_now=said,
        refusal=refusal,
        part=what if bound is not None else "",
        forms=_forms(row, what, bound),
        call_outs=queries.my_call_outs(volunteer, at=at),
        helped=helping_queries.helped(volunteer),
        hours_text=helping_queries.hours_text,
        money_text=helping_queries.money_text,
        money_state=helping_queries.money_state,
        others=queries.held_elsewhere(volunteer),
        public_pages=queries.public_pages(volunteer),
        parts_of_day={
            "night": _("at night"),
            "morning": _("in the morning"),
            "afternoon": _("in the afternoon"),
            "evening": _("in the evening"),
        },
        pauses=volunteer.state == VolunteerState.PAUSED,
        Answer=Answer,
        CallOutState=CallOutState,
        speaks=READERS,
        chosen=get_language(),
    )


def _letter(row: OwnPage, at: datetime) -> HttpResponse:
    """Hours and years of service as a letter to print and have stamped."""
    from panah.ground.kit.letter import letter  # takes 15 MB: loaded by whoever makes one

    volunteer, today = row.volunteer, timezone.localtime(at).date()
    language = get_language() or "en"
    since, years = helping_queries.years_of_service(volunteer, on=today)
    rows = [(_("Name"), volunteer.name), (_("Branch"), volunteer.branch.name_in(language))]
    if since is not None:
        rows += [(_("Volunteer since"), dated(since)), (_("Full years of service"), str(years))]
    rows.append((_("Hours confirmed by the branch"), helping_queries.total_hours(volunteer)))
    body = letter(
        title=volunteer.society.name_in(language),
        intro=_("This letter says how long somebody has helped as a volunteer."),
        rows=rows,
        closing=[
            _("As of %(day)s") % {"day": dated(today)},
            _("For the branch: name, signature, stamp"),
            "_" * 40,
        ],
        practice=str(_("Practice data.")) if settings.PANAH_PRACTICE else "",
    )
    return download(body, name="letter.pdf", kind="application/pdf")
