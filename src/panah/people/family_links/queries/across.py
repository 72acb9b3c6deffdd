"""Family links requests across a border, as far as the asker may see them: the focal points alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from panah.ground.exchange import queries as exchange_queries
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work.words import NameByLanguage, Sentence
from panah.people.family_links import message_schema, rules
from panah.people.family_links.models import FamilyLinksAcross, FamilyLinksRequest
from panah.people.family_links.words import (
    PART,
    ROOM,
    LinksAcrossState,
    LinksAnswer,
    LinksDirection,
    SearchState,
)
from panah.people.inbox import queries as inbox_queries

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.queries import ConversationMessage
    from panah.people.inbox.models import Arrival


@dataclass(frozen=True)
class OpenedLinks:
    """A conversation about a family link with its sealed half."""

    # A FamilyLinksAcross; Any, because a step that needs its peer asks for the state first.
    row: Any
    sealed: dict[str, Any]
    version: int

    @property
    def called(self) -> Sentence:
        """The other side for a sentence of what is due: a society by its name in each reader's language."""
        peer = self.row.peer
        return NameByLanguage(peer.theirs.name_in) if peer else str(self.sealed["receiver_name"])

    @property
    def file(self) -> UUID:
        return UUID(str(self.row.request.file_id))


def across_of(*, request: FamilyLinksRequest, keys: Keyring | None) -> list[OpenedLinks]:
    """Return the conversations of a request that the asker was let in to, newest first."""
    kept = {one.ref: one for one in vault_queries.read_all(keys=keys, file=request.file_id, part=PART)}
    rows = request.across.select_related("peer__theirs", "peer__society", "request").order_by("-made_at")
    return [
        OpenedLinks(row, {**kept[row.pk].value, **_name_now(row)}, kept[row.pk].version)
        for row in rows
        if row.pk in kept
    ]


def _name_now(row: FamilyLinksAcross) -> dict[str, str]:
    """A paired society is called as whoever reads calls it; another stays as it was typed."""
    return {"receiver_name": row.peer.theirs.name_in(get_language() or "en")} if row.peer else {}


def one_across(*, request: FamilyLinksRequest, keys: Keyring | None, pk: UUID) -> OpenedLinks:
    """Return one conversation of this request, or 404."""
    found = next((one for one in across_of(request=request, keys=keys) if one.row.pk == pk), None)
    if found is None:
        raise Http404
    return found


def links_subjects(*, to: Staff) -> QuerySet[FamilyLinksAcross, object]:
    """Return the ids of the conversations whose messages a colleague may see (a queryset)."""
    return FamilyLinksAcross.objects.visible(to=to).order_by().values("pk")


def links_places(subjects: Iterable[UUID], *, to: Staff) -> dict[UUID, str]:
    """Return the numbers of the requests that conversations belong to, as far as a colleague may open them."""
    rows = FamilyLinksAcross.objects.visible(to=to).filter(pk__in=list(subjects))
    return dict(rows.values_list("pk", "request__number"))


def unread_links(row: FamilyLinksAcross) -> list[Arrival]:
    """Return what came in this conversation and nobody has read yet, oldest first; what is damaged is not among it."""
    return [
        one for one in of_conversation(row) if one.subject == row.pk and one.waits and one.damaged_at is None
    ]


def of_conversation(row: FamilyLinksAcross) -> list[Arrival]:
    """Return the arrivals of a conversation that belong to this room."""
    if row.conversation is None:
        return []
    every = inbox_queries.of_conversation(society=row.society_id, conversation=row.conversation)
    return [one for one in every if one.room == ROOM]


def links_timeline(*, society: UUID, conversation: UUID | None) -> list[ConversationMessage]:
    """Return what both sides see of a conversation: kind, when, who; oldest first."""
    return list(exchange_queries.timeline(society=society, conversation=conversation)) if conversation else []


def would_leave(sealed: Mapping[str, Any], *, at: datetime) -> message_schema.LinksAnswerMessage:
    """Return the drafted answer as it would leave now."""
    draft = sealed["draft"]
    later = draft["answer"] == LinksAnswer.LATER
    return message_schema.LinksAnswerMessage(
        answer=draft["answer"],
        message=draft["message"],
        reach=draft["reach"],
        again=rules.hears_again(today=timezone.localdate(at)) if later else None,
    )


def may_take_back(opened: OpenedLinks) -> bool:
    """Say whether there is something that a withdrawal takes back."""
    if opened.row.direction == LinksDirection.OUT:
        return opened.row.state in (LinksAcrossState.ASKED, LinksAcrossState.ANSWERED)
    told = any(one["answer"] == LinksAnswer.CONTACT for one in opened.sealed.get("answers", ()))
    return opened.row.state == LinksAcrossState.ANSWERED and told


def may_ask_back(opened: OpenedLinks) -> bool:
    """Say whether one question may go back to the one who asks: once, and before anybody was found.

    Later it would tell that somebody was: that somebody searches is known from the request alone.
    """
    kept = opened.sealed
    searched = (kept.get("search") or {}).get("reached", SearchState.NOT_FOUND)
    return (
        (opened.row.direction, opened.row.state) == (LinksDirection.IN, LinksAcrossState.ASKED)
        and searched == SearchState.NOT_FOUND
        and not any(one["what"] == "asked_back" for one in kept["steps"])
    )


def questions(opened: OpenedLinks) -> list[dict[str, str]]:
    """Return what they asked back and nobody has added anything to since: it waits for the one who asks."""
    told = [one["at"] for one in opened.sealed["steps"] if one["what"] == "told"]
    since = max(told, default="")
    return [one for one in opened.sealed.get("questions", ()) if one["read_at"] > since]


def leaves_from(opened: OpenedLinks) -> datetime:
    """Return the earliest time at which the drafted answer may leave."""
    return rules.answer_from(opened.sealed["draft"]["answer"], came=opened.row.sent_at)
