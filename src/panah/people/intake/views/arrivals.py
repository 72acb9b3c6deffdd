"""The pages of what arrived sealed: the list, one arrival before and after it is opened, and what it becomes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault.words import RevealPurpose
from panah.people.inbox import actions as inbox
from panah.people.inbox import permissions
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import ArrivalState, became_words, field_words, kind_words, value_words
from panah.people.intake import actions, forms, queries
from panah.people.intake.presenters import ArrivalPage
from panah.people.intake.report_page import report_page
from panah.people.intake.views.reports import joined_labels
from panah.people.intake.words import pages_of
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.words import REPORT

if TYPE_CHECKING:
    from django.http import QueryDict

    from panah.people.inbox.models import Arrival
    from panah.people.inbox.rules import ArrivalPerson


def _load(request: StaffRequest, pk: UUID) -> Arrival:
    return get_object_or_404(inbox_queries.visible(to=request.staff), pk=pk)


@require_GET
def arrivals(request: StaffRequest) -> HttpResponse:
    """What arrived sealed, from the outside: the most urgent first, then what has waited longest."""
    if not inbox_queries.may_look(request.staff):
        raise Http404
    now = timezone.now()
    ask = inbox_queries.ArrivalFilter(
        **{name: request.GET.get(name, "") for name in ("kind", "urgency", "state", "languages", "after")}
    )
    found = inbox_queries.listed(ask, to=request.staff)
    first = not any(ask.chosen.values()) and not ask.after
    lately = inbox_queries.lately_over(to=request.staff, at=now) if first else []
    return page(
        request,
        "intake/list.html",
        block="rows",
        found=found,
        ask=ask,
        form=forms.ListForm(initial=ask.chosen, kinds=inbox_queries.kinds(to=request.staff)),
        filtered=any(ask.chosen.values()),
        older=f"?{urlencode({**ask.chosen, 'after': found.more})}" if found.more else "",
        too_long=inbox_queries.too_long(to=request.staff, at=now),
        opens=inbox_queries.openable(staff=request.staff, keys=request.keys, rows=found.rows),
        lately=lately,
        became=queries.places_of([*found.rows, *found.opened, *lately], to=request.staff),
        joined=queries.joined_among(row.pk for row in [*found.rows, *found.opened] if row.kind == REPORT),
        seeks_piles=permissions.opens_arrivals(request.staff),
        kind_words=kind_words,
        became_words=became_words,
        language_name=language_name,
        now=now,
    )


@require_http_methods(["GET", "POST"])
def arrival(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """One arrival. Before it is opened: its outside and one button. After: its content, and the ways on.

    POST says what for, when it is looked at again.
    """
    row, now = _load(request, arrival), timezone.now()
    if pages_of(row.kind).opened_at and row.state == ArrivalState.OPENED:
        return redirect(pages_of(row.kind).opened_at, row.pk)
    if request.method == "POST":
        return _look_again(request, row, now)
    return _show(request, row, now)


@vault_required
def _look_again(request: StaffRequest, row: Arrival, now: datetime) -> HttpResponse:
    form = forms.PurposeForm(request.POST)
    if not form.is_valid():
        return _show(request, row, now, again=form)
    purpose = form.cleaned_data["purpose"]
    inbox.content_of(keys=request.keys, arrival=row, at=now, purpose=purpose)
    report = reporters_queries.report_of(row)
    for one in actions.later_words(report, to=request.staff) if report and row.kind == REPORT else []:
        if one.state == ArrivalState.OPENED and inbox_queries.may_open(
            one, staff=request.staff, keys=request.keys
        ):
            inbox.content_of(keys=request.keys, arrival=one, at=now, purpose=purpose)
    return _on_to(row)


def _show(request: StaffRequest, row: Arrival, now: datetime, **more: object) -> HttpResponse:
    content = _content(request, row, now)
    if content is not None and request.keys is not None and pages_of(row.kind).page and not more:
        return _on_to(row)
    report = reporters_queries.report_of(row)
    may_close = _may_close(request, row)
    seen = ArrivalPage(
        row=row,
        damaged=inbox.is_damaged(row),
        shown=content is not None,
        vault_open=request.keys is not None,
        may_open=inbox_queries.may_open(row, staff=request.staff, keys=request.keys),
        openers=inbox_queries.openers(row),
        now=now,
    )
    return page(
        request,
        "intake/arrival.html" if report is None else "intake/report.html",
        of=report and report_page(row, report, keys=request.keys, to=request.staff, at=now),
        row=row,
        what=kind_words(row.kind),
        seen=seen,
        content=None if content is None else inbox.fields_in(content),
        turns=actions.targets_of(row, to=request.staff) if content is not None else [],
        close=more.get("close") or forms.CloseForm(closings=inbox.closings_of(row)),
        again=more.get("again") or forms.PurposeForm(),
        purposes=RevealPurpose.choices,
        place=queries.places_of([row], to=request.staff).get(row.pk),
        lost=inbox_queries.lost_on_list(row, of=request.staff),
        may_close=may_close,
        not_closed=actions.why_not_closed(row, by=request.staff) if may_close else None,
        calls_on=inbox_queries.calls_on(row),
        became_words=became_words,
        field_words=field_words,
        value_words=value_words,
        kind_words=kind_words,
        language_name=language_name,
    )


def _may_close(request: StaffRequest, row: Arrival) -> bool:
    closable = row.state == ArrivalState.OPENED or inbox.is_damaged(row)
    return closable and inbox_queries.may_close(row, staff=request.staff)


def _content(request: StaffRequest, row: Arrival, now: datetime) -> dict[str, object] | None:
    if row.state != ArrivalState.OPENED or request.keys is None or pages_of(row.kind).opened_at:
        return None
    try:
        return inbox.content_of(keys=request.keys, arrival=row, at=now)
    except Refusal:
        # Said by the page itself: its outside is still to be seen by whoever cannot open it.
        return None


def _on_to(row: Arrival) -> HttpResponse:
    """To the page where an arrival of this kind goes on, or to its own."""
    try:
        return HttpResponseRedirect(reverse(pages_of(row.kind).page or "intake:arrival", args=[row.pk]))
    except NoReverseMatch:
        return redirect("intake:arrival", row.pk)


@require_POST
@vault_required
def open_it(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """Open what arrived."""
    row = _load(request, arrival)
    if pages_of(row.kind).opened_at:
        return redirect(pages_of(row.kind).opened_at, row.pk)
    actions.open_report(keys=request.keys, arrival=row, by=request.staff, at=timezone.now())
    return _on_to(row)


@require_POST
@vault_required
def take(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """She goes on with it: it is on her list, and in danger nobody else is called in."""
    row = _load(request, arrival)
    if not inbox_queries.may_open(row, staff=request.staff, keys=request.keys):
        raise Http404
    actions.take_on_report(arrival=row, by=request.staff, at=timezone.now())
    add_message(request, _("You go on with it. It is on your list, and nobody else is called in."))
    return _on_to(row)


@require_http_methods(["GET", "POST"])
@vault_required
def turn(request: StaffRequest, arrival: UUID, name: str) -> HttpResponse:
    """Make a contact or a case of it: what came stands in the form already."""
    row, now = _load(request, arrival), timezone.now()
    way = next((one for one in actions.targets_of(row, to=request.staff) if one.name == name), None)
    if way is None:
        raise Http404
    if request.method == "POST":
        return _turn_into(request, row, way, now)
    content = (
        inbox.content_of(keys=request.keys, arrival=row, at=now) if row.state == ArrivalState.OPENED else None
    )
    if content is None:
        return redirect("intake:arrival", row.pk)
    person = actions.person_of(content)
    form = _turn_form(request, row, way, None, initial=forms.as_it_came(person, urgency=row.urgency))
    return _turn_page(request, row, way, form, person)


def _turn_into(request: StaffRequest, row: Arrival, way: actions.Target, now: datetime) -> HttpResponse:
    """What was typed is lost neither to the half hour that an opening lasts nor to a colleague who was quicker."""
    form = _turn_form(request, row, way, request.POST)
    person = inbox.person_in({})
    try:
        person = actions.person_of(inbox.content_for_work(keys=request.keys, arrival=row, at=now))
        if form.is_valid():
            became = actions.convert(
                keys=request.keys, arrival=row, turn=way, by=request.staff, at=now, **form.cleaned_data
            )
            add_message(request, _("Done: everything that came stands there now."))
            return HttpResponseRedirect(became.href or reverse("intake:arrivals"))
    except Refusal as refusal:
        form.refuse(refusal)
    return _turn_page(request, row, way, form, person)


def _turn_form(
    request: StaffRequest, row: Arrival, way: actions.Target, data: QueryDict | None, **more: Any
) -> forms.ConvertForm:
    """The form of a way on; of a report also what its reporter is told, and which joined ones go along."""
    report = reporters_queries.report_of(row)
    joined = queries.joined_with(row.pk, to=request.staff) if report is not None else []
    joined = [one for one in joined if one.state == ArrivalState.OPENED]
    labels = joined_labels(joined, request)
    reached = [
        pk
        for pk, one in reporters_queries.reports_of(joined).items()
        if one.reply_public is not None and actions.is_open(one)
    ]
    return forms.ConvertForm(
        data,
        turn=way,
        choices=way.choices(request.staff),
        tells=report is not None and report.reply_public is not None and actions.is_open(report),
        joined=list(labels.items()),
        told=[(pk, label) for pk, label in labels.items() if UUID(pk) in reached],
        **more,
    )


def _turn_page(
    request: StaffRequest, row: Arrival, way: actions.Target, form: forms.ConvertForm, person: ArrivalPerson
) -> HttpResponse:
    return page(
        request,
        "intake/turn.html",
        row=row,
        what=kind_words(row.kind),
        way=way,
        form=form,
        rest=[(field_words(name), value_words(name, text)) for name, text in person.rest.items()],
        more_names=person.names[1:],
        more_phones=person.phones[1:],
    )


@require_POST
@vault_required
def close(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """It needs no contact and no case: closed with a reason. Refused where whoever sent it waits for an answer."""
    row, now = _load(request, arrival), timezone.now()
    if not inbox_queries.may_close(row, staff=request.staff):
        raise Http404
    refusal = actions.why_not_closed(row, by=request.staff) if row.waits else None
    if refusal is not None:
        raise refusal
    form = forms.CloseForm(request.POST, closings=inbox.closings_of(row))
    if not form.is_valid():
        return _show(request, row, now, close=form)
    actions.close_arrival(
        keys=request.keys, arrival=row, closing=form.cleaned_data["closing"], by=request.staff, at=now
    )
    add_message(request, _("Closed. Its content is destroyed."))
    return redirect("intake:arrivals")


@require_POST
def seen(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """What was lost unopened was seen: it goes off her list."""
    inbox.acknowledge_lost(arrival=_load(request, arrival), by=request.staff, at=timezone.now())
    add_message(request, _("It is off your list."))
    return redirect("intake:arrivals")
