"""The way back to a message: by its number, typed and never in an address; then by a locked pass from page to page.

Whether a number is right tells nobody anything but its owner: a wrong one, one that never was and one that was given up
get the same answer after the same questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.pages import download
from panah.ground.vault.sealed_state import open_state, seal_state
from panah.people.public.frame import VOICE, answer, door_page, door_url
from panah.people.public.received_files import received
from panah.people.public.report_forms import LONGEST, MoreForm, NumberForm
from panah.people.public.sealed_by_browser import is_sealed, sealed_in, to_be_sealed
from panah.people.public.views.message import show_message
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.queries import OpenedReport, Receipt

WHAT, ANYBODY = "the way back to a message", "anybody"
# How long a page can be gone on from without typing the digits again.
LASTS = timedelta(minutes=30)


def pass_for(receipt: Receipt, *, at: datetime, **more: object) -> str:
    """Return what a form carries instead of the digits: locked, for half an hour."""
    said = {"handle": receipt.handle, "secret": receipt.secret, **more}
    return seal_state(said, what=WHAT, whose=ANYBODY, at=at)


def show_number(
    request: HttpRequest,
    receipt: Receipt | None,
    *,
    at: datetime,
    later: bool = False,
    arrived: bool = True,
    again: Sequence[str] | None = None,
) -> HttpResponse:
    """Show the number of a message, and ask whether it is kept, before anything goes on.

    ``again``: its form was sent before; what was written in it now, to be copied where it was changed.
    """
    if receipt is None:
        return _said(
            request,
            _("Your message has arrived"),
            _("This form was sent already.") if again is not None else "",
        )
    return answer(
        request,
        "public/number.html",
        digits=receipt.shown,
        later=later,
        arrived=arrived,
        again=again is not None,
        typed=again or (),
        pass_on=pass_for(receipt, at=at, later=later),
    )


def _said(request: HttpRequest, sentence: str, more: str = "") -> HttpResponse:
    return answer(request, "public/said.html", sentence=sentence, more=more)


@door_page("GET", "POST")
def returned(request: HttpRequest) -> HttpResponse:
    """Ask for the number of a message; with it, show how it stands and do what its buttons say."""
    at = timezone.now()
    if request.method == "GET":
        return answer(request, "public/answer.html", form=NumberForm(), wait=0)
    response = _post(request, at)
    response.headers["Permissions-Policy"] = VOICE
    return response


def _post(request: HttpRequest, at: datetime) -> HttpResponse:
    act = request.POST.get("act", "open")
    if act == "close":
        return HttpResponseRedirect(door_url(request, "first"), status=303)
    carried = request.POST.get("pass", "")
    state = open_state(carried, what=WHAT, whose=ANYBODY, at=at, lasts=LASTS) if carried else None
    if act == "stay" and "number" in request.POST:
        return _in_another_language(request)
    if state is None:
        return _typed(request, at, over=bool(carried))
    receipt = Receipt(state["handle"], state["secret"])
    if act == "open" or "ticket" in state:
        # A pass of the page that asks to wait was looked up by nobody yet: it opens nothing but the way there.
        return _look_up(request, receipt, state.get("ticket", ""), at)
    if act == "stay" and "number" in request.POST.getlist("page"):
        return show_number(request, receipt, at=at, later=state.get("later", False))
    opened = reporters_queries.find(receipt.handle, receipt.secret)
    if opened is None:
        return _not_found(request, NumberForm({}))
    return ACTS.get(act, _show)(request, opened, at)


def _in_another_language(request: HttpRequest) -> HttpResponse:
    """The digits as far as they are typed, and words that are there to be copied."""
    typed = {name: request.POST.get(name, "") for name in ("number", "text")}
    form = NumberForm(initial={"number": typed["number"][:LONGEST]})
    return answer(request, "public/answer.html", form=form, wait=0, typed=typed["text"])


def _typed(request: HttpRequest, at: datetime, *, over: bool) -> HttpResponse:
    form = NumberForm(request.POST)
    if over and not request.POST.get("number"):
        form = NumberForm({})
        form.refuse(
            Refusal(
                _("This page was open for too long."),
                next_step=_("Please type the digits again."),
                code="page-too-old",
            )
        )
        # Words that did not come through are shown, to be copied; a page that holds them itself is told by the status.
        typed = request.POST.get("text", "").strip()
        lost = bool(typed) or is_sealed(request)
        return answer(
            request, "public/answer.html", form=form, wait=0, typed=typed, status=422 if lost else 200
        )
    found = reporters_queries.parse(request.POST.get("number", ""))
    if found is None:
        return _not_found(request, form)
    return _look_up(request, Receipt(*found), "", at)


def _look_up(request: HttpRequest, receipt: Receipt, ticket: str, at: datetime) -> HttpResponse:
    done = reporters.come_back(handle=receipt.handle, secret=receipt.secret, ticket=ticket, at=at)
    if done.wait:
        carried = pass_for(receipt, at=at, ticket=done.ticket)
        return answer(request, "public/answer.html", form=NumberForm(), wait=done.wait, pass_on=carried)
    # Of a number that leads nowhere the same is asked.
    words = reporters_queries.words_for(done.opened)
    if done.opened is None:
        return _not_found(request, NumberForm({"number": receipt.shown}))
    return show_message(
        request, done.opened, words, pass_on=pass_for(receipt, at=at), at=at, again=done.opened.again
    )


def _not_found(request: HttpRequest, form: NumberForm) -> HttpResponse:
    form.refuse(
        Refusal(
            _("We find no message with these digits."),
            next_step=_("Look at them again, one by one. There are 36 digits."),
            code="no-such-number",
        )
    )
    return answer(request, "public/answer.html", form=form, wait=0, status=200)


# -- with a number that is right -----------------------------------------------------------------


def _show(
    request: HttpRequest,
    opened: OpenedReport,
    at: datetime,
    form: MoreForm | None = None,
    said: str = "",
    sent: bool = False,
) -> HttpResponse:
    """The message. ``sent``: what came with this press is kept; else files that came are told to be chosen again."""
    return show_message(
        request,
        opened,
        reporters_queries.words_for(opened),
        pass_on=pass_for(opened.receipt, at=at),
        at=at,
        form=form,
        said=said,
        dropped=bool(request.FILES) and not is_sealed(request) and not sent,
    )


def _stay(request: HttpRequest, opened: OpenedReport, at: datetime) -> HttpResponse:
    """The same page in another language: what was typed is there."""
    if "withdraw" in request.POST.getlist("page"):
        return _withdraw(request, opened, at)
    return _show(request, opened, at, _typed_more(request))


def _typed_more(request: HttpRequest) -> MoreForm:
    """What is being written stays, whatever is pressed."""
    return MoreForm(initial={"text": request.POST.get("text", "")})


def _again(request: HttpRequest, opened: OpenedReport, at: datetime) -> HttpResponse:
    return _show(request, opened, at, _typed_more(request))


def _none(request: HttpRequest, opened: OpenedReport, at: datetime) -> HttpResponse:
    reporters.give_up_receipt(opened=opened, at=at)
    return _said(
        request,
        _("Your message has arrived"),
        _("We read it. There is no number, and nobody can come back to it."),
    )


def _more(request: HttpRequest, opened: OpenedReport, at: datetime) -> HttpResponse:
    form = MoreForm({} if is_sealed(request) else request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, opened, at, form)
    try:
        kept = reporters.add_words(
            opened=opened, at=at, token=request.POST.get("token", ""), **_told(request, form)
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _show(request, opened, at, form)
    if not kept:
        # Back, and pressed once more: what was changed since stands in the field, to be sent.
        return _show(request, opened, at, _typed_more(request), said=_("This form was sent already."))
    return _show(request, opened, at, said=_("It has arrived."), sent=True)


def _told(request: HttpRequest, form: MoreForm) -> dict[str, Any]:
    if is_sealed(request):
        return sealed_in(request)
    given = form.cleaned_data
    files = received(given["files"], original=given["original"])
    content = {"text": given["text"]} if given["text"].strip() or files else None
    return {"content": content, "files": to_be_sealed(files, abuse=given["abuse"])}


def _take(request: HttpRequest, opened: OpenedReport, at: datetime) -> HttpResponse:
    """Hand over a file that came with an answer."""
    try:
        found = reporters_queries.file_for(opened, UUID(request.POST.get("upload", "")))
    except ValueError:
        found = None
    if found is None:
        return _show(request, opened, at)
    entry, body = found
    name = "".join(one for one in entry.name if one.isalnum() or one in ".-_") or "file"
    return download(
        body, name=name.encode("ascii", "ignore").decode() or "file", kind="application/octet-stream"
    )


def _withdraw(request: HttpRequest, opened: OpenedReport, at: datetime) -> HttpResponse:
    typed = request.POST.get("text", "")
    return answer(request, "public/withdraw.html", pass_on=pass_for(opened.receipt, at=at), typed=typed)


def _withdraw_now(request: HttpRequest, opened: OpenedReport, at: datetime) -> HttpResponse:
    done = reporters.withdraw(opened=opened, at=at)
    kept = (
        _("Our colleagues had begun to work on it. What they wrote down stays with them.")
        if done.kept
        else ""
    )
    return _said(request, _("Your message is taken back"), kept)


type Act = Callable[[HttpRequest, OpenedReport, datetime], HttpResponse]
ACTS: dict[str, Act] = {
    "kept": _show,
    "again": _again,
    "stay": _stay,
    "none": _none,
    "more": _more,
    "take": _take,
    "withdraw": _withdraw,
    "withdraw-now": _withdraw_now,
}
