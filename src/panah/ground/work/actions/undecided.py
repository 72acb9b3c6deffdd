"""A person was in danger and nobody has decided: it pages at its minute, and waits only with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import moment
from panah.ground.kit.row_locks import locked
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import events
from panah.ground.work.actions.alarms import raise_alarm, send_word
from panah.ground.work.actions.completion import ended_meanwhile, keep_what_came_of_it
from panah.ground.work.actions.due_items import move, update_sentence
from panah.ground.work.actions.paging_lists import paging_list
from panah.ground.work.actions.rows_put_right import put_rows_of_table_right
from panah.ground.work.models import DueItem
from panah.ground.work.rules import (
    DECIDE_AFTER_AN_ANSWER,
    SECOND_OPINION_WITHIN,
    WAITS_AT_MOST,
    may_wait_alone,
    pages_when_moved,
)
from panah.ground.work.words import HER_TIME, LazySentence, Outcome, in_each_language

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def page_undecided(*, at: datetime) -> int:
    """Page for what is undecided at its minute: its owner, the duty, the focal points; returns for how many things.

    Where somebody is being paged for the same person already, that is one alarm. For the worker.
    """
    put_rows_of_table_right(DueItem, at=at)
    late = DueItem.objects.select_for_update(of=("self",)).filter(done_at=None, pages_at__lte=at)
    rows = list(late.select_related("owner").order_by("pages_at", "pk"))
    for item in rows:
        owner = [item.owner] if item.owner is not None and item.owner.is_active else []
        raise_alarm(
            society=item.society_id, room=item.room, subject=item.subject, by=None, at=at, ahead=owner
        )
    again = at + DECIDE_AFTER_AN_ANSWER
    DueItem.objects.filter(pk__in=[row.pk for row in rows]).update(pages_at=again)
    return len(rows)


@transaction.atomic
def let_wait(
    *, keys: Keyring | None, item: DueItem, due_at: datetime, reason: str, at: datetime, hers: bool = False
) -> bool:
    """Let what pages wait, with a reason that is sealed beside it; returns whether it does.

    ``hers``: the person named that time, and nobody is paged before it. Else an hour in all alone, from when it became
    due; for longer a second colleague is asked, and until she agrees it stays due: after five minutes it pages.
    """
    if (
        keys is None
        or item.file is None
        or not vault_queries.opens(keys=keys, file=item.file)
        or not reason.strip()
    ):
        raise Refusal(
            _("A person was in danger: it waits only with a reason, written by somebody who can open it."),
            next_step=_("Write why, or give it to a colleague who can open it."),
            code="no-reason",
        )
    if due_at - at > WAITS_AT_MOST:
        raise Refusal(
            _("It comes back within two days at the latest, until somebody wrote what came of it."),
            next_step=_("Choose an earlier time."),
            code="waits-too-long",
        )
    keep_what_came_of_it(keys, item, item.file, Outcome.AGAIN, reason, at)
    return postpone(keys=keys, item=item, due_at=due_at, at=at, hers=hers)


@transaction.atomic
def postpone(
    *, keys: Keyring, item: DueItem, due_at: datetime, at: datetime, hers: bool, silences: bool = True
) -> bool:
    """The same where the reason is written elsewhere; ``silences`` as in ``move``."""
    by, row = keys.staff, locked(item)
    if row.done_at is not None:
        raise ended_meanwhile()
    if hers:
        move(item=row, due_at=due_at, by=by, at=at, pages_after=HER_TIME, silences=silences)
        _set_alone_since(row, None)
        when = in_each_language(lambda: moment(due_at))
        said = LazySentence(
            _("Waits for %(when)s, the person’s words: then decide what happens next"), when=when
        )
        update_sentence(keys=keys, item=row, sentence=said, at=at)
        return True
    since = _alone_since(row, at)
    if may_wait_alone(until=due_at, since=since):
        move(item=row, due_at=due_at, by=by, at=at, silences=silences)
        _set_alone_since(row, since)
        return True
    _ask_a_second(row, due_at, by, at)
    return False


def _alone_since(item: DueItem, at: datetime) -> datetime:
    """From when the hour alone counts: since it became due, or since one colleague first let it wait before that."""
    return item.alone_since or min(item.due_at, at)


def _set_alone_since(item: DueItem, since: datetime | None) -> None:
    DueItem.objects.filter(pk=item.pk).update(alone_since=since)


def _ask_a_second(item: DueItem, until: datetime, by: Staff, at: datetime) -> None:
    """Ask; five minutes more for an answer are given once, and count into the hour alone."""
    answer_by = at + SECOND_OPINION_WITHIN
    first = item.asked_by_id is None and may_wait_alone(until=answer_by, since=_alone_since(item, at))
    was = item.pages_at or item.due_at
    pages_at = max(pages_when_moved(due=item.due_at, was_due=item.due_at, pages=was), answer_by)
    if item.pages_at is not None and not first:
        pages_at = min(pages_at, item.pages_at)
    DueItem.objects.filter(pk=item.pk).update(asked_by=by, wanted_at=until, pages_at=pages_at)
    audit.record(event=events.ASKED_SECOND, by=by, at=at, about=item.file)
    others = paging_list(item.society_id, at=at, exclude=[by.pk], ahead=[item.owner] if item.owner else [])
    for one in dict.fromkeys(one for step in others for one in step):
        send_word(to=one, kind="asked", at=at)


def _asked(item: DueItem, by: Staff) -> tuple[DueItem, datetime]:
    """The item about which somebody asks, and until when; refused where nobody asks, or she does so herself."""
    row = locked(item)
    if row.done_at is not None or row.asked_by_id is None or row.wanted_at is None:
        raise Refusal(
            _("Nobody asks for a second opinion here any more."),
            next_step=_("Look at the page again: a colleague has gone on with it."),
            code="nobody-asks",
        )
    if by.pk == row.asked_by_id or row.asked_by_id in vault_queries.known_through_one(by):
        raise Refusal(
            _("A second colleague says whether it may wait: not whoever asks."),
            next_step=_("Ring somebody now, and ask her to look at it."),
            code="own-question",
            status=403,
        )
    return row, row.wanted_at


@transaction.atomic
def agree_to_wait(*, item: DueItem, by: Staff, at: datetime, until: datetime | None) -> None:
    """A second colleague agrees that it waits ``until`` the time that she read: at that minute it pages."""
    row, wanted = _asked(item, by)
    if until != wanted:
        raise Refusal(
            _("Another time is asked for now."),
            next_step=_("Look at the page again: read until when, then say whether it may wait."),
            code="asked-anew",
        )
    move(item=row, due_at=wanted, by=by, at=at)
    _set_alone_since(row, None)


@transaction.atomic
def refuse_to_wait(*, item: DueItem, by: Staff, at: datetime) -> None:
    """It stays due and nobody asks any more; it pages as it did while somebody asked."""
    row, _wanted = _asked(item, by)
    DueItem.objects.filter(pk=row.pk).update(asked_by=None, wanted_at=None)
    audit.record(event=events.STAYS_DUE, by=by, at=at, about=row.file)
