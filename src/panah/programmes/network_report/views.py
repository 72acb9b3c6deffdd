"""The network's report: what each society told of a quarter; preparing, signing off and sending the own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.words import SendingState
from panah.ground.foundation.small_counts import THRESHOLD
from panah.ground.kit.pages import add_message, page
from panah.ground.network.goals import GlobalAgenda
from panah.programmes.network_report import actions, forms, permissions, queries, rules
from panah.programmes.network_report.words import DIVISIONS, ContributionState, Measure, OtherGoal, key_of
from panah.programmes.prevention.words import Band, Counted

if TYPE_CHECKING:
    from panah.ground.foundation.http import StaffRequest
    from panah.programmes.network_report.models import Contribution

LABELS = {
    "goal": (gettext_lazy("By goal"), (*GlobalAgenda.choices, *OtherGoal.choices)),
    "sex": (gettext_lazy("By sex"), Counted.choices),
    "age": (gettext_lazy("By age"), Band.choices),
}


def _to(contribution: Contribution) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("network_report:contribution", args=[contribution.pk]))


def _quarter_or_404(text: str) -> rules.Quarter:
    found = rules.quarter_named(text)
    if found is None or found > rules.last_ended(timezone.localdate()):
        raise Http404
    return found


@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """Two years: how far the own society is, and what came from the others."""
    if not permissions.reads(request.staff):
        raise Http404
    today = timezone.localdate()
    prepares = permissions.prepares(request.staff)
    return page(
        request,
        "network_report/overview.html",
        own=queries.own_quarters(to=request.staff, today=today) if prepares else [],
        quarters=queries.network_quarters(to=request.staff, today=today),
        days=rules.DAYS,
    )


@require_GET
def quarter(request: StaffRequest, name: str) -> HttpResponse:
    """One quarter: a row for each society, sums only where every part is known."""
    if not permissions.reads(request.staff):
        raise Http404
    chosen, today = _quarter_or_404(name), timezone.localdate()
    (found,) = queries.network_quarters(to=request.staff, today=today, only=chosen)
    return page(
        request, "network_report/quarter.html", found=found, measures=list(Measure), most=THRESHOLD - 1
    )


@require_POST
def prepare(request: StaffRequest, name: str) -> HttpResponse:
    """Count the own figures of a quarter."""
    if not permissions.prepares(request.staff):
        raise Http404
    made = actions.prepare(quarter=_quarter_or_404(name), by=request.staff, at=timezone.now())
    add_message(request, _("Counted. Look at the numbers; a focal point signs them off."))
    return _to(made)


@require_http_methods(["GET", "POST"])
def contribution(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One version of a society's figures; posted: to whom a focal point sends them."""
    if not permissions.reads(request.staff):
        raise Http404
    row = queries.contribution_or_404(pk, to=request.staff)
    form = _send_form(request, row)
    if request.method == "POST" and form is None:
        raise Http404
    if form and form.submit(actions.send, contribution=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Sent. This page says when it has arrived."))
        return _to(row)
    own = row.told_by_id == request.staff.society_id
    counts = exchange_queries.delivered(society=request.staff.society_id, conversation=row.pk) if own else {}
    names = dict(_societies(request))
    return page(
        request,
        "network_report/contribution.html",
        row=row,
        name=row.told_by.name_in(get_language() or "en"),
        numbers=[(one.label, row.figures.get(one)) for one in Measure],
        tables=_tables(row),
        versions=queries.versions_of(row, to=request.staff),
        looked_at=actions.fingerprint(row.figures),
        signs=own and permissions.signs(request.staff),
        prepares=own and permissions.prepares(request.staff),
        form=form,
        sent_to=[names.get(slug, slug) for slug in row.sent_to],
        deliveries=[(SendingState(state).label, number) for state, number in sorted(counts.items())],
        State=ContributionState,
        most=THRESHOLD - 1,
    )


def _societies(request: StaffRequest) -> list[tuple[str, str]]:
    return [(one.slug, one.name) for one in exchange_queries.reachable_societies(to=request.staff)]


def _send_form(request: StaffRequest, row: Contribution) -> forms.SendForm | None:
    own = row.told_by_id == request.staff.society_id
    if not own or not permissions.signs(request.staff) or row.state != ContributionState.SIGNED:
        return None
    societies = _societies(request)
    data = request.POST if request.method == "POST" else None
    return forms.SendForm(
        data, societies=societies, initial={"societies": [slug for slug, _name in societies]}
    )


def _tables(row: Contribution) -> list[tuple[object, list[object], list[tuple[object, list[int | None]]]]]:
    """The parts of each sum: a heading, the heads of the columns, and the lines."""
    found: list[tuple[object, list[object], list[tuple[object, list[int | None]]]]] = []
    for division, (heading, parts) in LABELS.items():
        measures = [Measure(measure) for measure, one in DIVISIONS if one == division]
        lines: list[tuple[object, list[int | None]]] = [
            (label, [row.figures.get(key_of(measure, division, code)) for measure in measures])
            for code, label in parts
        ]
        found.append((heading, [one.label for one in measures], lines))
    return found


@require_POST
def sign_off(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Sign the figures that were looked at."""
    if not permissions.signs(request.staff):
        raise Http404
    row = queries.contribution_or_404(pk, to=request.staff)
    if row.told_by_id != request.staff.society_id:
        raise Http404
    looked_at = request.POST.get("looked_at", "")
    actions.sign_off(contribution=row, looked_at=looked_at, by=request.staff, at=timezone.now())
    add_message(request, _("Signed off. Now send the figures."))
    return _to(row)
