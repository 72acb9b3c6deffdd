"""Threats against colleagues: reported by anybody, read by the focal points whom they do not concern."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import queries as work_queries
from panah.ground.work.paged import called_by
from panah.people.safety import actions, forms, permissions, queries, words
from panah.people.safety.models import Threat
from panah.people.safety.words import ThreatState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.kit.forms import Form

SHOWN = 100


@require_GET
def start(request: StaffRequest) -> HttpResponse:
    """What helps, how to report; and for whoever reads reports, those that are open or closed."""
    state = ThreatState.CLOSED if request.GET.get("state") == ThreatState.CLOSED else ThreatState.OPEN
    rows = list(queries.threats(to=request.staff, state=state)[:SHOWN])
    return page(
        request,
        "safety/start.html",
        rows=rows,
        state=state,
        State=ThreatState,
        reads=bool(rows) or permissions.leads(request.staff),
        leads=permissions.leads(request.staff),
        alone=queries.only_for(request.staff),
        now=timezone.now(),
    )


@vault_required
def report(request: StaffRequest) -> HttpResponse:
    """Report a threat. Once it is sent it is closed to whoever sent it."""
    people = list(colleagues(to=request.staff).exclude(pk=request.staff.pk))
    readers = queries.readers(request.staff.society_id)
    sent = request.POST if request.method == "POST" else None
    form = forms.ReportForm(sent, people=people, readers=[reader.pk for reader in readers])
    if form.submit(
        lambda once, **_data: actions.report(
            keys=request.keys, once=once, typed=form.typed(), concerned=form.concerned(), at=timezone.now()
        )
    ):
        # Not a redirect: whoever reported it cannot open it again.
        danger = form.cleaned_data["now"] == "yes"
        alarm = work_queries.open_alarm_of(form.result.row.file_id) if danger else None
        called_names = called_by(alarm, to=request.staff).told if alarm else []
        return page(request, "safety/reported.html", found=form.result, danger=danger, told=called_names)
    return page(request, "safety/report.html", form=form, readers=readers)


@require_GET
@vault_required
def threat(request: StaffRequest, file: UUID) -> HttpResponse:
    """One report with all that was told and done."""
    row = queries.threat_or_404(file, to=request.staff)
    opened = queries.opened(row, keys=request.keys)
    opens = vault_queries.opens(keys=request.keys, file=file)
    return page(
        request,
        "safety/threat.html",
        one=row,
        found=opened,
        told=_told(opened.told),
        steps=[(each, _step(each.v)) for each in opened.steps],
        opens=opens,
        others=queries.could_read(row, keys=request.keys) if opens else [],
        alone=file in queries.only_for(request.staff),
        State=ThreatState,
        now=timezone.now(),
    )


# What is chosen, in the reader's words.
CHOSEN: dict[str, dict[object, object]] = {
    "against": dict(words.Against.choices),
    "what": dict(words.What.choices),
    "source": dict(words.ThreatSource.choices),
    "where": dict(words.Where.choices),
    "needs": dict(words.Help.choices),
    "done": dict(words.Done.choices),
    "outcome": dict(words.ThreatOutcome.choices),
}


def _spoken(name: str, value: object) -> str:
    names: Mapping[object, object] = CHOSEN.get(name, ANSWERS if name in FOUR else {})
    # What is chosen has commas of its own.
    return "; ".join(str(names.get(code, code)) for code in (value if isinstance(value, list) else [value]))


FOUR = ("now", "of_case", "agreed")
ANSWERS: dict[object, object] = {
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "unknown": gettext_lazy("unknown"),
}


def _told(value: dict[str, object]) -> list[tuple[StrOrPromise | None, str]]:
    labels = {name: field.label for name, field in forms.ReportForm.base_fields.items()}
    return [(labels[name], _spoken(name, value[name])) for name in labels if value.get(name)]


def _step(value: dict[str, object]) -> list[tuple[StrOrPromise | None, str]]:
    """What a step says, as (heading, text)."""
    rows = [
        (_("Opened again"), _("yes") if value.get("reopened") else ""),
        (pgettext("a report", "Closed"), _spoken("outcome", value.get("outcome", ""))),
        (_("What was done"), _spoken("done", value.get("done", []))),
        (_("Agreed with whoever is threatened"), _spoken("agreed", value.get("agreed", ""))),
        (_("More about it"), str(value.get("text", ""))),
    ]
    return [row for row in rows if row[1]]


FORMS: dict[str, tuple[type[Form], StrOrPromise, ThreatState | None]] = {
    "done": (forms.StepForm, gettext_lazy("Write down what was done"), ThreatState.OPEN),
    "close": (forms.CloseForm, gettext_lazy("Close the report"), ThreatState.OPEN),
    "reopen": (forms.ReopenForm, gettext_lazy("Open it again"), ThreatState.CLOSED),
    "let": (forms.LetForm, gettext_lazy("Let another colleague read"), None),
    "erase": (forms.EraseForm, gettext_lazy("Erase it for good"), ThreatState.CLOSED),
}


@vault_required
def step(request: StaffRequest, file: UUID, step: str) -> HttpResponse:
    """One step about a report."""
    row = queries.threat_or_404(file, to=request.staff)
    kind, heading, state = FORMS.get(step, (None, "", None))
    if kind is None or not vault_queries.opens(keys=request.keys, file=file):
        raise Http404
    if state is not None and row.state != state:
        add_message(request, _("This step does not fit any more."), tone="soon")
        return HttpResponseRedirect(reverse("safety:threat", args=[file]))
    more = {"people": queries.could_read(row, keys=request.keys)} if step == "let" else {}
    form = kind(request.POST if request.method == "POST" else None, **more)
    if form.submit(ACTIONS[step], keys=request.keys, threat=row, at=timezone.now()):
        add_message(request, _("Erased.") if step == "erase" else _("Saved and protected."))
        next_page = reverse("safety:start") if step == "erase" else reverse("safety:threat", args=[file])
        return HttpResponseRedirect(next_page)
    return page(request, "safety/step.html", one=row, form=form, heading=heading, step=step)


def _done(*, keys: Keyring, threat: Threat, at: datetime, review_on: date | None, **told: object) -> None:
    said_so = {name: said for name, said in told.items() if said not in ("", [], "none")}
    day = review_on or timezone.localdate()
    actions.take_step(keys=keys, threat=threat, step=said_so, review_on=day, at=at)


def _let(*, keys: Keyring, threat: Threat, to: str, at: datetime) -> None:
    people = {str(each.pk): each for each in queries.could_read(threat, keys=keys)}
    actions.let_read(keys=keys, threat=threat, to=people[to], at=at)


ACTIONS: dict[str, Callable[..., None]] = {
    "done": _done,
    "close": actions.close,
    "reopen": actions.reopen,
    "let": _let,
    "erase": lambda sure, **about: actions.erase(**about),
}


@require_GET
@vault_required
def figures(request: StaffRequest) -> HttpResponse:
    """How many threats, of which kind, without names: for the focal points, of what they can open."""
    if not permissions.leads(request.staff):
        raise Http404
    return page(request, "safety/figures.html", tables=queries.figures(to=request.staff, keys=request.keys))
