"""The society's own policy: versions, differences, comments, the board's decision."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import page, posted
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy import permissions, rules
from panah.programmes.diplomacy import queries as diplomacy_queries
from panah.programmes.diplomacy.forms.others import CommentForm, PolicyBeginForm
from panah.programmes.diplomacy.instruments import model_policy
from panah.programmes.diplomacy.steps import POLICY_STEPS
from panah.programmes.diplomacy.views.commitments import must_read
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
    before = next((version for version in versions if version.version < row.version), None)
    return page(
        request,
        "diplomacy/policy.html",
        row=row,
        versions=versions,
        before=before,
        lines=rules.compared(before.text if before else model_policy(row.language), row.text),
        comments=list(row.comments.select_related("by")),
        form=form,
        steps=POLICY_STEPS.offered(row, to=request.staff),
    )


@require_safe
def sheet(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A version to print."""
    row = diplomacy_queries.policy_or_404(pk, to=request.staff)
    return page(request, "diplomacy/policy_sheet.html", row=row)
