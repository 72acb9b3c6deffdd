"""One sentence in one language: old and new side by side, published by a second person, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.approvals.second_person import SecondPerson, second_person
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import DOOR
from panah.ground.kit.optimistic_lock import mark as state_of
from panah.ground.kit.pages import add_message, attempt, page, posted
from panah.people.page_texts import actions, permissions, queries
from panah.people.page_texts.forms import TextForm
from panah.people.page_texts.models import Correction
from panah.people.page_texts.views.lists import language_or_404, must_correct
from panah.people.page_texts.words import ANOTHER_OF_THE_NODE, TextState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@require_http_methods(["GET", "POST"])
def text(request: StaffRequest, language: str, mark: str) -> HttpResponse:
    """A sentence as it is delivered, as it is said now, and as it would be said."""
    must_correct(request)
    line = queries.line_of(mark, language_or_404(language))
    if line is None:
        raise Http404
    draft = queries.draft_of(mark, language)
    delivered = line.sentence.delivered(language)
    form = TextForm(
        posted(request),
        sentence=line.sentence,
        before=delivered,
        language=language,
        initial=TextForm.first(draft.texts if draft else line.said),
    )
    if draft is not None:
        form.look_at(draft)
    given = {"sentence": line.sentence, "language": language, "by": request.staff, "at": timezone.now()}
    if form.submit(actions.correct, **given):
        add_message(request, _("Kept. A second person looks at it and publishes it."))
        return _to(form.result)
    return page(
        request,
        "page_texts/text.html",
        line=line,
        language=language,
        named=dict(DOOR)[language],
        delivered=delivered,
        draft=draft,
        second=_second(draft, request.staff) if draft else None,
        seen=state_of(draft.edited_at) if draft else "",
        history=queries.history(mark, language),
        State=TextState,
        form=form,
    )


def _second(draft: Correction, staff: Staff) -> SecondPerson:
    return second_person(
        draft.pk,
        to=staff,
        may=permissions.corrects,
        hands=queries.hands_of(draft),
        elsewhere=str(ANOTHER_OF_THE_NODE),
    )


def _to(row: Correction) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("page_texts:text", args=[row.language, row.mark]))


def _found(request: StaffRequest, pk: UUID) -> Correction:
    must_correct(request)
    row = queries.correction(pk)
    if row is None:
        raise Http404
    return row


@require_safe
def draft(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where a line on a list leads: the page of its sentence."""
    return _to(_found(request, pk))


@require_POST
def publish(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say it so at the door."""
    row = _found(request, pk)
    given = {"seen": request.POST.get("seen", ""), "by": request.staff, "at": timezone.now()}
    attempt(
        request, actions.publish, _("Published. The public door says it so now."), correction=row, **given
    )
    return _to(row)


@require_POST
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    row = _found(request, pk)
    said = _("The draft was thrown away. The public door says what it said.")
    attempt(request, actions.drop, said, correction=row, by=request.staff, at=timezone.now())
    return _to(row)


@require_POST
def take_back(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say it as it was delivered."""
    row = _found(request, pk)
    said = _("The public door says it as it was delivered.")
    attempt(request, actions.take_back, said, correction=row, by=request.staff, at=timezone.now())
    return _to(row)
