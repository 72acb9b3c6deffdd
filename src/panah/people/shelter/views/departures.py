"""Somebody leaves, is asked to leave, does not come back, or is back."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import posted
from panah.ground.work import queries as work_queries
from panah.ground.work.paged import called_by
from panah.people.shelter import actions, queries
from panah.people.shelter.forms import BackForm, LeaveForm, MissForm, SecondForm, TakeBackForm
from panah.people.shelter.queries.stays import OpenedStay
from panah.people.shelter.queries.timeline import said_in
from panah.people.shelter.views.common import back_to, go, in_state, of_stay
from panah.people.shelter.views.stays import step_page
from panah.people.shelter.words import IN_A_BED, StayState


@in_state(*IN_A_BED)
def left(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """Where to, and how; whoever is asked to leave, why and where from here."""
    form = LeaveForm(posted(request))
    if form.submit(actions.leave, keys=request.keys, opened=opened, at=timezone.now()):
        gone = form.result.state == StayState.LEFT
        return back_to(
            request,
            opened,
            _("Written down. The bed is free from tonight.")
            if gone
            else _("A second person decides first, and has it on the list. Until then the person stays."),
            tone="" if gone else "soon",
        )
    return step_page(request, opened, form, _("The person has left"), _("Write it down"))


@require_http_methods(["GET", "POST"])
@of_stay
def second(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """A second person decides whether somebody is asked to leave: of the house, or whoever follows the stay."""
    leaving = opened.leaving_asked
    if leaving is None:
        return go("stay", opened.row.pk)
    # Who says yes from a page of somebody else's decision is refused, and takes nothing back by it.
    hers = leaving.staff == request.staff.pk and request.POST.get("do") != "yes"
    form = TakeBackForm(posted(request)) if hers else SecondForm(posted(request))
    if form.submit(
        lambda why, do="no": actions.decide_leaving(
            keys=request.keys, opened=opened, agrees=do == "yes", why=why, at=timezone.now()
        )
    ):
        said = (
            _("Taken back. The stay goes on.")
            if hers
            else _("Written down. Whoever asked has it on the list.")
        )
        return back_to(request, opened, said)
    return step_page(
        request,
        opened,
        form,
        _("You asked that the person leaves") if hers else _("A second person decides about leaving"),
        _("Take it back") if hers else _("Write down the decision"),
        asked=[leaving.by, *said_in(leaving)],
    )


@in_state(StayState.HERE)
def late(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """Somebody did not come back: the steps of the house first, then what is known."""
    way, _version = queries.way_of(opened.row.place, keys=request.keys)
    form = MissForm(posted(request))
    if form.submit(actions.miss, keys=request.keys, opened=opened, at=timezone.now()):
        _row, alarm = form.result
        return back_to(
            request,
            opened,
            called_by(alarm).say
            if alarm is not None
            else _("Written down. In two hours it is on the list again."),
            tone="urgent" if alarm else "",
        )
    return step_page(
        request,
        opened,
        form,
        _("Did not come back"),
        _("Write it down and call in"),
        late=way.get("late", ""),
    )


@in_state(StayState.MISSING)
def back(request: StaffRequest, opened: OpenedStay) -> HttpResponse:
    """Somebody who was missed is back, or safe: by whom and when the person was seen or heard."""
    form = BackForm(posted(request))
    if form.submit(actions.come_back, keys=request.keys, opened=opened, at=timezone.now()):
        if work_queries.open_alarm_of(opened.row.pk) is None:
            return back_to(request, opened, _("Written down. Good."))
        return back_to(
            request,
            opened,
            _("Written down. Whoever was called in reads it, and is called until one of them answers."),
            tone="soon",
        )
    return step_page(request, opened, form, _("Is back, or safe"), _("Write it down"))
