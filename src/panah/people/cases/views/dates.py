"""Deadlines, follow-ups and life afterwards; means with their receipts."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.dates import IN_HOURS, when
from panah.ground.kit.pages import add_message, page, posted
from panah.people.cases import actions, rules
from panah.people.cases.forms import dates as forms
from panah.people.cases.forms.common import ReasonForm
from panah.people.cases.models import Case
from panah.people.cases.queries import page as reading
from panah.people.cases.views.common import back_to, of_case, show, show_form
from panah.people.cases.views.plan import kept_or_404
from panah.people.cases.views.presenters import day_of
from panah.people.cases.words import CasePart, terms


@require_GET
@of_case
def dates(request: StaffRequest, case: Case) -> HttpResponse:
    """What runs for the person, when the person is asked again, and what life is like."""
    opened = reading.opened(
        case, (CasePart.CLOCK, CasePart.FOLLOW_UP, CasePart.REINTEGRATION), keys=request.keys
    )
    clocks = sorted(opened.all(CasePart.CLOCK), key=lambda p: (bool(p.v.get("ended")), p.v["due_at"]))
    follow_ups = sorted(opened.all(CasePart.FOLLOW_UP), key=lambda p: p.v["due_at"])
    return show(
        request,
        "cases/dates.html",
        case,
        "dates",
        found=opened,
        clocks=clocks,
        follow_ups=follow_ups,
        terms=terms,
        moment_of=moment_of,
        clocks_of=rules.CLOCKS,
        in_hours=IN_HOURS,
    )


def moment_of(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@require_http_methods(["GET", "POST"])
@of_case
def clock(request: StaffRequest, case: Case, ref: UUID | None = None) -> HttpResponse:
    part = kept_or_404(request, case, CasePart.CLOCK, ref)
    at = timezone.now()
    form = forms.ClockForm(posted(request), initial=clock_initial(part.v) if part else {}, at=at)
    if form.submit(
        lambda **data: actions.set_clock(
            keys=request.keys,
            case=case,
            kind=data["kind"],
            due_at=data["due_at"],
            what=data["what"],
            since=data["since"],
            about=data["about"],
            at=at,
            ref=ref,
        )
    ):
        add_message(request, _("The deadline is on the list."))
        return back_to("cases:dates", case)
    return show_form(
        request,
        case,
        "dates",
        form,
        heading=_("Deadline"),
        button=_("Keep the deadline"),
        hint=_("Lists show only “deadline” and when. Which deadline it is stays protected."),
    )


def clock_initial(value: Mapping[str, Any]) -> dict[str, object]:
    """What the form of a deadline begins with; "about so many hours ago" is no day that somebody named."""
    since = moment_of(value.get("since", ""))
    about = value.get("about")
    return {
        **value,
        "due_at": moment_of(value["due_at"]),
        "since": since if about is None else None,
        "earliest": since,
    }


@require_POST
@of_case
def clock_seen(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    """Somebody saw to a deadline: it comes back before its end."""
    kept_or_404(request, case, CasePart.CLOCK, ref)
    again = actions.see_to_clock(keys=request.keys, case=case, ref=ref, at=timezone.now())
    add_message(request, _("It is due again %(when)s.") % {"when": when(again)})
    return back_to("cases:dates", case, at="#deadlines")


@require_http_methods(["GET", "POST"])
@of_case
def clock_end(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    kept_or_404(request, case, CasePart.CLOCK, ref)
    form = forms.ClockEndForm(posted(request))
    if form.submit(actions.end_clock, keys=request.keys, case=case, ref=ref, at=timezone.now()):
        add_message(request, _("Kept."))
        return back_to("cases:dates", case)
    return show_form(
        request, case, "dates", form, heading=_("The deadline ends"), button=_("End the deadline")
    )


@require_POST
@of_case
def begin_follow_up(request: StaffRequest, case: Case) -> HttpResponse:
    actions.begin_follow_up(keys=request.keys, case=case, at=timezone.now())
    add_message(
        request,
        _("Follow-up begins: after a week, one, three, six and twelve months. Each day can be changed."),
    )
    return back_to("cases:dates", case, at="#follow")


@require_http_methods(["GET", "POST"])
@of_case
def follow_up_day(request: StaffRequest, case: Case, ref: UUID | None = None) -> HttpResponse:
    """One more follow-up, or another day for one."""
    part = kept_or_404(request, case, CasePart.FOLLOW_UP, ref)
    form = forms.FollowUpDayForm(
        posted(request), initial={"due_at": moment_of(part.v["due_at"])} if part else {}
    )
    if form.submit(actions.set_follow_up, keys=request.keys, case=case, at=timezone.now(), ref=ref):
        add_message(request, _("Kept."))
        return back_to("cases:dates", case, at="#follow")
    return show_form(
        request, case, "dates", form, heading=_("Day of the follow-up"), button=_("Keep the day")
    )


@require_http_methods(["GET", "POST"])
@of_case
def follow_up(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    """Write down how it is, by the person's own measure."""
    part = kept_or_404(request, case, CasePart.FOLLOW_UP, ref)
    value = dict(part.v) if part else {}
    views = {f"view_{area}": view for area, view in value.get("views", {}).items()}
    form = forms.FollowUpForm(posted(request), initial={**value, **views, "next_step": value.get("next", "")})
    if form.submit(
        lambda **data: actions.do_follow_up(
            keys=request.keys,
            case=case,
            ref=ref,
            reached=data["reached"],
            views=form.views(),
            said=data["said"],
            next_step=data["next_step"],
            at=timezone.now(),
        )
    ):
        add_message(request, _("Kept."))
        return back_to("cases:dates", case, at="#follow")
    return show_form(
        request,
        case,
        "dates",
        form,
        heading=_("Follow-up"),
        button=_("Keep the follow-up"),
        hint=_("The person says how it is. What was not asked stays “not asked”."),
    )


@require_http_methods(["GET", "POST"])
@of_case
def reintegration(request: StaffRequest, case: Case) -> HttpResponse:
    part = reading.opened(case, [CasePart.REINTEGRATION], keys=request.keys).one(CasePart.REINTEGRATION)
    form = forms.ReintegrationForm(posted(request), initial=part)
    if form.submit(
        lambda **_data: actions.write_reintegration(
            keys=request.keys, case=case, plan=form.value(), at=timezone.now()
        )
    ):
        add_message(request, _("Kept."))
        return back_to("cases:dates", case, at="#afterwards")
    return show(request, "cases/reintegration.html", case, "dates", form=form)


@require_GET
@of_case
def means(request: StaffRequest, case: Case) -> HttpResponse:
    opened = reading.opened(case, [CasePart.MEANS], keys=request.keys)
    rows = [
        (m, rules.waits_for_second(m.v, str(request.staff.pk))) for m in reversed(opened.all(CasePart.MEANS))
    ]
    return show(
        request, "cases/means.html", case, "means", rows=rows, terms=terms, day_of=day_of, amount_of=amount_of
    )


def amount_of(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@require_http_methods(["GET", "POST"])
@of_case
def give(request: StaffRequest, case: Case) -> HttpResponse:
    others = [s for s in reading.holders(case) if s.pk != request.staff.pk]
    form = forms.MeansForm(posted(request), staff=others, initial={"on": timezone.localdate()})
    if form.submit(
        lambda **data: actions.give_means(
            keys=request.keys,
            case=case,
            means=form.value(),
            second=next(s for s in others if str(s.pk) == data["second"]),
            at=timezone.now(),
        )
    ):
        add_message(request, _("Signed by you. The second signature is asked for."))
        return back_to("cases:means", case)
    return show_form(
        request,
        case,
        "means",
        form,
        heading=_("Money, goods, tickets"),
        button=_("Sign for it"),
        hint=_("The receipt has a number of its own and no name."),
    )


@require_POST
@of_case
def sign(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    actions.sign_second(keys=request.keys, case=case, ref=ref, at=timezone.now())
    add_message(request, _("Signed."))
    return back_to("cases:means", case)


@require_http_methods(["GET", "POST"])
@of_case
def void(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    kept_or_404(request, case, CasePart.MEANS, ref)
    form = ReasonForm(posted(request))
    if form.submit(
        lambda text: actions.void_means(keys=request.keys, case=case, ref=ref, reason=text, at=timezone.now())
    ):
        add_message(request, _("The receipt is void and stays to be read."))
        return back_to("cases:means", case)
    return show_form(
        request, case, "means", form, heading=_("Declare a receipt void"), button=_("Declare it void")
    )


@require_GET
@of_case
def receipt(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    """The receipt to print: its own number, no name, no case number."""
    part = kept_or_404(request, case, CasePart.MEANS, ref)
    if part is None:
        raise Http404
    return page(
        request, "cases/receipt.html", case=case, m=part.v, terms=terms, day_of=day_of, amount_of=amount_of
    )
