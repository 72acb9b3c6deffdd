"""Commitments: the list, one with its plan and evidence, and the forms around it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.calendar_file import calendar_file
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, attempt, download, page, posted
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy import permissions
from panah.programmes.diplomacy import queries as diplomacy_queries
from panah.programmes.diplomacy.forms import commitments as forms
from panah.programmes.diplomacy.instruments import provisions
from panah.programmes.diplomacy.steps import COMMITMENT_STEPS
from panah.programmes.diplomacy.words import CommitmentState, Progress

if TYPE_CHECKING:
    from panah.ground.kit.forms import Form
    from panah.programmes.diplomacy.models import Commitment, Step


def to_commitment(row: Commitment) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("diplomacy:commitment", args=[row.pk]))


def must_read(request: StaffRequest) -> None:
    if not permissions.reads(request.staff):
        raise Http404


def must_keep(request: StaffRequest) -> None:
    if not permissions.keeps(request.staff):
        raise Http404


def kept(request: StaffRequest, pk: UUID) -> Commitment:
    """Return a commitment for whoever keeps it."""
    must_keep(request)
    return diplomacy_queries.commitment_or_404(pk, to=request.staff)


@require_safe
def start(request: StaffRequest) -> HttpResponse:
    """Every commitment with its last word, and what waits for a second person."""
    must_read(request)
    state = request.GET.get("state", "")
    rows = diplomacy_queries.commitments(
        to=request.staff, state=state if state in CommitmentState.values else ""
    )
    return page(
        request,
        "diplomacy/start.html",
        rows=rows,
        states=CommitmentState.choices,
        chosen=state,
        keeps=permissions.keeps(request.staff),
        today=timezone.localdate(),
        Progress=Progress,
    )


@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    """What is due, for a calendar: of a step's owner her own steps."""
    rows = diplomacy_queries.due_days(to=request.staff)
    if not rows:
        must_read(request)
    body = calendar_file(rows, made_at=timezone.now())
    return download(body, name="calendar.ics", kind="text/calendar; charset=utf-8")


@require_safe
def commitment(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One commitment: what binds, the plan, what was shown, how far it is."""
    row = diplomacy_queries.commitment_or_404(pk, to=request.staff)
    words = diplomacy_queries.trail(row)
    last = {word.step_id: word for word in reversed(words)}
    told = diplomacy_queries.statuses_told(row.society_id)
    return page(
        request,
        "diplomacy/commitment.html",
        one=row,
        last=last,
        words=words,
        steps=list(row.steps.select_related("owner")),
        indicators=diplomacy_queries.indicators_of(row),
        evidence=list(row.evidence.select_related("added_by").prefetch_related("steps", "indicators")),
        supporters=list(row.supporters.all()),
        rounds=list(row.followed_by.all()),
        provisions=[provisions()[key] for key in row.provisions if key in provisions()],
        tells=next((one for one in told if one.word.commitment_id == row.pk), None),
        open_steps=COMMITMENT_STEPS.offered(row, to=request.staff),
        keeps=permissions.keeps(request.staff),
        ends=permissions.decides(request.staff),
        State=CommitmentState,
        Progress=Progress,
        today=timezone.localdate(),
        me=request.staff,
    )


@require_http_methods(["GET", "POST"])
def draft(request: StaffRequest) -> HttpResponse:
    must_keep(request)
    form = forms.DraftForm(
        posted(request),
        people=colleagues(to=request.staff),
        initial={"provisions": request.GET.getlist("provision"), "focal": str(request.staff.pk)},
    )
    if form.submit(diplomacy.draft_commitment, by=request.staff, at=timezone.now()):
        add_message(
            request, _("Drafted. A second person signs it off; plan and supporters can be added before.")
        )
        return to_commitment(form.result)
    return _form(request, form, _("A new commitment"), back=reverse("diplomacy:start"))


def _to_decide(request: StaffRequest, pk: UUID) -> Commitment:
    if not permissions.decides(request.staff):
        raise Http404
    return diplomacy_queries.commitment_or_404(pk, to=request.staff)


@require_http_methods(["GET", "POST"])
def add_evidence(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = diplomacy_queries.commitment_or_404(pk, to=request.staff)
    if not (permissions.keeps(request.staff) or row.steps.filter(owner=request.staff).exists()):
        raise Http404
    form = forms.EvidenceForm(posted(request), commitment=row, initial={"steps": request.GET.getlist("step")})
    if form.submit(diplomacy.add_evidence, commitment=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Added. Now it can be said how far it is."))
        return to_commitment(row)
    return _form(request, form, _("Evidence"), row)


def _status_form(request: StaffRequest, row: Commitment, about: Step | None) -> forms.StatusForm:
    """What is sent is refused by the action, with its reason, where it is not newer."""
    rows = diplomacy_queries.newer_evidence(row, about, on=timezone.localdate())
    sent = request.POST.get("evidence", "")
    shown = [one for one in (about or row).evidence.all() if one in rows or str(one.pk) == sent]
    return forms.StatusForm(posted(request), rows=shown)


@require_http_methods(["GET", "POST"])
def say_status(request: StaffRequest, pk: UUID) -> HttpResponse:
    """How far the whole is."""
    row = kept(request, pk)
    if row.state != CommitmentState.RUNNING:
        raise Http404
    form = _status_form(request, row, None)
    if form.submit(diplomacy.say_status, commitment=row, by=request.staff, at=timezone.now()):
        return to_commitment(row)
    return _form(request, form, _("How far is it?"), row)


@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One step, for its owner and for the readers: what it is, and how far."""
    row = diplomacy_queries.step_or_404(pk, to=request.staff)
    says = permissions.keeps(request.staff) or row.owner_id == request.staff.pk
    runs = row.commitment.state == CommitmentState.RUNNING
    if request.method == "POST" and not (says and runs):
        raise Http404
    form = _status_form(request, row.commitment, row) if says and runs else None
    if form and form.submit(
        diplomacy.say_status, commitment=row.commitment, step=row, by=request.staff, at=timezone.now()
    ):
        add_message(request, _("Written down."))
        return redirect("diplomacy:step", row.pk)
    return page(
        request,
        "diplomacy/step.html",
        step=row,
        form=form,
        words=list(row.statuses.select_related("evidence", "said_by")),
        evidence=list(row.evidence.all()),
        says=says and runs,
    )


@require_POST
def tell_no_more(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take back what paired societies were told of it."""
    row, said = _to_decide(request, pk), _("Taken back. Paired societies are told with the next message.")
    attempt(request, diplomacy.tell_no_more, said, commitment=row, by=request.staff, at=timezone.now())
    return to_commitment(row)


def _form(
    request: StaffRequest, form: Form, heading: str, row: Commitment | None = None, *, back: str = ""
) -> HttpResponse:
    to = back or reverse("diplomacy:commitment", args=[row.pk] if row else [])
    return form_page(request, "commitments", form, heading, to, back_text=row.title if row else _("Back"))
