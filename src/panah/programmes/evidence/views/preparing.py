"""What a release costs is seen first, rehearsed with made-up people; then it is spent, and the release prepared."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.programmes.evidence import actions, forms, queries
from panah.programmes.evidence.models import Release
from panah.programmes.evidence.presenters import STAGES, budget_sentences, costs_of, rehearsed_lines
from panah.programmes.evidence.views.releases import of_release, to_release
from panah.programmes.evidence.words import CLOSED, Product, ReleaseState, What


@require_POST
@vault_required
@of_release
def rehearse(request: StaffRequest, row: Release) -> HttpResponse:
    """Rows of made-up people, to see how good they would be and how long it takes."""
    form = forms.RehearseForm(posted(request))
    if form.submit(actions.rehearse, keys=_keys(request), release=row, at=timezone.now()):
        add_message(request, _("Rehearsed. Nothing was counted and nothing spent."))
        return HttpResponseRedirect(reverse("evidence:prepare", args=[row.pk]))
    return _costs(request, row, rehearsing=form)


@require_http_methods(["GET", "POST"])
@vault_required
@of_release
def prepare(request: StaffRequest, row: Release) -> HttpResponse:
    """What it costs; and whoever has read that spends it."""
    if request.method == "GET" and row.state != ReleaseState.DRAFT:
        return to_release(row)
    form = _spend_form(row, posted(request))
    if form.submit(actions.prepare, keys=_keys(request), release=row, at=timezone.now()):
        add_message(request, _("Prepared. A focal point who had no hand in it reads it and decides."))
        return to_release(row)
    return _costs(request, row, spending=form)


def _spend_form(row: Release, data: object = None) -> forms.SpendForm:
    joint = row.product == Product.JOINT
    return forms.SpendForm(data, made_up=row.population.what == What.REHEARSAL, joint=joint)


def _keys(request: StaffRequest) -> object:
    if request.keys is None:
        raise Http404
    return request.keys


def _costs(
    request: StaffRequest, row: Release, *, rehearsing: Form | None = None, spending: Form | None = None
) -> HttpResponse:
    budget = queries.budget_of(row.population)
    is_rows = row.product == Product.MICRODATA
    return page(
        request,
        "evidence/prepare.html",
        row=row,
        Product=Product,
        What=What,
        floor=queries.floor(),
        form=rehearsing or spending,
        costs=costs_of(
            row, budget, beside=len(queries.laid_beside(row, queries.that_left(to=request.staff)))
        ),
        sentences=budget_sentences(row, budget),
        rehearsing=(rehearsing or forms.RehearseForm()) if is_rows else None,
        rehearsed=rehearsed_lines(row.rehearsed),
        spending=spending or _spend_form(row),
        closed=CLOSED[Product(row.product)] if queries.is_closed(row.population, row.product) else (),
        spends=is_rows and row.population.what == What.CASES,
        must_rehearse=is_rows and row.population.what == What.CASES and not row.rehearsed,
    )


@require_safe
@of_release
def progress(request: StaffRequest, row: Release) -> HttpResponse:
    """How far the work is, for a page that waits for it."""
    return page(
        request,
        "evidence/progress.html",
        row=row,
        stage=STAGES.get(row.stage, ""),
        waits=row.state in (ReleaseState.DRAFT, ReleaseState.SPENT),
    )
