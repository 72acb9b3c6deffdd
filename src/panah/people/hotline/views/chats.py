"""Chats of the public door in the desk: what waits, taking one, its lines beside the call, the next line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import nav
from panah.ground.kit.dates import clock
from panah.ground.kit.pages import add_message, page, page_path
from panah.ground.kit.rank import Rank
from panah.ground.sign_in.middleware import vault_required
from panah.ground.work import queries as work_queries
from panah.people.hotline import actions, permissions, queries
from panah.people.hotline.actions.drafts import note_ref
from panah.people.hotline.call_pages import contact_or_404, keep_open, redirect_to
from panah.people.hotline.forms import CallForm
from panah.people.hotline.forms.call import empty_tab
from panah.people.hotline.queries.chats import SaidLine, WaitingChat
from panah.people.hotline.views.common import for_those_on_the_line, is_whole
from panah.people.hotline.words import ContactState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.hotline.models import Contact
    from panah.people.hotline.queries.chats import ChatRead, UnsentReply


# More than this at once are said in one line: a flood hides no other page.
MOST_BANNERS = 2


@dataclass(frozen=True)
class ChatPanel:
    """A chat beside the call. ``ended`` and ``choice``: sentences, empty while there is nothing to say."""

    lines: list[SaidLine]
    unsent: list[UnsentReply]
    goes_on: bool
    ended: str
    choice: str

    @property
    def last(self) -> list[SaidLine]:
        """What the person has said since we last said something; else the last line of hers."""
        theirs = [not line.ours for line in self.lines]
        since = next((at for at in range(len(theirs), 0, -1) if not theirs[at - 1]), 0)
        of_person = [line for line in self.lines if not line.ours]
        return [line for line in self.lines[since:] or of_person[-1:] if line.text]


def panel(request: StaffRequest, contact: Contact) -> ChatPanel | None:
    """What was said in the chat that a contact is; None for any other contact."""
    if not queries.is_chat(contact):
        return None
    opened = queries.chat_of(keys=request.keys, contact=contact)
    mine = note_ref(request.staff.pk)
    return ChatPanel(
        lines=opened.lines,
        unsent=queries.unsent_replies(keys=request.keys, contact=contact, without=mine),
        goes_on=opened.goes_on and contact.state == ContactState.OPEN,
        ended=_ended(opened),
        choice=_choice(opened),
    )


def _ended(opened: ChatRead) -> str:
    if opened.ended_at is None:
        return ""
    sentence = (
        _("The person ended the chat at %(time)s.")
        if opened.ended_by_person
        else _("The chat ended at %(time)s.")
    )
    return sentence % {"time": clock(opened.ended_at)}


def _choice(opened: ChatRead) -> str:
    if opened.may_go_along:
        return _("The person said: what was written may go along into a case.")
    if opened.ended_at is not None:
        return _("The person did not say yes to keeping what was written: it does not go along into a case.")
    return ""


@require_safe
@for_those_on_the_line
def chats_now(request: StaffRequest) -> HttpResponse:
    """The chats that wait, as a part of the list of calls. Whoever asks first calls a second colleague."""
    at = timezone.now()
    waiting = queries.waiting_chats(to=request.staff, at=at)
    if any(waits.late for waits in waiting):
        actions.call_second_for_chats(at=at)
    return page(request, "hotline/waiting_chats.html", waiting_chats=waiting)


def chat(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A chat that waits: since when, in which language; whoever presses first answers it."""
    at = timezone.now()
    waiting = queries.waiting_chat(pk, to=request.staff, at=at)
    if waiting is None:
        return _taken(request, pk)
    refused = None
    if request.method == "POST":
        if request.keys is None:
            # What was pressed is done once the vault is open: the chat is taken, and shown.
            return vault_required(lambda again: chat(again, pk))(request)
        try:
            contact = actions.claim_chat(keys=request.keys, chat=waiting.chat, by=request.staff, at=at)
        except Refusal as refusal:
            if refusal.code == "chat-taken":
                return _taken(request, pk)
            refused = refusal
        else:
            return redirect_to("emergency" if waiting.danger else "call", contact.number)
    return page(
        request,
        "hotline/chat_waits.html",
        status=409 if refused else None,
        waiting=waiting,
        refused=refused,
        taken_by="",
        contact=None,
    )


def _taken(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Somebody was quicker: who, and how to go along."""
    contact = queries.visible(to=request.staff).filter(pk=pk).first()
    if contact is None:
        raise Http404
    if contact.with_whom_id == request.staff.pk or (
        contact.with_whom_id is None and contact.taken_by_id == request.staff.pk
    ):
        return redirect_to("opened", pk)
    return page(
        request,
        "hotline/chat_waits.html",
        status=409 if request.method == "POST" else None,
        waiting=None,
        taken_by=contact.with_whom or contact.taken_by,
        contact=contact if contact.state == ContactState.OPEN else None,
    )


def _chat_or_404(request: StaffRequest, number: str) -> Contact:
    contact = contact_or_404(request, number)
    if not queries.is_chat(contact) or not is_whole(contact):
        raise Http404
    return contact


@require_safe
@vault_required
def chat_lines(request: StaffRequest, number: str) -> HttpResponse:
    """The lines of a chat alone, asked for every few seconds. It does not keep her vault open."""
    contact = _chat_or_404(request, number)
    return page(
        request, "hotline/chat_lines.html", contact=contact, chat=panel(request, contact), swapped=True
    )


@require_POST
@vault_required
def chat_say(request: StaffRequest, number: str) -> HttpResponse:
    """Send the next line to the person: where a script runs, in place; else back to the call."""
    contact = _chat_or_404(request, number)
    reply = say_line(request, contact)
    keep_open(request, contact)
    if "HX-Request" not in request.headers:
        return redirect_to("call", number)
    typed = "" if reply else request.POST.get("reply", "")
    form = CallForm(initial={"reply": typed, "reply_once": empty_tab()})
    return page(
        request,
        "hotline/chat_reply.html",
        contact=contact,
        chat=panel(request, contact),
        form=form,
        swapped=True,
        on_danger_page=page_path(request).endswith("/emergency/"),
    )


def say_line(request: StaffRequest, contact: Contact) -> bool:
    """Send what stands in the field; what cannot be sent stays there, and a sentence says why."""
    typed = CallForm(request.POST).typed()
    if not (typed.reply or "").strip():
        return False
    try:
        actions.say_to_person(
            keys=request.keys, contact=contact, text=typed.reply or "", once=typed.reply_once, by=request.staff,
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        add_message(request, f"{refusal.sentence} {refusal.next_step}".strip(), tone="soon")
        return False
    return True


def chat_banners(staff: Staff) -> list[nav.Banner]:
    """What stands over every page while somebody waits in a chat; one query where nobody does."""
    if not permissions.may_see_calls(staff):
        return []
    at = timezone.now()
    waiting = queries.waiting_chats(to=staff, at=at)
    if not waiting:
        return []
    hers = queries.is_on_duty_for_calls(staff, at=at)
    # Whoever has gone again is not waiting: what was written stays on the list until it is read.
    # One person has one line: while her alarm waits, it is the alarm's, whose answer leads to the chat.
    alarmed = {alarm.subject for alarm in work_queries.alarms_for(to=staff)}
    waiting = [
        waits for waits in waiting if (hers or waits.late) and not waits.left and waits.chat.pk not in alarmed
    ]
    if len(waiting) > MOST_BANNERS:
        danger = sum(waits.danger for waits in waiting)
        text = _("Chats that wait: %(num)s. Danger: %(danger)s.") % {"num": len(waiting), "danger": danger}
        tone, rank = ("urgent", Rank.DANGER) if danger else ("soon", Rank.PROMISES)
        return [nav.Banner(text, reverse("hotline:calls"), _("Take a chat"), tone=tone, rank=rank)]
    return [_chat_banner(waits) for waits in waiting]


def _chat_banner(waits: WaitingChat) -> nav.Banner:
    text = (
        _("Danger now: somebody waits in a chat since %(time)s: %(language)s.")
        if waits.danger
        else _("Somebody waits in a chat since %(time)s: %(language)s.")
    )
    return nav.Banner(
        text % {"time": clock(waits.chat.waits_since), "language": waits.language},
        reverse("hotline:chat", args=[waits.chat.pk]),
        _("Take the chat"),
        tone="urgent" if waits.late or waits.danger else "soon",
        post=True,
        rank=Rank.DANGER if waits.danger else Rank.PROMISES,
        about=str(waits.chat.pk),
    )
