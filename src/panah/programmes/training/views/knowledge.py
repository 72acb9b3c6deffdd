"""Knowledge tests for the trainer: preparing, printing, typing in, reading aloud, telephones, results, statistics."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from markupsafe import Markup

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import READERS, language_asked
from panah.ground.kit.page_words import unchecked
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.kit.qr import svg
from panah.programmes.training import actions, forms, queries
from panah.programmes.training.claims import said_of
from panah.programmes.training.marking import ENOUGH_RIGHT_PERCENT
from panah.programmes.training.models import KnowledgeTest
from panah.programmes.training.read_aloud import SAID, said_before
from panah.programmes.training.words import TestTime


def _here(test: KnowledgeTest) -> str:
    return reverse("training:test", args=[test.course_id, test.when])


@require_http_methods(["GET", "POST"])
def test(request: StaffRequest, pk: UUID, when: str) -> HttpResponse:
    """The test before a course or after it; POST draws its questions."""
    if when not in TestTime.values:
        raise Http404
    course = queries.by_pk_or_404(pk, to=request.staff)
    if request.method == "POST":
        actions.prepare_test(course=course, when=when, by=request.staff, at=timezone.now())
        return HttpResponseRedirect(reverse("training:test", args=[pk, when]))
    row = queries.tests_of(course).get(when)
    changed = queries.change_of(course)
    is_open = actions.is_open(row, at=timezone.now())
    address = request.build_absolute_uri(reverse("knowledge", args=[queries.token_of(row.pk)])) if row else ""
    return page(
        request,
        "training/test.html",
        one=course,
        row=row,
        when=TestTime(when),
        asked=queries.questions_of(row, get_language() or "en") if row else [],
        results=queries.results(course),
        loose=queries.loose_sheets(row) if row else [],
        is_open=is_open,
        address=address,
        qr=Markup(svg(address, label=_("Address of the test"))) if is_open else "",  # noqa: S704  drawn by the kit
        form=forms.OpenTestForm(initial={"shuffled": row.shuffled if row else False}),
        change=queries.pre_post(course),
        claim=said_of(changed, paired=True) if changed else None,
        enough=course.enough_right or ENOUGH_RIGHT_PERCENT,
        unchecked=unchecked(),
        After=TestTime.AFTER,
    )


@require_POST
def phones(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let the test be answered on telephones today, or close it."""
    row = queries.test_or_404(pk, to=request.staff)
    if "close" in request.POST:
        actions.close_test(test=row, by=request.staff, at=timezone.now())
        add_message(request, _("Closed: the address answers nobody any more."))
    else:
        form = forms.OpenTestForm(request.POST)
        form.submit(actions.open_test, test=row, by=request.staff, at=timezone.now())
        add_message(request, _("Open until tonight. Show the square, or say the address."))
    return HttpResponseRedirect(f"{_here(row)}#phones")


@require_GET
def paper(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The sheet to print, in the language asked for; with ``key=1`` the right answers for the trainer."""
    row = queries.test_or_404(pk, to=request.staff)
    language = language_asked(request, READERS)
    told = unchecked(language)
    with override(language):
        return page(
            request,
            "training/test_paper.html",
            row=row,
            one=row.course,
            asked=queries.questions_of(row, queries.readable_language(row, language)),
            key=request.GET.get("key") == "1",
            speaks=READERS,
            unchecked=told,
            when=TestTime(row.when),
        )


@require_http_methods(["GET", "POST"])
def typed(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Type in what was ticked on the sheets."""
    row = queries.test_or_404(pk, to=request.staff)
    asked = queries.questions_of(row, get_language() or "en")
    form = forms.TypedTestForm(
        posted(request), asked=asked, results=queries.results(row.course), after=row.when == TestTime.AFTER
    )
    if form.submit(actions.keep_typed, test=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Kept."))
        return HttpResponseRedirect(_here(row))
    return page(
        request, "training/test_typed.html", form=form, row=row, one=row.course, when=TestTime(row.when)
    )


@require_http_methods(["GET", "POST"])
def aloud(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Read the questions aloud and write down what was counted."""
    row = queries.test_or_404(pk, to=request.staff)
    asked = queries.questions_of(row, language_asked(request))
    form = forms.AloudForm(
        posted(request), asked=asked, results=queries.results(row.course), after=row.when == TestTime.AFTER
    )
    if form.submit(actions.keep_aloud, test=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Kept."))
        return HttpResponseRedirect(_here(row))
    return page(
        request,
        "training/test_aloud.html",
        form=form,
        row=row,
        one=row.course,
        asked=asked,
        when=TestTime(row.when),
        first_words=[sentence for _key, sentence in SAID],
        in_other_languages=said_before(),
        opened=row.course.language,
    )


@require_POST
def sheet(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say whose a sheet is, or take it off."""
    row = queries.sheet_or_404(pk, to=request.staff)
    here = _here(row.test)
    if "drop" in request.POST:
        actions.drop_sheet(sheet=row, by=request.staff, at=timezone.now())
        add_message(request, _("Taken off. The test can be answered again."))
        return HttpResponseRedirect(here)
    chosen = request.POST.get("who", "")
    whose = next((one for one in queries.who_may_answer(row.test) if str(one.row.pk) == chosen), None)
    if whose is None:
        add_message(request, _("Choose somebody whose answers are missing."), tone="soon")
    else:
        actions.name_sheet(sheet=row, row=whose.row, by=request.staff, at=timezone.now())
        add_message(request, _("Kept."))
    return HttpResponseRedirect(here)


@require_GET
def questions(request: StaffRequest, pk: UUID) -> HttpResponse:
    """How the questions of a module did: bad ones are seen."""
    row = queries.adopted_or_404(pk, to=request.staff)
    language = get_language() or "en"
    return page(
        request,
        "training/questions.html",
        row=row,
        one=row.in_language(language),
        rows=queries.question_rows(row, language, to=request.staff),
    )
