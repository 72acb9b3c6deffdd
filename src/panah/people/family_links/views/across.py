"""A family links request and another society: asking it and what comes back; or what came, and our answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.foundation.ids import spell_out
from panah.ground.kit.dates import long_day
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.family_links import actions, message_schema, queries
from panah.people.family_links.forms import across as forms
from panah.people.family_links.views.outgoing import request_or_404
from panah.people.family_links.views.presenters import LinksAcrossPage, says_before
from panah.people.family_links.views.timeline import answers_of, happened
from panah.people.family_links.words import (
    DOUBTS,
    NOTHING_MEANS,
    LinksAcrossState,
    LinksAnswer,
    LinksDirection,
)
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.referrals.offer_schema import day_of

if TYPE_CHECKING:
    from panah.ground.kit.forms import Form
    from panah.people.inbox.models import Arrival


def _load(request: StaffRequest, number: str, pk: UUID) -> queries.OpenedLinks:
    return queries.one_across(request=request_or_404(request, number), keys=request.keys, pk=pk)


# -- one conversation --------------------------------------------------------------------------


@dataclass(frozen=True)
class LinksStep:
    """One thing that can be done now."""

    key: str
    form: Form
    title: str
    button: str
    main: bool


@require_http_methods(["GET", "POST"])
@vault_required
def across(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """What leaves or left, what came, and what can be done next."""
    opened = _load(request, number, pk)
    offered = _offered(request, opened)
    wanted = request.POST.get("step", "")
    posted = (
        next((step for step in offered if step.key == wanted), None) if request.method == "POST" else None
    )
    if request.method == "POST" and posted is None:
        add_message(request, _("This step does not follow from where the request stands."), tone="soon")
        return redirect("family_links:across", number, pk)
    if posted is not None and posted.form.submit(lambda **data: DOES[posted.key](request, opened, data)):
        add_message(request, _("Saved and protected."))
        if posted.key in LEAVES_IT:
            return redirect("family_links:request", number)
        return redirect("family_links:across", number, pk)
    return _show(request, opened, offered, posted)


def _show(
    request: StaffRequest, opened: queries.OpenedLinks, offered: list[LinksStep], posted: LinksStep | None
) -> HttpResponse:
    row, sealed, now = opened.row, opened.sealed, timezone.now()
    came = row.direction == LinksDirection.IN
    content = message_schema.read(sealed["asked"] if came else message_schema.compose(sealed))
    draft = queries.would_leave(sealed, at=now) if sealed.get("draft") else None
    too_early = _too_early(opened, now) if draft else ""
    answers = answers_of(sealed)
    return page(
        request,
        "family_links/across.html",
        one=row.request,
        opened=opened,
        seen=LinksAcrossPage(opened, offered[0].key if offered else "", bool(answers)),
        came=came,
        rows=message_schema.rows(content),
        consent=message_schema.consent_rows(content),
        stays=message_schema.stays(content),
        offered=offered,
        form=posted.form if posted else None,
        draft=draft,
        draft_rows=message_schema.answer_rows(draft) if draft else [],
        says={step.key: says_before(step.key, too_early=too_early) for step in offered},
        draft_label=LinksAnswer(draft.answer).label if draft else "",
        answers=answers,
        nothing_means=NOTHING_MEANS,
        doubts=DOUBTS,
        steps=happened(sealed),
        more=sealed.get("more", ()),
        questions=sealed.get("questions", ()),
        unread=queries.unread_links(row),
        timeline=queries.links_timeline(society=row.society_id, conversation=row.conversation),
    )


def _too_early(opened: queries.OpenedLinks, now: datetime) -> str:
    """The day from which the drafted answer may leave, while that is not yet."""
    leaves_from = queries.leaves_from(opened)
    return long_day(leaves_from) if now < leaves_from else ""


def _keys(opened: queries.OpenedLinks, unread: int) -> list[str]:
    """What can be done now, the one to do first in front."""
    row, sealed, state = opened.row, opened.sealed, opened.row.state
    if state == LinksAcrossState.DRAFT:
        return ["seal" if row.peer_id else "sent", "drop"]
    if state == LinksAcrossState.WITHDRAWN:
        ours = any(step["what"] == "taken_back" for step in sealed["steps"])
        read = ["read"] if unread else []
        if ours:
            return read if row.conversation or _did(sealed, "deleted_there") else ["deleted"]
        return read if _did(sealed, "erased") else ["erase"]
    if row.direction == LinksDirection.IN:
        steps = ["send", "search", "answer"] if sealed.get("draft") else ["search", "answer"]
        if queries.may_ask_back(opened):
            steps.insert(1, "ask_back")
    elif queries.questions(opened):
        steps = ["reply", "by_hand"]
    elif state == LinksAcrossState.ANSWERED and not _did(sealed, "seeker_told"):
        steps = ["told", "more", "by_hand"]
    else:
        steps = ["by_hand", "more"] if row.conversation is None else ["more", "by_hand"]
    if queries.may_take_back(opened):
        steps.append("back")
    return ["read", *steps] if unread else steps


def _did(sealed: dict[str, Any], what: str) -> bool:
    return any(step["what"] == what for step in sealed["steps"])


def _offered(request: StaffRequest, opened: queries.OpenedLinks) -> list[LinksStep]:
    keys = _keys(opened, len(queries.unread_links(opened.row)))
    wanted = request.POST.get("step", "")
    steps = []
    for place, key in enumerate(keys):
        data = request.POST if request.method == "POST" and key == wanted else None
        # Several forms stand on one page: the first keeps the plain ids.
        more: dict[str, object] = {} if place == 0 else {"auto_id": f"id_{key}_%s"}
        title, button = _named(key)
        steps.append(
            LinksStep(key, _form(key, opened)(data, **more), title, button, place == 0 and key in FIRST)
        )
    return steps


# What is asked for openly; everything else is folded.
FIRST = {"read", "reply", "seal", "sent", "send", "search", "told", "erase", "deleted"}
LEAVES_IT = {"drop", "erase"}


def _form(key: str, opened: queries.OpenedLinks) -> Callable[..., Form]:
    sealed = opened.sealed
    if key == "send":
        contact = sealed["draft"]["answer"] == LinksAnswer.CONTACT
        return lambda data, **more: forms.SendAnswerForm(data, contact=contact, **more)
    if key == "search":
        search = sealed.get("search") or {}
        initial = {**search, "asked_on": day_of(search.get("asked_on", ""))}
        return lambda data, **more: forms.SearchForm(data, initial=initial, **more)
    if key == "answer":
        return lambda data, **more: forms.AnswerForm(data, initial=sealed.get("draft"), **more)
    plain: dict[str, Callable[..., Form]] = {
        "seal": forms.ReadForm,
        "sent": forms.SentForm,
        "ask_back": forms.AskBackForm,
        "reply": forms.MoreForm,
        "more": forms.MoreForm,
        "by_hand": forms.AnswerForm,
        "back": forms.TakeBackForm,
        "erase": forms.EraseForm,
    }
    return plain.get(key, forms.NothingToFill)


def _named(key: str) -> tuple[str, str]:
    """The heading and the button of a step."""
    return {
        "read": (_("They have written"), _("Open what they wrote")),
        "seal": (_("Send"), _("Seal and send exactly this")),
        "sent": (_("By telephone or letter"), _("It was told, exactly this")),
        "drop": (_("It is not sent after all"), _("Drop this draft")),
        "more": (_("Add something"), _("Tell it to them")),
        "ask_back": (_("Ask the one who asks something"), _("Seal and send this question")),
        "reply": (_("They ask something: ask the one who asks"), _("Tell it to them")),
        "by_hand": (_("They answered by telephone or letter"), _("Write it down")),
        "told": (_("Tell the one who asks"), _("The one who asks was told")),
        "search": (_("The person sought"), _("Save and protect")),
        "answer": (_("Prepare the answer"), _("Look at what would leave")),
        "send": (_("The answer"), _("Seal and send exactly this")),
        "back": (_("The consent is withdrawn"), _("Take it back now")),
        "deleted": (_("Ask them to delete it"), _("They say that it is deleted")),
        "erase": (_("This was taken back: erase it"), _("Erase it and tell them")),
    }[key]


def _act(action: Callable[..., object], **renamed: str) -> Callable[..., None]:
    def act(request: StaffRequest, opened: queries.OpenedLinks, data: dict[str, object]) -> None:
        typed = {theirs: data[ours] for theirs, ours in renamed.items()}
        action(keys=request.keys, opened=opened, at=timezone.now(), **typed)

    return act


def _search(request: StaffRequest, opened: queries.OpenedLinks, data: dict[str, object]) -> None:
    actions.write_search(keys=request.keys, opened=opened, found=data, at=timezone.now())


DOES: dict[str, Callable[..., None]] = {
    "read": _act(actions.take_up_links),
    "seal": _act(actions.send_across),
    "sent": _act(actions.note_sent, way="sent_by"),
    "drop": _act(actions.drop_draft),
    "more": _act(actions.tell_more, text="text"),
    "reply": _act(actions.tell_more, text="text"),
    "ask_back": _act(actions.ask_back, question="question"),
    "by_hand": _act(actions.note_answer_by_hand, answer="answer", message="message", reach="reach"),
    "told": _act(actions.note_told),
    "search": _search,
    "answer": _act(actions.draft_answer, answer="answer", message="message", reach="reach"),
    "send": _act(actions.send_answer),
    "back": _act(actions.take_links_back),
    "deleted": _act(actions.note_deleted),
    "erase": _act(actions.erase_taken_back),
}


# -- without a Panah there ---------------------------------------------------------------------


def _by_hand(request: StaffRequest, number: str, pk: UUID) -> queries.OpenedLinks:
    opened = _load(request, number, pk)
    # A letter before it was read to the one who asks would be a way around it.
    if opened.row.peer_id is not None or opened.row.state not in (
        LinksAcrossState.ASKED,
        LinksAcrossState.ANSWERED,
    ):
        raise Http404
    return opened


@require_GET
@vault_required
def script(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """What to say on the telephone: who is there first, then only what was chosen."""
    opened = _by_hand(request, number, pk)
    return page(
        request,
        "family_links/script.html",
        one=opened.row.request,
        opened=opened,
        rows=message_schema.rows(message_schema.read(message_schema.compose(opened.sealed))),
        us=request.staff.society.name_in(get_language() or "en"),
    )


@require_POST
@vault_required
def letter(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """The same as a letter, made in memory."""
    opened = _by_hand(request, number, pk)
    actions.note_printed(keys=request.keys, opened=opened, at=timezone.now())
    # Drawing a letter takes 15 MB: loaded by whoever prints one, not by every worker.
    from panah.people.referrals.letter import letter as draw

    question = message_schema.read(message_schema.compose(opened.sealed))
    us = request.staff.society.name_in(get_language() or "en")
    body = draw(
        title=_("Looking for a relative"),
        intro=_("%(us)s asks %(who)s to look for a person, and to ask the person before anything is told.")
        % {"us": us, "who": opened.sealed["receiver_name"]},
        rows=message_schema.rows(question),
        closing=[
            _("Whereabouts are given only with the consent of the person sought."),
            _(
                "The one who asks agreed to exactly this. Do not pass it on; when it is taken back, delete it."
            ),
            _("Bear in mind that the one who asks may be the danger."),
            _("If nothing can be told, say only that: never why."),
        ],
        practice=str(_("Practice data.")) if settings.PANAH_PRACTICE else "",
    )
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="letter.pdf"'},
    )


# -- what arrived ------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@vault_required
def came(request: StaffRequest, arrival: UUID) -> HttpResponse:
    """A request of another society, as it came: one button makes a request of ours of it, for the focal points.

    An answer is read on the page of its conversation.
    """
    kinds = (MessageKind.LINKS_ASKED, MessageKind.LINKS_MORE_ASKED, MessageKind.LINKS_ANSWERED)
    row = inbox_queries.visible(to=request.staff).filter(pk=arrival, kind__in=kinds).first()
    if row is not None and row.kind != MessageKind.LINKS_ASKED:
        return _to_its_conversation(request, row)
    if row is None:
        raise Http404
    content = _content(request, row)
    if content is None:
        return redirect("intake:arrival", row.pk)
    form = forms.NothingToFill(request.POST or None)
    if request.method == "POST":
        made = actions.take_links_over(keys=request.keys, arrival=row, content=content, at=timezone.now())
        add_message(
            request,
            _("The request is with the focal points. Its number: %(number)s") % {"number": made.number},
        )
        return redirect("intake:arrivals")
    question = message_schema.read(content)
    return page(
        request,
        "family_links/came.html",
        arrival=row,
        calls_on=inbox_queries.calls_on(row),
        unreachable=bool(inbox.closings_of(row)),
        form=form,
        rows=message_schema.rows(question),
        consent=message_schema.consent_rows(question),
        stays=message_schema.stays(question),
        reference=spell_out(inbox_queries.conversation_of(row)),
        timeline=queries.links_timeline(society=row.society_id, conversation=row.conversation),
    )


def _to_its_conversation(request: StaffRequest, row: Arrival) -> HttpResponse:
    number = queries.links_places([row.subject], to=request.staff).get(row.subject) if row.subject else None
    if number is None:
        raise Http404
    return redirect("family_links:across", number, row.subject)


def _content(request: StaffRequest, row: Arrival) -> dict[str, object] | None:
    """What came, while it is open; who sends the form later than that looks again, and it is journalled."""
    look = inbox.content_for_work if request.method == "POST" else inbox.content_of
    try:
        content: dict[str, object] | None = look(keys=request.keys, arrival=row, at=timezone.now())
    except Refusal:
        # Its outside, and who can open it, stand on its line of the inbox.
        return None
    return content
