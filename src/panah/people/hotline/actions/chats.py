"""Chats of the public door: one waits for all who are on duty, one colleague takes it, and it becomes a contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.eligibility import must_fit
from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.accounts.words import DutyKind
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import Urgency
from panah.people.hotline import events, rules, words
from panah.people.hotline.actions.calls import begin_file_of_contact, keep_call_alive, resume_call
from panah.people.hotline.actions.chat_lines import (
    CALL_SECOND,
    SECOND,
    announce,
    call_in,
    keep_lines,
    page_out,
    put_back,
    take_over,
)
from panah.people.hotline.actions.chat_locks import lock_call, lock_calls, lock_chat
from panah.people.hotline.actions.drafts import CallDraft, clear_reply, save_typed
from panah.people.hotline.models import Contact, Line, LineChat
from panah.people.hotline.permissions import must_hold_line
from panah.people.hotline.queries.chats import page_out_of
from panah.people.hotline.words.parts import CHAT
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.words import ChatState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.reporters.queries import OpenedChat


@transaction.atomic
def start_chat(
    *, line: Line, token: str, language: str, danger: bool, text: str, at: datetime, country: str = "",
    put_off: bool = False,
) -> UUID:  # fmt: skip
    """Begin a chat from the door on a line; returns its id. The same form sent again begins no second one.

    ``country``: two letters, where the person is ("" where it is in no list): sealed with the first words.
    ``put_off``: a machine filled in what people do not see; it waits behind others.

    It is put on the list of the line and said to all who are on duty for it; danger pages at once, as everywhere.
    """
    urgency = Urgency.NOW if danger else Urgency.TODAY
    began = reporters.start_chat(
        society=line.society_id, token=token, language=language, urgency=urgency, put_off=put_off, at=at
    )
    row, fresh = LineChat.objects.get_or_create(
        pk=began.id,
        defaults={
            "society_id": line.society_id,
            "line": line,
            "chat_id": began.id,
            "language": language,
            "urgency": urgency,
            "later": began.later,
            "began_at": at,
            "waits_since": at,
        },
    )
    # That machine reads neither colleagues nor lists: who may takes it up within a second (``take_up_chats``).
    if fresh and not settings.PANAH_DOOR_ONLY:
        announce(row, at)
    opened = reporters_queries.find_chat(began.receipt.handle, began.receipt.secret)
    if opened is not None and (text.strip() or country):
        reporters.say_as_reporter(
            opened=opened, once=uuid5(began.id, "first"), text=text, country=country, at=at
        )
    return began.id


@transaction.atomic
def take_up_chats(chats: Sequence[UUID], at: datetime) -> None:
    """Say to all who are on duty for their line that chats wait which began on the door's own machine."""
    rows = LineChat.objects.filter(pk__in=chats, waits_since__isnull=False).select_related("line")
    for row in rows.order_by("pk"):
        announce(row, at)


@transaction.atomic
def claim_chat(*, keys: Keyring, chat: LineChat, by: Staff, at: datetime) -> Contact:
    """Take a chat that waits: of two who press at once one gets it, the other is refused with who it is.

    It becomes a contact of its line from here on. One whose page was cut off before is gone on with.
    """
    row = lock_call(chat.pk)
    if row is None:
        raise LineChat.DoesNotExist
    must_hold_line(
        by,
        row.line_id,
        next_step=_("Ask a focal point to give it to you. Until then a colleague takes the chat."),
    )
    if row.waits_since is None:
        raise Refusal(
            _("A colleague has taken this chat already."),
            next_step=_("Open it, and type along."),
            code="chat-taken",
        )
    is_exception = must_fit(by, DutyKind.CALLS, at=at, in_danger=row.urgency == Urgency.NOW)
    contact = _contact_of(keys, row, by, at)
    _note_country(keys, row, contact, by, at)
    LineChat.objects.filter(pk=row.pk).update(contact=contact, waits_since=None)
    if row.goes_on:
        reporters.claim_chat(keys=keys, chat=row.chat, at=at)
    for purpose in (CHAT, SECOND):
        work.complete_for(subject=row.pk, purpose=purpose, by=by, at=at)
    audit.record(event=events.CHAT_TAKEN, by=by, at=at, about=contact.file_id)
    if is_exception:
        audit.record(event=events.TAKEN_IN_DANGER, by=by, at=at, about=contact.file_id)
    return contact


def _contact_of(keys: Keyring, row: LineChat, by: Staff, at: datetime) -> Contact:
    if row.contact_id is not None:
        contact = Contact.objects.get(pk=row.contact_id)
        Contact.objects.filter(pk=contact.pk).update(with_whom=by)
        return resume_call(contact=contact, by=by, at=at)
    return Contact.objects.create(
        pk=row.pk,
        society_id=row.society_id,
        line_id=row.line_id,
        channel=words.Channel.CHAT,
        language=row.language.split("-")[0],
        urgency=row.urgency,
        taken_by=by,
        started_at=row.began_at,
        last_sign_of_life=at,
        file_id=begin_file_of_contact(keys=keys, line=row.line, at=at),
    )


def _note_country(keys: Keyring, row: LineChat, contact: Contact, by: Staff, at: datetime) -> None:
    """Write into the contact where the person said that she is: whom to ring for her goes by that."""
    if row.contact_id is not None:
        # It was taken before: what a colleague wrote since stands.
        return
    lines = reporters_queries.lines_of(keys=keys, chat=row.chat) or []
    country = next((line.country for line in lines if line.country and not line.to_reporter), "")
    if country:
        save_typed(keys=keys, contact=contact, typed=CallDraft(answers={"country": country}), by=by, at=at)


@transaction.atomic
def say_to_person(*, keys: Keyring, contact: Contact, text: str, once: str, by: Staff, at: datetime) -> None:
    """Send a line to the person in a chat. ``once`` names it: sent twice, it is said once.

    Whoever says it goes on with the chat: a colleague who took over from one whose page was cut off, too.
    """
    row = lock_call(contact.pk)
    if row is None or not row.goes_on:
        raise Refusal(
            _("The chat has ended: this line was not sent."),
            next_step=_("It is kept beside the call. Finish the call, and write what happens next."),
            code="chat-ended",
        )
    take_over(row, contact, by, at)
    reporters.say(keys=keys, chat=row.chat, once=line_id(row.pk, once), text=text, at=at)
    clear_reply(keys=keys, contact=contact, once=once, by=by, at=at)
    keep_call_alive(contact=contact, at=at)


def line_id(chat: UUID, once: str) -> UUID:
    """The name of a line: of one page always the same, and of another chat never."""
    return uuid5(chat, once) if once else uuid4()


# -- a colleague who leaves ---------------------------------------------------------------------------


def chats_held(*, staff: Staff) -> list[vault.HeldWork]:
    """Return how many chats a colleague is in now."""
    return [vault.HeldWork(_("Chats of the public door"), _in_her_hands(staff).count())]


@transaction.atomic
def pass_on_chats(*, keys: Keyring, staff: Staff, at: datetime) -> int:
    """The chats that a leaver is in wait again for all who answer the line; returns how many."""
    del keys
    rows = lock_calls(list(_in_her_hands(staff).values_list("pk", flat=True))).values()
    # A colleague may have gone on with one meanwhile.
    return sum(put_back(row, at) for row in rows if row.chat.claimed_by_id == staff.pk)


@transaction.atomic
def hand_over_chats(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> vault.HandoverResult:
    """The same where her work is handed over: a chat goes to whoever answers its line now, not to one colleague."""
    del to
    return vault.HandoverResult(0, pass_on_chats(keys=keys, staff=staff, at=at))


def _in_her_hands(staff: Staff) -> QuerySet[LineChat]:
    return LineChat.objects.filter(chat__claimed_by=staff.pk, chat__state=ChatState.CLAIMED, waits_since=None)


# -- what the person does ----------------------------------------------------------------------------


@transaction.atomic
def end_by_person(*, opened: OpenedChat, at: datetime) -> None:
    """The person ended the chat. Where nobody had answered, it stays on the list: what she wrote is read."""
    lock_chat(opened.id)
    reporters.end_own_chat(opened=opened, at=at)
    LineChat.objects.filter(pk=opened.id, ended_at=None).update(ended_at=at, ended_by_person=True)


@transaction.atomic
def mark_danger(*, chat: UUID, at: datetime) -> None:
    """The person says in a chat that she is in danger now: somebody is paged at once, as from a call.

    Said once it is said, and after the end no more. One of a flood that nobody has taken yet joins the page-out of all
    of them: a machine presses that button too.
    """
    # A machine of the door's own pages nobody, so it leaves the contact alone.
    row = lock_chat(chat) if settings.PANAH_DOOR_ONLY else lock_call(chat)
    if row is None or row.urgency == Urgency.NOW or not row.goes_on:
        return
    LineChat.objects.filter(pk=row.pk).update(urgency=Urgency.NOW)
    audit.record(
        event=events.CHAT_IN_DANGER, by=None, society=row.society_id, at=at, about=row.pk, first=True
    )
    if not settings.PANAH_DOOR_ONLY:
        _page_for(row, at)


@transaction.atomic
def take_up_danger(chats: Sequence[UUID], at: datetime) -> None:
    """Page for whoever said on the door's own machine that she is in danger."""
    for row in LineChat.objects.filter(pk__in=chats, urgency=Urgency.NOW).order_by("pk"):
        _page_for(row, at)


def _page_for(row: LineChat, at: datetime) -> None:
    # The contact that it became, if it did, has its id.
    Contact.objects.filter(pk=row.pk, state=words.ContactState.OPEN).update(urgency=Urgency.NOW)
    call_in(row, at)


@transaction.atomic
def choose_transcript(*, chat: UUID, may_go_along: bool) -> None:
    """The person says whether what was written may go along into her case. She may change it while it is here."""
    LineChat.objects.filter(pk=chat).update(may_go_along=may_go_along)


# -- when nobody answers -----------------------------------------------------------------------------


@transaction.atomic
def call_second_for_chats(*, at: datetime) -> int:
    """Call a second colleague to every chat that waits too long; returns for how many. For the worker, every minute.

    The focal points get it on their lists and a word; *danger now* has its own list of who is called.
    """
    if settings.PANAH_DOOR_ONLY:
        # That machine sees no other chat, and no colleague: the worker of the node calls.
        return 0
    # Nobody waits longer because somebody changed past Panah since when she waits.
    work.put_rows_of_table_right(LineChat, at=at)
    _page_out_again(at)
    late = LineChat.objects.select_for_update(of=("self",)).filter(
        waits_since__lte=at - rules.CHAT_LATE_AFTER, second_called_at=None, ended_at=None, later=False
    )
    rows = list(late.order_by("pk"))
    for row in rows:
        work.due_for_focal_points(CALL_SECOND, row, at=at)
        for one in with_permission(row.society_id, Permission.HOTLINE_LEAD):
            work.send_word(to=one, kind="due", at=at)
        audit.record(event=events.CHAT_LATE, by=None, society=row.society_id, at=at, about=row.pk)
    LineChat.objects.filter(pk__in=[row.pk for row in rows]).update(second_called_at=at)
    return len(rows)


def _page_out_again(at: datetime) -> None:
    """Chats of a flood that still wait and say danger: somebody is called to them again, once in a while."""
    waiting = LineChat.objects.filter(waits_since__isnull=False, urgency=Urgency.NOW, ended_at=None)
    for society in set(waiting.values_list("society", flat=True)):
        last = work_queries.own_alarm_of(page_out_of(society))
        if last is not None and last.answered_at is not None:
            page_out(society, at)


def keep_chat(*, keys: Keyring, contact: Contact, at: datetime) -> None:
    """Seal into the contact what was said, once nobody is on the line any more: also where its page was cut off."""
    if contact.channel == words.Channel.CHAT and contact.state in words.AFTER_THE_CALL:
        keep_lines(keys=keys, contact=contact, at=at)
