"""Tell us: one question at a time. Without scripts each step carries the earlier answers, locked, in a hidden field.

Nothing is kept here before somebody sends it. The state also carries the code of the message, made when the page was
opened: who presses twice gets the same code for the same message.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.foundation.errors import Refusal
from panah.public import presenters, queries, report_draft
from panah.public.forms.tell import TellForm
from panah.public.frame import answer, door_page
from panah.public.views.sending import new_code, send
from panah.vault.sealed_state import open_state, seal_state

WHAT, ANYBODY = "a message while it is written", "anybody"
LASTS = timedelta(hours=12)
# A voice is recorded on this page alone, and on no other of the node.
VOICE = "camera=(), geolocation=(), microphone=(self), payment=(), usb=(), browsing-topics=()"


@door_page("GET", "POST")
def write(request: HttpRequest) -> HttpResponse:
    """Ask where somebody is, then one thing after the other; the answer to what is sent is the code of the message."""
    at = timezone.now()
    response = _walk(request, at) if request.method == "POST" else _begin(request, at)
    response.headers["Permissions-Policy"] = VOICE
    return response


def _begin(request: HttpRequest, at: datetime) -> HttpResponse:
    country, society = request.GET.get("country", ""), request.GET.get("society", "")
    doors = queries.doors_for(country)
    chosen = [one for one in doors if society in ("", one.slug)]
    if len(chosen) != 1 or not country:
        return answer(
            request, "public/write_where.html", country=country, doors=doors, countries=queries.countries_offered()
        )
    return _page(request, _fresh(country, chosen[0].slug), at)


def _fresh(country: str, society: str) -> dict[str, Any]:
    return {
        "country": country,
        "society": society,
        "question": report_draft.ABOUT,
        "answers": {},
        "code": new_code(),
    }


def _walk(request: HttpRequest, at: datetime) -> HttpResponse:
    state = open_state(request.POST.get("state", ""), what=WHAT, whose=ANYBODY, at=at, lasts=LASTS)
    if state is None:
        raise _too_old()
    go, question = request.POST.get("go", "next"), state["question"]
    form = TellForm(request.POST, request.FILES, questions=(question,))
    if not (form.is_valid() or "sealed" in request.FILES):
        return _page(request, state, at, form=form)
    state["answers"] |= form.said()
    if go == "send" or "sealed" in request.FILES:
        return _sent(request, state, form, at)
    if go in ("next", "back"):
        state["question"] = report_draft.after(question, state["answers"], back=go == "back")
    return _page(request, state, at, dropped=bool(request.FILES))


def _sent(request: HttpRequest, state: dict[str, Any], form: TellForm, at: datetime) -> HttpResponse:
    try:
        return send(request, state, form, door=_door(state), at=at)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, state, at, form=form, dropped=bool(request.FILES))


def _door(state: dict[str, Any]) -> Any:
    found = [one for one in queries.doors_for(state["country"]) if one.slug == state["society"]]
    if not found:
        raise Http404
    return found[0]


def _page(
    request: HttpRequest,
    state: dict[str, Any],
    at: datetime,
    *,
    form: TellForm | None = None,
    dropped: bool = False,
) -> HttpResponse:
    door, question, answers = _door(state), state["question"], state["answers"]
    first = question == report_draft.ABOUT
    asked = form or TellForm(questions=(question,), initial=answers)
    rest = TellForm(questions=[one for one in report_draft.QUESTIONS if one != question]) if first else None
    return answer(
        request,
        "public/write.html",
        door_of=door,
        form=asked,
        rest=rest,
        question=question,
        first=first,
        last=question == report_draft.FILES,
        notes=report_draft.notes_for(question, answers),
        all_notes=report_draft.NOTES,
        asked_of=report_draft.ASKED_OF,
        promise=presenters.promise(door.society, on=timezone.localdate(at)),
        urgent=presenters.urgent_numbers(state["country"], on=timezone.localdate(at)),
        child_lines=presenters.child_lines(state["country"], get_language() or "en"),
        sealing=presenters.sealing(door.society),
        dropped=dropped,
        state=seal_state(state, what=WHAT, whose=ANYBODY, at=at),
        work_bits=report_draft.WORK_BITS,
        most_bytes=report_draft.MOST_BYTES,
        most_files=report_draft.MOST_FILES,
    )


def _too_old() -> Refusal:
    return Refusal(
        _("This page was open for too long."),
        next_step=_("Please begin again. Nothing was sent."),
        code="page-too-old",
        status=200,
    )
