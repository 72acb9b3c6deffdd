"""Who in the network is strong in what: what a society shows, takes back, or prints to hand over."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.model import actions as model
from panah.programmes.model import permissions
from panah.programmes.model import queries as model_queries
from panah.programmes.model.forms import ShareForm
from panah.programmes.model.models import Assessment
from panah.programmes.model.views.assessments import led, to_assessment
from panah.programmes.model.words import AssessmentState, Level


@require_safe
def strong(request: StaffRequest) -> HttpResponse:
    """Societies on this node that wish to be asked about an element."""
    wanted = request.GET.get("element", "")
    titles = {
        name: one.title for name, one in model_queries.elements(model_queries.current_version()).items()
    }
    wanted = wanted if wanted in titles else ""
    return page(
        request,
        "model/strong.html",
        wanted=wanted,
        titles=titles,
        found=model_queries.strong_in(wanted, exclude=[request.staff.society_id]) if wanted else [],
    )


def _strengths(row: Assessment) -> list[model_queries.ElementRow]:
    return [one for one in model_queries.agreed_rows(row, None) if one.is_strong]


def _agreed_or_404(row: Assessment) -> Assessment:
    if row.state != AssessmentState.AGREED:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
def share(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Exactly what the network would see, and whom it may ask."""
    row = _agreed_or_404(led(request, pk))
    shared = model_queries.shared_of(row.society_id)
    form = ShareForm(
        posted(request),
        people=colleagues(to=request.staff),
        initial={"contact": str(shared.contact_id if shared else request.staff.pk)},
    )
    if form.submit(model.share, assessment=row, by=request.staff, at=timezone.now()):
        add_message(request, _("The network sees it now. You can take it back at any time."))
        return to_assessment(row)
    return page(
        request, "model/share.html", one=row, form=form, strengths=_strengths(row), levels=dict(Level.choices)
    )


@require_POST
def take_back(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = led(request, pk)
    model.take_back(assessment=row, by=request.staff, at=timezone.now())
    add_message(request, _("Taken back. The network sees nothing of it any more."))
    return to_assessment(row)


@require_safe
def sheet(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What the network would see, on paper: for societies on other nodes."""
    row = _agreed_or_404(model_queries.assessment_or_404(pk, to=request.staff))
    if not permissions.reads_assessments(request.staff):
        raise Http404
    shared = model_queries.shared_of(row.society_id)
    return page(
        request,
        "model/sheet.html",
        one=row,
        strengths=_strengths(row),
        contact=shared.contact.name if shared and shared.year == row.year else "",
        levels=dict(Level.choices),
        printed=timezone.localdate(),
    )
