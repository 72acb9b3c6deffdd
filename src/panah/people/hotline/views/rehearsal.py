"""Rehearsal: twelve fictional calls with a clock. On every node, and outside everything that is counted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.people.hotline import actions, queries
from panah.people.hotline.call_pages import redirect_to
from panah.people.hotline.forms import RehearsalForm
from panah.people.hotline.models import RehearsedCall
from panah.people.hotline.words.rehearsals import RehearsalScript, rehearsal, rehearsals


@require_safe
def scripts(request: StaffRequest) -> HttpResponse:
    """The twelve calls, who waits for an answer now, and how long each step took before."""
    found = rehearsals(get_language() or "en")
    titles = {one.key: one.title for one in found}
    done = queries.rehearsed_calls(to=request.staff)
    return page(
        request,
        "hotline/rehearsals.html",
        scripts=found,
        waiting=list(queries.rehearsed_pages(to=request.staff, at=timezone.now())),
        done=[(one, titles.get(one.script, one.script), _times(one)) for one in done],
    )


def _times(one: RehearsedCall) -> list[str]:
    return [_after(one, when) for when in (one.asked_at, one.paged_at, one.answered_at, one.ended_at)]


def _after(one: RehearsedCall, when: datetime | None) -> str:
    """How long after the beginning, in words."""
    if when is None:
        return "–"
    seconds = round((when - one.began_at).total_seconds())
    return ngettext("%(num)s second", "%(num)s seconds", seconds) % {"num": seconds}


def _script_or_404(key: str) -> RehearsalScript:
    found = rehearsal(key, get_language() or "en")
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def script(request: StaffRequest, key: str) -> HttpResponse:
    """One call: what the voice says, line by line, for the colleague who plays it; POST starts the clock."""
    found = _script_or_404(key)
    if request.method == "POST":
        began = actions.begin_rehearsal(script=found.key, by=request.staff, at=timezone.now())
        return redirect_to("rehearse", began.pk)
    return page(request, "hotline/rehearsal.html", script=found)


def _own_or_404(request: StaffRequest, pk: UUID) -> RehearsedCall:
    found = queries.rehearsed_by(pk, to=request.staff)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def rehearse(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The page of a call with its first questions and *danger now*. It keeps when, and nothing of what is typed."""
    rehearsed = _own_or_404(request, pk)
    form = RehearsalForm(request.POST or None)
    if request.method == "POST":
        do = request.POST.get("do", "save")
        rehearsed = actions.note_rehearsal(
            rehearsed=rehearsed,
            asked=form.four_answered,
            paged=do == "emergency",
            ended=do == "finish",
            at=timezone.now(),
        )
    if rehearsed.ended_at is not None:
        add_message(request, _("The rehearsal is over. Its times are below."))
        return redirect_to("rehearsal")
    title = _script_or_404(rehearsed.script).title
    return page(
        request, "hotline/rehearse.html", form=form, rehearsed=rehearsed, title=title, times=_times(rehearsed)
    )


@require_POST
def rehearse_draft(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a page sends by itself after a pause: whether the four questions are answered by now."""
    form = RehearsalForm(request.POST)
    actions.note_rehearsal(rehearsed=_own_or_404(request, pk), asked=form.four_answered, at=timezone.now())
    return HttpResponse(status=204)


@require_POST
def rehearse_answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Whoever plays the duty answers the page."""
    at = timezone.now()
    waiting = get_object_or_404(queries.rehearsed_pages(to=request.staff, at=at), pk=pk)
    actions.answer_rehearsal(rehearsed=waiting, by=request.staff, at=at)
    add_message(request, _("Answered, in the rehearsal."))
    return redirect_to("rehearsal")
