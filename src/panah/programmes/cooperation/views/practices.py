"""Good practices: the list, one with its versions and translations, its review, and what others tell."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.approvals.second_person import second_person
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import add_message, attempt, page, posted
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation import permissions
from panah.programmes.cooperation import queries as cooperation_queries
from panah.programmes.cooperation.forms.practices import (
    AskReviewForm,
    PracticeChangeForm,
    PracticeForm,
    ReviewForm,
    TranslateForm,
)
from panah.programmes.cooperation.models import Practice
from panah.programmes.cooperation.searching import search_address
from panah.programmes.cooperation.views.common import (
    back_to,
    facts,
    form_page,
    is_duty,
    must_decide,
    must_keep,
    must_read,
    of_practice,
)
from panah.programmes.cooperation.words import WRITTEN, Kind, PracticeState
from panah.programmes.model import queries as model_queries


def to_practice(row: Practice) -> HttpResponseRedirect:
    return HttpResponseRedirect(back_to("practice", row.pk))


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Good practices of the society and of others; of one element where it is asked for."""
    must_read(request)
    wanted = request.GET.get("element", "")
    titles = {
        name: one.title for name, one in model_queries.elements(model_queries.current_version()).items()
    }
    rows = cooperation_queries.practices(to=request.staff)
    return page(
        request,
        "cooperation/practices.html",
        search=search_address(),
        rows=[one for one in rows if wanted not in titles or wanted in one.elements],
        titles=titles,
        wanted=wanted,
        lacking=[
            (one, _named(how.missing), _named(how.outdated))
            for one, how in cooperation_queries.lacking_translations(to=request.staff)
        ],
        keeps=permissions.keeps(request.staff),
        decides=permissions.decides(request.staff),
    )


def _named(tags: tuple[str, ...]) -> str:
    return ", ".join(language_name(tag) for tag in tags)


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest) -> HttpResponse:
    must_keep(request)
    form = PracticeForm(posted(request))
    if form.submit(cooperation.write_practice, by=request.staff, at=timezone.now()):
        return to_practice(form.result)
    return form_page(request, form, _("A new good practice"), back_to("practices"))


@require_safe
def practice(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One version of a practice with what comes next, its other versions and its translations."""
    must_read(request)
    row = cooperation_queries.practice_or_404(pk, to=request.staff)
    original = row.translates is None
    waits = row.state == PracticeState.REVIEWED or (row.state == PracticeState.DRAFT and not original)
    how, made = cooperation_queries.translated(row, to=request.staff) if original else (None, [])
    return page(
        request,
        "cooperation/practice.html",
        row=row,
        facts=of_practice_row(row),
        State=PracticeState,
        versions=cooperation_queries.versions_of(row, to=request.staff),
        translations=made,
        names={one.language: language_name(one.language) for one in made},
        missing=_named(how.missing) if how else "",
        outdated=_named(how.outdated) if how else "",
        keeps=permissions.keeps(request.staff),
        decides=permissions.decides(request.staff),
        second=second_person(row.pk, to=request.staff, may=permissions.decides)
        if waits and permissions.decides(request.staff)
        else None,
    )


def of_practice_row(row: Practice) -> list[tuple[str, str]]:
    return [(label, text) for label, text in of_practice(cooperation_queries.practice_said(row)) if text]


def _kept(request: StaffRequest, pk: UUID, *states: PracticeState) -> Practice:
    must_keep(request)
    row = cooperation_queries.practice_or_404(pk, to=request.staff)
    if row.state not in states:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = _kept(request, pk, PracticeState.DRAFT)
    form = PracticeChangeForm(posted(request), initial={name: getattr(row, name) for name in WRITTEN})
    form.look_at(row)
    if form.submit(cooperation.change_practice, practice=row, by=request.staff, at=timezone.now()):
        return to_practice(row)
    return form_page(request, form, _("Change the draft"), back_to("practice", row.pk))


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask a paired society for a review."""
    must_decide(request)
    row = _kept(request, pk, PracticeState.DRAFT)
    societies = exchange_queries.reachable_societies(to=request.staff)
    form = AskReviewForm(posted(request), societies=societies)
    if form.submit(cooperation.ask_review, practice=row, by=request.staff, at=timezone.now()):
        add_message(request, _("It is on its way to them. Their answer comes back to your list."))
        return to_practice(row)
    return form_page(request, form, _("Ask another society for a review"), back_to("practice", row.pk))


@require_POST
def call_back(request: StaffRequest, pk: UUID) -> HttpResponse:
    must_decide(request)
    row = cooperation_queries.practice_or_404(pk, to=request.staff)
    attempt(request, cooperation.call_back, practice=row, by=request.staff, at=timezone.now())
    return to_practice(row)


@require_POST
def publish(request: StaffRequest, pk: UUID) -> HttpResponse:
    must_decide(request)
    row = cooperation_queries.practice_or_404(pk, to=request.staff)
    said = _("Published.")
    attempt(request, cooperation.publish, said, practice=row, by=request.staff, at=timezone.now())
    return to_practice(row)


@require_POST
def next_version(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = _kept(request, pk, PracticeState.PUBLISHED)
    return to_practice(cooperation.next_version(practice=row, by=request.staff, at=timezone.now()))


@require_http_methods(["GET", "POST"])
def translate(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Begin a translation; it begins with the text of the original, or of the last translation."""
    row = _kept(request, pk, PracticeState.PUBLISHED)
    if row.translates_id is not None:
        raise Http404
    form = TranslateForm(posted(request), without=row.language)
    if form.submit(cooperation.translate, practice=row, by=request.staff, at=timezone.now()):
        return to_practice(form.result)
    return form_page(request, form, _("Translate it"), back_to("practice", row.pk))


@require_safe
def told(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What another society tells: its word, and of when it is."""
    must_read(request)
    row = cooperation_queries.told_or_404(pk, to=request.staff)
    tries = cooperation_queries.tries_of(row) if row.kind == Kind.POINT else []
    return page(
        request,
        "cooperation/told.html",
        row=row,
        heading=cooperation_queries.heading(row.kind, row.content),
        facts=facts(row.kind, row.content, theirs=True),
        phone=row.shown_phone,
        is_practice=row.kind == Kind.PRACTICE,
        is_duty=is_duty(row),
        tries=tries,
        names={one.language: language_name(one.language) for one in tries},
        keeps=permissions.keeps(request.staff),
        decides=permissions.decides(request.staff),
    )


@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say to another society whether its practice can be published."""
    must_decide(request)
    row = cooperation_queries.told_or_404(pk, to=request.staff)
    if not row.for_review or row.verdict:
        raise Http404
    form = ReviewForm(posted(request))
    if form.submit(cooperation.review_told, told=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Your words are on their way."))
        return HttpResponseRedirect(back_to("told", row.pk))
    return form_page(request, form, _("Review it"), back_to("told", row.pk))
