"""Answering a family links request of another society: how the person sought was asked, and what is told of it.

Three answers, one kind, one size. *Nothing that can be told* is the same in three situations, and leaves no sooner than
three weeks after the request came, so that neither its words nor its day tells which one it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import long_day
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import Private
from panah.ground.work import actions as work
from panah.ground.work.words import LazySentence, Urgency
from panah.people.family_links import events, message_schema, rules
from panah.people.family_links.actions.workflow import (
    ASKED_HERE,
    about,
    move,
    must_be,
    peer_of,
    step,
    write,
    wrong_step,
)
from panah.people.family_links.models import FamilyLinksRequest
from panah.people.family_links.queries.across import OpenedLinks, leaves_from, may_ask_back, would_leave
from panah.people.family_links.words import ROOM, LinksAcrossState, LinksAnswer, LinksDirection, LinksState
from panah.people.inbox import actions as inbox


@transaction.atomic
def write_search(*, keys: Keyring, opened: OpenedLinks, found: Mapping[str, object], at: datetime) -> None:
    """Seal how the search stands: whether the person was asked, how, what the person agreed to, and any doubt."""
    must_be(opened, LinksAcrossState.ASKED, LinksAcrossState.ANSWERED)
    if opened.row.direction != LinksDirection.IN:
        raise wrong_step()
    write(keys, opened, step("searched", at, keys, **found), at, search=dict(found))
    audit.record(event=events.LINKS_NOTED, by=keys.staff, at=at, about=opened.file)


@transaction.atomic
def ask_back(*, keys: Keyring, opened: OpenedLinks, question: str, at: datetime) -> None:
    """Seal one question to those who asked: they ask the one who asks, and add the answer to the request.

    Only before anybody was found: later a question would tell that somebody was.
    """
    row, sealed = opened.row, opened.sealed
    if not may_ask_back(opened):
        raise Refusal(
            _("No question goes back now: one was asked, or it would tell that somebody was found."),
            next_step=_("Go on with what came. Whatever is told leaves as an answer alone."),
            code="no-question-now",
        )
    exchange.send(
        keys=keys,
        peer=peer_of(row.society_id, row.peer.theirs_id),
        kind=MessageKind.LINKS_MORE_ASKED,
        conversation=row.conversation,
        content=message_schema.compose_question(
            question, reply_key=Private(bytes.fromhex(sealed["reply_seed"])).public
        ),
        urgency=Urgency.WEEK,
        to_key=bytes.fromhex(sealed["their_key"]),
        at=at,
    )
    write(keys, opened, step("asked_back", at, keys, text=question), at)
    audit.record(event=events.LINKS_NOTED, by=keys.staff, at=at, about=opened.file)


@transaction.atomic
def draft_answer(
    *, keys: Keyring, opened: OpenedLinks, answer: str, message: str, reach: str, at: datetime
) -> None:
    """Seal the answer that would leave, to be looked at and read back to the person sought. Nothing has left."""
    later = answer == LinksAnswer.LATER
    must_be(
        opened, *([LinksAcrossState.ASKED] if later else [LinksAcrossState.ASKED, LinksAcrossState.ANSWERED])
    )
    if opened.row.direction != LinksDirection.IN:
        raise wrong_step()
    contact = answer == LinksAnswer.CONTACT
    _must_be_agreed(opened, answer)
    kept = {"answer": answer, "message": message if contact else "", "reach": reach if contact else ""}
    message_schema.compose_answer(
        replace(would_leave({**opened.sealed, "draft": kept}, at=at), reply_key=bytes(1216))
    )
    write(keys, opened, None, at, draft=kept)
    audit.record(event=events.LINKS_NOTED, by=keys.staff, at=at, about=opened.file)


def _must_be_agreed(opened: OpenedLinks, answer: str) -> None:
    search = opened.sealed.get("search") or {}
    if answer == LinksAnswer.CONTACT and not rules.may_offer_contact(
        wants=search.get("wants", ""),
        doubt=search.get("doubt", ""),
        who=search.get("asked_by", ""),
        how=search.get("how", ""),
        when=search.get("asked_on", ""),
    ):
        raise Refusal(
            _(
                "Nothing of the person sought leaves without a clear yes, or where the one who asks may be the danger."
            ),
            next_step=_(
                "Write down first who asked the person, how and when, and what the person agreed to. Without that it "
                "is not a yes."
            ),
            code="no-consent-of-the-person-sought",
        )


@transaction.atomic
def send_answer(*, keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """Seal the drafted answer to the key of the conversation."""
    must_be(opened, LinksAcrossState.ASKED, LinksAcrossState.ANSWERED)
    row, sealed = opened.row, opened.sealed
    if row.direction != LinksDirection.IN or not sealed.get("draft"):
        raise wrong_step()
    answer = sealed["draft"]["answer"]
    _must_be_agreed(opened, answer)
    earliest = leaves_from(opened)
    if at < earliest:
        raise Refusal(
            _("This answer may leave from %(day)s: a quick one would tell that somebody was asked.")
            % {"day": long_day(earliest)},
            next_step=_(
                "It is kept here, and on your list for that day. Until then you can say that there is no answer yet."
            ),
            code="too-early",
        )
    reply = Private(bytes.fromhex(sealed["reply_seed"]))
    answered = replace(would_leave(sealed, at=at), reply_key=reply.public)
    exchange.send(
        keys=keys,
        peer=peer_of(row.society_id, row.peer.theirs_id),
        kind=MessageKind.LINKS_ANSWERED,
        conversation=row.conversation,
        content=message_schema.compose_answer(answered),
        urgency=Urgency.WEEK,
        to_key=bytes.fromhex(sealed["their_key"]),
        at=at,
    )
    _answered(keys, opened, answered, at)
    audit.record(event=events.LINKS_ANSWERED, by=keys.staff, at=at, about=opened.file)


def _answered(
    keys: Keyring, opened: OpenedLinks, answered: message_schema.LinksAnswerMessage, at: datetime
) -> None:
    row = opened.row
    again = answered.again.isoformat() if answered.again else ""
    kept = {
        "answer": str(answered.answer),
        "message": answered.message,
        "reach": answered.reach,
        "again": again,
        "at": at.isoformat(),
    }
    answers = [*opened.sealed.get("answers", ()), kept]
    write(keys, opened, step("answered", at, keys), at, answers=answers, draft={})
    if answered.again is None:
        move(opened, LinksAcrossState.ANSWERED, answered_at=at)
        work.cancel_for(subject=row.pk, at=at)
        work.cancel_for(subject=row.request_id, at=at)
        return
    ready = timezone.make_aware(datetime.combine(answered.again, time(9))) - timedelta(days=2)
    work.due(
        ASKED_HERE,
        about(row),
        keys=keys,
        due_at=ready,
        sentence=LazySentence(_("Family links: %(who)s waits for an answer"), who=opened.called),
        at=at,
    )


# -- what was taken back -----------------------------------------------------------------------


def erase_taken_back(*, keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    """Erase what came with a request, or with an answer, that was taken back; the other side is told that it is done.

    There is no keeping: what a person told here for herself stands in her own case, not in this file.
    """
    came = opened.row.direction == LinksDirection.IN
    with transaction.atomic():
        must_be(opened, LinksAcrossState.WITHDRAWN)
        _say_erased(keys, opened, at)
        if came:
            _close_erased(opened, at)
        else:
            write(keys, opened, step("erased", at, keys), at, answers=[])
        work.cancel_for(subject=opened.row.pk, at=at)
        audit.record(event=events.LINKS_ERASED, by=keys.staff, at=at, about=opened.file)
    if came:
        vault.erase(keys=keys, file=opened.file, at=at)


def _close_erased(opened: OpenedLinks, at: datetime) -> None:
    row = opened.row
    FamilyLinksRequest.objects.filter(pk=row.request_id).update(state=LinksState.CLOSED, ended_at=at)
    work.cancel_for(subject=row.request_id, at=at)
    inbox.forget_subject(room=ROOM, subject=row.pk)


def _say_erased(keys: Keyring, opened: OpenedLinks, at: datetime) -> None:
    row, their_key = opened.row, opened.sealed.get("their_key", "")
    # Erasing waits for nobody: where nothing can be sealed to them now, they are told by telephone.
    if (
        not their_key
        or exchange_queries.paired_with(society=row.society_id, theirs=row.peer.theirs_id) is None
    ):
        return
    exchange.send(
        keys=keys,
        peer=row.peer,
        kind=MessageKind.ERASED,
        conversation=row.conversation,
        content={"v": message_schema.VERSION, "how": "erased", "fields": []},
        to_key=bytes.fromhex(their_key),
        at=at,
    )
