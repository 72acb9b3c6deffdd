"""Tell us: one page, one question at a time; no word of it leaves the telephone before somebody sends it.

Without scripts the questions are screens of one page, and *Next* leads to a part of the same address: Back of the
telephone goes one back, and what was typed stays where it is. The form has a token, of which the number of the message
comes: who presses twice has sent one message, and reads the same number.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation

from panah.ground.foundation.errors import Refusal
from panah.ground.vault.sealed_state import open_state, seal_state
from panah.people.public import report_draft, report_presenters
from panah.people.public.forms import CountryForm
from panah.people.public.frame import VOICE_AND_PLACE, answer, door_page
from panah.people.public.promises import unseen
from panah.people.public.queries import ELSEWHERE, Door, door_or_none, doors_for
from panah.people.public.received_files import received
from panah.people.public.report_forms import TellForm
from panah.people.public.sealed_by_browser import is_sealed, readers_said, sealed_to_readers, to_be_sealed
from panah.people.public.views.receipt import show_number
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries

WHAT, ANYBODY = "a message while it is written", "anybody"
LASTS = timedelta(hours=12)


@door_page("GET", "POST")
def write(request: HttpRequest) -> HttpResponse:
    """Ask where somebody is, then one thing after the other; what is sent is answered by the number of the message."""
    at = timezone.now()
    response = _walk(request, at) if request.method == "POST" else _begin(request, at)
    response.headers["Permissions-Policy"] = VOICE_AND_PLACE
    return response


def _begin(request: HttpRequest, at: datetime) -> HttpResponse:
    country, asked, on = _country(request), request.GET.get("society", ""), timezone.localdate(at)
    doors = doors_for(country, translation.get_language() or "en", on=on)
    here = next((one for one in doors if one.iso2 == country), None)
    door = door_or_none(asked, on=on) if asked else here
    if door is None or not country:
        # Pressed without a country, the page says what is missing.
        pressed = "country" in request.GET and not country
        form = CountryForm(request.GET if pressed else None, initial={"country": country})
        return answer(
            request, "public/write_where.html", form=form, country=country, doors=doors if country else []
        )
    state = {
        "country": country,
        "society": door.slug,
        "answers": {},
        "token": reporters_queries.new_token(),
        "past": _goes_past(door),
    }
    return _page(request, state, at)


def _goes_past(door: Door) -> bool:
    """What the page says of who reads a message about a colleague holds for that message."""
    return bool(reporters_queries.reader_keys(door.society.pk))


def _country(request: HttpRequest) -> str:
    """The country that is asked by: two letters, or ``ELSEWHERE``; "" for anything else."""
    said = request.GET.get("country", "")
    return said if re.fullmatch(r"[A-Z]{2}", said) or said == ELSEWHERE else ""


def _iso2(state: dict[str, object]) -> str:
    """Two letters of the country where she is, or "" where it is in no list."""
    return "" if state["country"] == ELSEWHERE else str(state["country"])


def _walk(request: HttpRequest, at: datetime) -> HttpResponse:
    state = open_state(request.POST.get("state", ""), what=WHAT, whose=ANYBODY, at=at, lasts=LASTS)
    if state is None:
        return _too_old(request)
    if is_sealed(request):
        return _sent(request, state, TellForm({}), at)
    if request.POST.get("go") == "readers":
        return JsonResponse(readers_said(reporters_queries.reader_keys(_door(state, at).society.pk), at=at))
    if other := door_or_none(request.POST.get("to", ""), on=timezone.localdate(at)):
        # The society that was to read it has closed its door: what was written goes along to another one.
        state |= {"society": other.slug, "past": _goes_past(other)}
        return _page(request, state, at, moved=True)
    form = TellForm(request.POST, request.FILES)
    # What does not stand on the page that was sent stays as it was carried here.
    state["answers"] |= {name: said for name, said in form.said().items() if name in request.POST}
    if not form.is_valid():
        return _page(request, state, at, form=form, dropped=bool(request.FILES))
    if request.POST.get("go") == "send":
        return _sent(request, state, form, at)
    return _page(request, state, at, dropped=bool(request.FILES))


def _sent(request: HttpRequest, state: dict[str, object], form: TellForm, at: datetime) -> HttpResponse:
    try:
        done = reporters.submit_report(**_told(request, state, form, at))
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, state, at, form=form, dropped=bool(request.FILES) and not is_sealed(request))
    # Back, and pressed once more: what she may have changed since is told to be unsent, and not lost.
    again = _typed(state) if done.again else None
    return show_number(request, done.receipt, at=at, later=done.later and not done.paged, again=again)


def _told(request: HttpRequest, state: dict[str, Any], form: TellForm, at: datetime) -> dict[str, Any]:
    """Return what the action is given: codes for the outside, and the content sealed or as it was typed."""
    answers, language = state["answers"], translation.get_language() or "en"
    # What nobody sees is filled in by no person: it counts as one without a proof, and is read all the same.
    proof = "" if request.POST.get("website") else request.POST.get("proof", "")
    codes = {
        "society": _door(state, at).society.pk,
        "token": state["token"],
        "receipt": reporters_queries.receipt_for(state["token"]),
        "proof": proof,
        "at": at,
    }
    if is_sealed(request):
        outside = {name: request.POST.get(name, "") for name in ("language", "urgency", "child")}
        return codes | outside | sealed_to_readers(request, at=at)
    given = form.cleaned_data
    files = received(given.get("files") or [], original=bool(given.get("original")))
    empty = report_draft.is_empty(answers) and not files
    return codes | {
        "language": language,
        "urgency": report_draft.urgency_of(answers),
        "child": report_draft.child_of(answers),
        "content": None
        if empty
        else report_draft.content_of(answers, language=language, country=_iso2(state)),
        "files": to_be_sealed(files, abuse=bool(given.get("abuse"))),
        "about_staff": state.get("past", False) and report_draft.is_about_staff(answers),
    }


def _door(state: dict[str, Any], at: datetime) -> Door:
    door = door_or_none(state["society"], on=timezone.localdate(at))
    if door is None:
        raise reporters.door_closed()
    return door


def _typed(state: dict[str, Any]) -> list[str]:
    """What was written so far, to be shown and copied: the texts, no ticks."""
    said = state["answers"]
    return [said[one] for one in report_draft.TEXTS if str(said.get(one, "")).strip()]


def _closed(request: HttpRequest, state: dict[str, object], at: datetime) -> HttpResponse:
    """The society has closed its door while somebody wrote: every word goes along to another one, or can be copied."""
    form = TellForm({})
    form.refuse(reporters.door_closed())
    doors = doors_for(_iso2(state), translation.get_language() or "en", on=timezone.localdate(at))
    return answer(
        request,
        "public/write_closed.html",
        form=form,
        doors=doors,
        typed=_typed(state),
        dropped=bool(request.FILES) and not is_sealed(request),
        country=state["country"],
        state=seal_state(state, what=WHAT, whose=ANYBODY, at=at),
    )


def _page(
    request: HttpRequest,
    state: dict[str, Any],
    at: datetime,
    *,
    form: TellForm | None = None,
    dropped: bool = False,
    moved: bool = False,
) -> HttpResponse:
    """The questions with what was said so far. ``moved``: another society reads it now: that is said again."""
    on, answers = timezone.localdate(at), state["answers"]
    door = door_or_none(state["society"], on=on)
    if door is None:
        return _closed(request, state, at)
    said = {name for name, text in answers.items() if str(text).strip()}
    wrong = set(form.errors) if form is not None else set()
    return answer(
        request,
        "public/write.html",
        door_of=door,
        country=state["country"],
        iso2=_iso2(state),
        token=state["token"],
        form=form or TellForm(initial=answers),
        # With scripts nothing leaves unsealed: not so where something has left already.
        fresh=request.method == "GET",
        screens=report_draft.SCREENS,
        now=0 if moved else report_draft.screen_of(wrong or said),
        past=state.get("past", False),
        all_notes=report_draft.NOTES,
        asked_of=report_draft.ASKED_OF,
        beside=report_draft.BESIDE,
        promise=report_presenters.promise(door.society, on=on),
        unseen=unseen(door.society, iso2=_iso2(state), on=on),
        calls=report_presenters.calls(state["country"], translation.get_language() or "en", at=at),
        sealing=report_presenters.sealing(door.society.pk),
        dropped=dropped,
        # What was said stands in the fields.
        state=seal_state(state | {"answers": {}}, what=WHAT, whose=ANYBODY, at=at),
        work_bits=reporters_queries.proof_bits(),
        most_bytes=report_draft.MOST_BYTES,
        most_files=report_draft.MOST_FILES,
    )


def _too_old(request: HttpRequest) -> HttpResponse:
    """What was carried along does not open any more: what was typed on this page is shown, to be copied."""
    typed = [text for name in report_draft.TEXTS if (text := request.POST.get(name, "")).strip()]
    return answer(request, "public/write_again.html", status=422, typed=typed)
