"""Releases: begun, prepared, read by a second person, decided, taken out, withdrawn, verified."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.approvals.second_person import second_person
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, download, page, posted
from panah.programmes.evidence import actions, forms, permissions, queries, rules, verifying
from panah.programmes.evidence.models import Release
from panah.programmes.evidence.presenters import STAGES, budget_sentences, report_lines, shown_tables
from panah.programmes.evidence.words import Product, ReleaseState, What

type View = Callable[..., HttpResponse]
YEARS_BACK = 6


def to_release(row: Release) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("evidence:release", args=[row.pk]))


def of_counting(view: View) -> View:
    """Let in whoever counts; for everybody else there is nothing here."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not permissions.counts(request.staff):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def of_release(view: View) -> View:
    """The same, with the release of the asker's society that the address names."""

    @wraps(view)
    @of_counting
    def guarded(request: StaffRequest, pk: UUID) -> HttpResponse:
        return view(request, queries.release_or_404(pk, to=request.staff))

    return guarded


@require_safe
@of_counting
def listed(request: StaffRequest) -> HttpResponse:
    return page(
        request,
        "evidence/releases.html",
        rows=queries.releases(to=request.staff),
        floor=queries.floor(),
        outside=request.build_absolute_uri(reverse("verify_public")),
    )


@require_http_methods(["GET", "POST"])
@of_counting
def begin(request: StaffRequest) -> HttpResponse:
    this_year = timezone.localdate().year
    years = [this_year - back for back in range(1, YEARS_BACK)]
    form = forms.BeginForm(
        posted(request), years=years, initial={"what": What.REHEARSAL, "product": Product.TABLES}
    )
    if form.submit(actions.begin, by=request.staff, at=timezone.now()):
        add_message(request, _("Begun. Nothing has been counted or spent."))
        return to_release(form.result)
    return page(request, "evidence/begin.html", form=form, floor=queries.floor())


@require_http_methods(["GET", "POST"])
@of_counting
def begin_joint(request: StaffRequest) -> HttpResponse:
    """Begin a release of two societies with the file that the other one gave."""
    form = forms.JointForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.submit(actions.begin_joint, by=request.staff, at=timezone.now()):
        add_message(request, _("Begun. Nothing has been counted or spent."))
        return to_release(form.result)
    return page(request, "evidence/begin_joint.html", form=form)


@require_safe
@of_release
def counts(request: StaffRequest, row: Release) -> HttpResponse:
    """Protected counts, for another society of this node."""
    if not queries.may_be_given(row):
        raise Http404
    body = actions.give_counts(release=row, by=request.staff, at=timezone.now())
    return download(body, name=f"counts-{row.population.year}.json", kind="application/json")


@require_safe
@of_release
def release(request: StaffRequest, row: Release) -> HttpResponse:
    """One release, how far it is, what it costs, what was found, and what follows."""
    budget = queries.budget_of(row.population)
    package = queries.package_of(row)
    return page(
        request,
        "evidence/release.html",
        row=row,
        budget=budget,
        sentences=budget_sentences(row, budget),
        report=report_lines(row.report),
        tables=shown_tables(queries.made_of(row)),
        stage=STAGES.get(row.stage, ""),
        waits=bool(row.stage),
        package=package,
        State=ReleaseState,
        What=What,
        Product=Product,
        floor=queries.floor(),
        may_read=row.state in (ReleaseState.PREPARED, ReleaseState.READ)
        and permissions.decides(request.staff)
        and not row.is_hand_of(request.staff),
        gives=queries.may_be_given(row),
        ends=rules.may_follow(row.state, ReleaseState.REFUSED),
        may_withdraw=permissions.decides(request.staff) and queries.may_be_withdrawn(row),
    )


@require_http_methods(["GET", "POST"])
@of_release
def change(request: StaffRequest, row: Release) -> HttpResponse:
    """What a release says of itself, changed after the second person asked for it."""
    said = {"title": row.title, "about": row.about, "contact": row.contact}
    form = forms.WordsForm(posted(request), initial=said)
    if form.submit(actions.change, release=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Changed. It is read and decided once more."))
        return to_release(row)
    return page(request, "evidence/change.html", row=row, form=form)


@require_http_methods(["GET", "POST"])
@of_release
def review(request: StaffRequest, row: Release) -> HttpResponse:
    """The second person reads first, then decides, on one page."""
    if not permissions.decides(request.staff):
        raise Http404
    reads = row.state != ReleaseState.READ or row.read_by_id != request.staff.pk
    seen = queries.fingerprint(row, to=request.staff)
    data, given = posted(request), {"release": row, "by": request.staff, "at": timezone.now()}
    form: forms.ReadForm | forms.DecideForm
    if reads:
        form = forms.ReadForm(data, initial={"seen": seen})
        if form.submit(actions.read, **given):
            add_message(request, _("Noted. Now decide."))
            return HttpResponseRedirect(reverse("evidence:review", args=[row.pk]))
    else:
        form = forms.DecideForm(data)
        if form.submit(actions.decide, **given):
            add_message(request, _("Decided."))
            return to_release(row)
    return page(
        request,
        "evidence/review.html",
        row=row,
        What=What,
        form=form,
        reads=reads,
        report=report_lines(row.report),
        tables=shown_tables(queries.made_of(row)),
        earlier=queries.earlier_of(row, to=request.staff),
        sentences=budget_sentences(row, queries.budget_of(row.population)),
        second=second_person(row.pk, to=request.staff, may=permissions.decides, hands=queries.hands_of(row)),
    )


@require_safe
@of_release
def file(request: StaffRequest, row: Release) -> HttpResponse:
    """The package, to whoever reads it before, or hands it on afterwards; taking it out is journalled."""
    package = queries.package_of(row)
    if package is None or not queries.is_as_written(row):
        raise Http404
    actions.record_taken(release=row, by=request.staff, at=timezone.now())
    ending = "" if row.is_out else "-not-published"
    return download(
        bytes(package.body), name=f"release-{row.population.year}{ending}.zip", kind="application/zip"
    )


@require_POST
@of_release
def give_up(request: StaffRequest, row: Release) -> HttpResponse:
    """A release that was neither published nor refused ends."""
    actions.give_up(release=row, by=request.staff, at=timezone.now())
    add_message(request, _("Given up. It is published by nobody."))
    return to_release(row)


@require_http_methods(["GET", "POST"])
@of_release
def withdraw(request: StaffRequest, row: Release) -> HttpResponse:
    if not permissions.decides(request.staff):
        raise Http404
    form = forms.WithdrawForm(posted(request))
    if form.submit(actions.withdraw, release=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Withdrawn. Whoever verifies the file is told so, with the reason."))
        return to_release(row)
    return page(request, "evidence/withdraw.html", row=row, form=form)


@require_safe
@of_counting
def withdrawn(request: StaffRequest) -> HttpResponse:
    """The signed list of what was withdrawn, for the society's own site: readers outside check against it."""
    body = actions.list_of_withdrawn(by=request.staff, at=timezone.now())
    return download(body, name="withdrawn.zip", kind="application/zip")


@require_http_methods(["GET", "POST"])
@of_counting
def verify(request: StaffRequest) -> HttpResponse:
    """Is this file a release of ours, unchanged, and does it still stand? Nothing of it is kept."""
    files = request.FILES if request.method == "POST" else None
    form = forms.VerifyForm(posted(request), files)
    found = verifying.Verified() if not form.is_bound else None
    if form.submit(verifying.verify, to=request.staff):
        found = form.result
    return page(request, "evidence/verify.html", form=form, found=found)
