"""Figures are entered, replaced, withdrawn and marked by whoever keeps the register."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, posted
from panah.programmes.figures import actions, queries
from panah.programmes.figures.forms import figures as forms
from panah.programmes.figures.models import Figure, Tension
from panah.programmes.figures.views.common import must_write, numbered, standing_figure, to_figure
from panah.programmes.figures.words import State


def _form(
    request: StaffRequest, form: Form, heading: object, row: Figure | None = None, *, hint: object = ""
) -> HttpResponse:
    back = reverse("figures:figure", args=[row.number]) if row else reverse("figures:list")
    said = row.number if row else _("Back")
    return form_page(request, "figures", form, heading, back, back_text=said, hint=hint)


@require_http_methods(["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """Enter a figure by hand."""
    must_write(request)
    sources = list(queries.sources(to=request.staff))
    form = forms.EnterForm(
        posted(request),
        sources=sources,
        files=queries.files_of(sources),
        initial={"source": request.GET.get("source", "")},
    )

    def entered(*, pk: UUID, source: str, file: str, by: object, **said: object) -> Figure:
        return actions.enter(
            claim=forms.claim_of(said),
            source=form.by_number[source],
            file=form.files_of_sources.get(file),
            pk=pk,
            by=request.staff,
            at=timezone.now(),
        )

    if form.submit(entered, by=request.staff):
        add_message(request, _("Entered. It has a number and an address of its own."))
        return to_figure(form.result)
    return _form(
        request, form, _("Enter a figure"), hint=_("What others have published. Nothing about one person.")
    )


@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, number: str) -> HttpResponse:
    """Enter what replaces a figure."""
    row = standing_figure(request, number)
    form = forms.CorrectForm(posted(request), hides_from=row.source.hides_from, initial=forms.first_of(row))

    def corrected(*, pk: UUID, reason: str, by: object, **said: object) -> Figure:
        return actions.correct(
            figure=row,
            claim=forms.claim_of(said, dimensions=row.dimensions),
            reason=reason,
            file=row.file,
            pk=pk,
            by=request.staff,
            at=timezone.now(),
        )

    if form.submit(corrected, by=request.staff):
        add_message(request, _("Replaced. The figure before stays to be read, and says so."))
        return to_figure(form.result)
    hint = _("What you write becomes a figure of its own; the one before stays to be read.")
    return _form(request, form, _("Replace a figure"), row, hint=hint)


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, number: str) -> HttpResponse:
    """Say that a figure does not stand any more: its publisher took it back, or we were mistaken."""
    row = standing_figure(request, number)
    form = forms.WithdrawForm(posted(request))

    def ended(*, what: str, reason: str) -> None:
        action = actions.withdraw if what == State.WITHDRAWN else actions.retract
        action(figure=row, reason=reason, by=request.staff, at=timezone.now())

    if form.submit(ended):
        return to_figure(row)
    hint = _("It stays here to be read, and says that it does not stand any more.")
    return _form(request, form, _("It does not stand any more"), row, hint=hint)


@require_http_methods(["GET", "POST"])
def mark_break(request: StaffRequest, number: str) -> HttpResponse:
    """Say that from this figure on the series is counted otherwise."""
    row = standing_figure(request, number)
    form = forms.BreakForm(posted(request))
    if form.submit(actions.mark_break, figure=row, by=request.staff, at=timezone.now()):
        return to_figure(row)
    hint = _("The number stays as it is. Figures before it and after it are not added or drawn as one line.")
    return _form(request, form, _("The series breaks here"), row, hint=hint)


@require_http_methods(["GET", "POST"])
def tension(request: StaffRequest, number: str) -> HttpResponse:
    """Write down where a figure disagrees."""
    row = standing_figure(request, number)
    form = forms.TensionForm(posted(request))

    def noted(*, pk: UUID, kind: str, other: str, says: str, by: object) -> Tension:
        beside = numbered(request, other) if other else None
        return actions.note_tension(
            figure=row, other=beside, kind=kind, says=says, pk=pk, by=request.staff, at=timezone.now()
        )

    if form.submit(noted, by=request.staff):
        return to_figure(row)
    return _form(request, form, _("Where it disagrees"), row)


@require_http_methods(["GET", "POST"])
def rate(request: StaffRequest, number: str) -> HttpResponse:
    """Keep which two figures make a rate."""
    row = standing_figure(request, number)
    form = forms.RateForm(posted(request))

    def made(*, pk: UUID, population: str, per: str, by: object) -> Figure:
        below = numbered(request, population)
        return actions.make_rate(
            numerator=row, denominator=below, per=int(per), pk=pk, by=request.staff, at=timezone.now()
        )

    if form.submit(made, by=request.staff):
        return to_figure(form.result)
    hint = _("The number itself is never kept: it is worked out whenever it is read.")
    return _form(request, form, _("A rate"), row, hint=hint)
