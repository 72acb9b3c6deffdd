"""A chat with whoever is on duty. It goes on by forms alone; what holds it together is a locked hidden field.

With nobody on duty no chat is offered: numbers, and a call-back that nobody makes unless she says that it is safe.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network import queries as network
from panah.ground.vault.sealed_state import open_state, seal_state
from panah.people.hotline import actions as hotline
from panah.people.hotline import queries as hotline_queries
from panah.people.public import queries
from panah.people.public import talk_presenters as presenters
from panah.people.public.forms import CountryForm
from panah.people.public.frame import answer, door_page
from panah.people.public.help_presenters import Emergency, emergency_said
from panah.people.public.promises import promises
from panah.people.public.talk_forms import CallBackForm, StartForm
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries

if TYPE_CHECKING:
    from panah.people.hotline.models import Line
    from panah.people.public.queries import Door
    from panah.people.reporters.queries import OpenedChat

type Json = dict[str, Any]

WHAT, ANYBODY = "a chat", "anybody"
LASTS = timedelta(hours=24)
# A pot of honey: people do not see it, and what fills it in is no person.
POT = "website"
# What can be written on these pages.
TYPED = ("text", "phone", "hours", "until", "other")


@door_page("GET", "POST")
def talk(request: HttpRequest) -> HttpResponse:
    """Ask for the country, then a chat where somebody is on duty for it, else numbers and a call-back."""
    at = timezone.now()
    if request.method != "POST":
        fresh = _fresh(request.GET.get("country", ""))
        # Pressed without a country, the page says what is missing.
        pressed = "country" in request.GET and not fresh["country"]
        return _before(request, fresh, at, where=CountryForm(request.GET) if pressed else None)
    do = request.POST.get("do", "")
    if do == "again":
        return _come_back(request, at)
    state = open_state(request.POST.get("state", ""), what=WHAT, whose=ANYBODY, at=at, lasts=LASTS)
    if state is None:
        return _too_old(request)
    if "chat" not in state:
        return BEFORE[do](request, state, at) if do in BEFORE else _before(request, state, at)
    opened = reporters_queries.find_chat(state["handle"], state["secret"])
    if opened is None:
        return _too_old(request)
    with tenancy.tenant_context(opened.society):
        return OPEN[do](request, state, opened, at) if do in OPEN else _look(request, state, opened, at)


def _fresh(country: str) -> Json:
    known = {*dict(queries.countries()), queries.ELSEWHERE}
    return {"country": country if country in known else "", "form": reporters_queries.new_token()}


def _iso2(state: Json) -> str:
    """Two letters of the country where she is, or "" where it is in no list."""
    return "" if state["country"] == queries.ELSEWHERE else str(state["country"])


def _sealed(state: Json, at: datetime) -> str:
    return seal_state(state, what=WHAT, whose=ANYBODY, at=at)


# -- before it begins --------------------------------------------------------------------------------


def _before(
    request: HttpRequest,
    state: Json,
    at: datetime,
    *,
    form: StartForm | None = None,
    back: CallBackForm | None = None,
    where: CountryForm | None = None,
) -> HttpResponse:
    country, on = state["country"], timezone.localdate(at)
    doors = queries.doors_for(_iso2(state), get_language() or "", on=on) if country else []
    line = _line(doors, at)
    society = line.society if line is not None else (doors[0].society if doors else None)
    return answer(
        request,
        "public/talk.html",
        country=country,
        where=None if country else where or CountryForm(),
        urgent=_urgent(country, on),
        line=line,
        society=society,
        promises=promises(society, on=on) if society is not None else None,
        speaks=presenters.languages_now(doors, at=at) if line is None else (),
        numbers=presenters.numbers(_iso2(state), at=at) if country and line is None else (),
        form=form or StartForm(),
        back=back or CallBackForm(initial={"ring": "no"}),
        state=_sealed(state, at),
    )


def _urgent(country: str, on: date) -> Emergency | None:
    """The emergency numbers of a country; None before it is known, or where it is in no list."""
    if not country:
        return None
    return emergency_said(
        None if country == queries.ELSEWHERE else network.emergency_numbers(iso2=country, on=on)
    )


def _line(doors: list[Door], at: datetime) -> Line | None:
    """The first line that takes a chat in this language now, of the country's own society before the others."""
    for door in doors:
        with tenancy.tenant_context(door.society.pk):
            found = hotline_queries.line_for_chat(
                society=door.society.pk, language=get_language() or "", at=at
            )
        if found is not None:
            return found
    return None


def _start(request: HttpRequest, state: Json, at: datetime) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        return _before(request, state, at, form=form)
    doors = queries.doors_for(_iso2(state), get_language() or "", on=timezone.localdate(at))
    line = _line(doors, at)
    if line is None:
        # Whoever was there has gone meanwhile: the page says so, and what was typed stands in the other form.
        typed = {"ring": "no", "text": form.cleaned_data["text"]}
        return _before(request, state, at, back=CallBackForm(initial=typed))
    receipt = reporters_queries.receipt_for(state["form"])
    try:
        with tenancy.tenant_context(line.society_id):
            hotline.start_chat(
                line=line,
                token=state["form"],
                language=get_language() or "en",
                danger=form.cleaned_data["danger"],
                text=form.cleaned_data["text"],
                country=_iso2(state),
                put_off=bool(request.POST.get(POT)),
                at=at,
            )
    except Refusal as refusal:
        form.refuse(refusal)
        return _before(request, state, at, form=form)
    state |= {"chat": True, "handle": receipt.handle, "secret": receipt.secret}
    return _again(request, state, at, said=form.cleaned_data["text"])


def _switch(request: HttpRequest, state: Json, at: datetime) -> HttpResponse:
    """Another language: what was typed stands there again, and nothing is said to be missing."""
    typed = request.POST.dict()
    return _before(request, state, at, form=StartForm(initial=typed), back=CallBackForm(initial=typed))


def _call_back(request: HttpRequest, state: Json, at: datetime) -> HttpResponse:
    form, on = CallBackForm(request.POST), timezone.localdate(at)
    doors = queries.doors_for(_iso2(state), get_language() or "", on=on) if state["country"] else []
    if not form.is_valid() or not doors:
        return _before(request, state, at, back=form)
    said, receipt = form.answers(), reporters_queries.receipt_for(state["form"])
    content = {
        "about": "me",
        "text": said.pop("text"),
        "person": {
            "phones": [said.pop("phone")],
            "language": (get_language() or "en").split("-")[0],
            "country": _iso2(state),
        },
        "call_back": said,
    }
    try:
        sent = reporters.submit_report(
            society=doors[0].society.pk,
            token=state["form"],
            language=get_language() or "en",
            urgency="today",
            content=content,
            receipt=receipt,
            at=at,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _before(request, state, at, back=form)
    return answer(
        request,
        "public/talk_kept.html",
        ring=said["ring"] == "yes",
        later=sent.later,
        again=sent.again,
        code=sent.receipt.shown if sent.receipt else "",
        urgent=_urgent(state["country"], on),
    )


# -- while it goes on, and after it ------------------------------------------------------------------


def _come_back(request: HttpRequest, at: datetime) -> HttpResponse:
    """The code of a chat was typed in; a wrong one costs as much as a right one; very many make all wait."""
    typed = request.POST.get("code", "")
    found, opened = reporters_queries.parse(typed), None
    if found is not None:
        ticket = request.POST.get("ticket", "")
        back = reporters.come_back_to_chat(handle=found[0], secret=found[1], ticket=ticket, at=at)
        if back.wait:
            return answer(
                request, "public/talk_wait.html", wait=back.wait, ticket=back.ticket, code=typed, urgent=None
            )
        opened = back.opened
    if found is None or opened is None:
        raise Refusal(
            _("With these digits we find nothing."),
            next_step=ngettext(
                "Look whether all of them are there. A chat is kept for %(num)s day.",
                "Look whether all of them are there. A chat is kept for %(num)s days.",
                retention.CHAT.days,
            )
            % {"num": retention.CHAT.days},
            code="no-such-code",
            status=200,
        )
    state = {**_fresh(""), "chat": True, "handle": found[0], "secret": found[1], "code": True}
    with tenancy.tenant_context(opened.society):
        return _look(request, state, opened, at)


def _again(request: HttpRequest, state: Json, at: datetime, *, said: str) -> HttpResponse:
    opened = reporters_queries.find_chat(state["handle"], state["secret"])
    if opened is None:
        return _too_old(request)
    with tenancy.tenant_context(opened.society):
        return _look(request, state, opened, at, said=said)


def _look(
    request: HttpRequest,
    state: Json,
    opened: OpenedChat,
    at: datetime,
    *,
    typed: str = "",
    said: str = "",
    refused: Refusal | None = None,
) -> HttpResponse:
    """The chat as it stands. ``typed``: not sent yet; ``said``: sent now, and put back where it is no line of hers."""
    row = hotline_queries.chat_row(opened.id)
    if row is None:
        return _too_old(request)
    # Also when no worker runs: whoever waits too long calls a second person by looking.
    hotline.call_second_for_chats(at=at)
    found = reporters_queries.chat_lines_for(opened)
    # A line with a country alone is without words; one that is gone is said to be.
    lines = [one for one in found if one.text != ""]
    # Whoever comes back with her code has told us where she is when she began.
    country = state["country"] or next((one.country for one in found if one.country), "")
    if said.strip() and not any(not line.to_reporter and line.text == said for line in lines):
        # Back, changed and sent once more: the first of the two stands, the other is hers to send.
        typed = said
    here = "" if country == queries.ELSEWHERE else country
    shown = presenters.said(row, lines, country=here, at=at)
    common: Json = {"said": shown, "state": _sealed(state, at), "refused": refused}
    status = 409 if refused else None
    if request.POST.get("part"):
        return answer(request, "public/talk_lines.html", status=status, **common)
    return answer(
        request,
        "public/talk_open.html",
        status=status,
        **common,
        urgent=_urgent(country, timezone.localdate(at)),
        once=uuid4(),
        typed=typed,
        code=opened.receipt.shown if state.get("code") else "",
        sealing=presenters.sealing(opened),
    )


def _say(request: HttpRequest, state: Json, opened: OpenedChat, at: datetime) -> HttpResponse:
    text = request.POST.get("text", "")
    sealed = presenters.sealed_line(request.POST.get("sealed", ""), request.POST.get("sealed_own", ""))
    if not text.strip() and sealed is None:
        return _look(request, state, opened, at)
    try:
        reporters.say_as_reporter(opened=opened, once=_once(request), text=text, sealed=sealed, at=at)
    except Refusal as refusal:
        return _look(request, state, opened, at, typed=text, refused=refusal)
    return _look(request, state, opened, at, said="" if sealed else text)


def _once(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid4()


def _look_on(request: HttpRequest, state: Json, opened: OpenedChat, at: datetime) -> HttpResponse:
    """New words, or another language; what she is writing stays, whatever she presses."""
    return _look(request, state, opened, at, typed=request.POST.get("text", ""))


def _keep(request: HttpRequest, state: Json, opened: OpenedChat, at: datetime) -> HttpResponse:
    return _look_on(request, {**state, "code": True}, opened, at)


def _end(request: HttpRequest, state: Json, opened: OpenedChat, at: datetime) -> HttpResponse:
    hotline.end_by_person(opened=opened, at=at)
    return _look_on(request, state, opened, at)


def _danger(request: HttpRequest, state: Json, opened: OpenedChat, at: datetime) -> HttpResponse:
    hotline.mark_danger(chat=opened.id, at=at)
    return _look_on(request, state, opened, at)


def _choose(may_go_along: bool) -> Callable[..., HttpResponse]:
    def chosen(request: HttpRequest, state: Json, opened: OpenedChat, at: datetime) -> HttpResponse:
        hotline.choose_transcript(chat=opened.id, may_go_along=may_go_along)
        return _look(request, state, opened, at)

    return chosen


BEFORE: dict[str, Callable[..., HttpResponse]] = {"start": _start, "call_back": _call_back, "switch": _switch}
OPEN: dict[str, Callable[..., HttpResponse]] = {
    "look": _look_on,
    "say": _say,
    "keep": _keep,
    "danger": _danger,
    "end": _end,
    "choose_yes": _choose(True),
    "choose_no": _choose(False),
}


def _too_old(request: HttpRequest) -> HttpResponse:
    """What the page carried opens no more: what was typed on it is shown, to be copied; her code leads back."""
    typed = [text for name in TYPED if (text := request.POST.get(name, "")).strip()]
    return answer(request, "public/talk_old.html", status=200, typed=typed, urgent=None)
