"""The society's own policy: versions, differences, comments, the board's decision."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy import permissions, rules
from panah.programmes.diplomacy import queries as diplomacy_queries
from panah.programmes.diplomacy.forms.others import AdoptForm, CommentForm, PolicyBeginForm, PolicyForm
from panah.programmes.diplomacy.instruments import model_policy
from panah.programmes.diplomacy.models import Policy
from panah.programmes.diplomacy.views.commitments import must_keep, must_read
from panah.programmes.diplomacy.words import PolicyState


@require_http_methods(["GET", "POST"])
def listed(request: StaffRequest) -> HttpResponse:
    """Every version; whoever keeps the commitments begins the next one."""
    must_read(request)
    keeps = permissions.keeps(request.staff)
    if request.method == "POST" and not keeps:
        raise Http404
    form = PolicyBeginForm(posted(request), initial={"language": request.LANGUAGE_CODE}) if keeps else None
    if form and form.submit(diplomacy.begin_policy, by=request.staff, at=timezone.now()):
        return redirect("diplomacy:policy", form.result.pk)
    return page(
        request, "diplomacy/policies.html", rows=diplomacy_queries.policies(to=request.staff), form=form
    )


@require_http_methods(["GET", "POST"])
def policy(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One version with what differs from the one before, or from the model text; comments while it is a draft."""
    row = diplomacy_queries.policy_or_404(pk, to=request.staff)
    draft = row.state == PolicyState.DRAFT
    if request.method == "POST" and not draft:
        raise Http404
    form = CommentForm(posted(request)) if draft else None
    if form and form.submit(diplomacy.comment_policy, policy=row, by=request.staff, at=timezone.now()):
        return redirect("diplomacy:policy", row.pk)
    versions = diplomacy_queries.policy_versions(row)
    before = next((one for one in versions if one.version < row.version), None)
    return page(
        request,
        "diplomacy/policy.html",
        row=row,
        versions=versions,
        before=before,
        lines=rules.compared(before.text if before else model_policy(row.language), row.text),
        comments=list(row.comments.select_related("by")),
        form=form,
        draft=draft,
        keeps=permissions.keeps(request.staff),
        decides=permissions.decides(request.staff),
    )


def _draft(request: StaffRequest, pk: UUID) -> Policy:
    row = diplomacy_queries.policy_or_404(pk, to=request.staff)
    if row.state != PolicyState.DRAFT:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    must_keep(request)
    row = _draft(request, pk)
    form = PolicyForm(posted(request), initial={"text": row.text})
    form.look_at(row)
    if form.submit(diplomacy.change_policy, policy=row, by=request.staff, at=timezone.now()):
        return redirect("diplomacy:policy", row.pk)
    return _form(request, form, _("Change the text"), row)


@require_http_methods(["GET", "POST"])
def adopt(request: StaffRequest, pk: UUID) -> HttpResponse:
    if not permissions.decides(request.staff):
        raise Http404
    row = _draft(request, pk)
    form = AdoptForm(posted(request))
    form.look_at(row)
    if form.submit(diplomacy.adopt_policy, policy=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Written down: it is the society’s policy now."))
        return redirect("diplomacy:policy", row.pk)
    return _form(request, form, _("The board has adopted it"), row)


def _form(request: StaffRequest, form: PolicyForm | AdoptForm, heading: str, row: Policy) -> HttpResponse:
    back = reverse("diplomacy:policy", args=[row.pk])
    return form_page(request, "commitments", form, heading, back, back_text=_("Back"))


@require_safe
def sheet(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A version to print."""
    row = diplomacy_queries.policy_or_404(pk, to=request.staff)
    return page(request, "diplomacy/policy_sheet.html", row=row)
