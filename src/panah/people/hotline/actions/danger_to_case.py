"""A contact in danger becomes a case: what would page for it pages the holder of the case, at the same minute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DECIDE, Joined, LazySentence, Sentence
from panah.people.cases import actions as cases
from panah.people.hotline.actions.pending_decisions import summary_of
from panah.people.hotline.models import Contact
from panah.people.hotline.queries.case_transfer import Say, Transfer, answer_lines, beginning_of

if TYPE_CHECKING:
    from panah.ground.work.models import DueItem
    from panah.people.cases.models import Case


# What the first look at the risk begins with, as it was heard; who is there stands in a field of its own.
RISKS = ("danger", "alone", "e_injured", "e_breathing", "e_children", "e_locked", "e_weapon", "e_life")


def note_danger(keys: Keyring, told: Transfer, case: Case, say: Say, at: datetime) -> None:
    """After a call in danger the risk is looked at within a day of it, beginning with what the operator heard."""
    danger = [(one, its) for one, its in told if summary_of(keys=keys, contact=one).danger]
    if not danger:
        return
    contact, found = max(danger, key=lambda one: one[0].started_at)
    paged = work_queries.own_alarm_of(contact.pk)
    lines: list[Sentence] = [
        LazySentence(_("Heard on the call of %(when)s, not assessed yet."), when=beginning_of(contact)),
        answer_lines(say, found.answers, RISKS),
        _("A colleague was called in: danger now.") if paged else "",
    ]
    cases.note_reported_danger(
        keys=keys,
        case=case,
        why=Joined("\n", lines),
        from_whom=str(found.answers.get("e_who", "")),
        heard_at=contact.started_at,
        heard_by=contact.taken_by_id,
        at=at,
    )
    keep_paging(keys=keys, contacts=[one for one, _its in told], case=case, at=at)


def pages_after(item: DueItem, *, at: datetime) -> timedelta | None:
    """How long after its time a thing pages in the case; what is late pages there at once, None where nothing pages."""
    if item.pages_at is None:
        return None
    return max(item.pages_at - item.due_at, timedelta(0)) if item.due_at > at else timedelta(0)


def keep_paging(*, keys: Keyring, contacts: Iterable[Contact], case: Case, at: datetime) -> None:
    """Make of what is undecided and pages a decision of the case; nobody has answered by making a case of it.

    What a colleague called for goes on too: the contact and the case are one alarm.
    """
    late = []
    for contact in contacts:
        found = work_queries.items_of(contact.pk, purpose=DECIDE)
        if any(item.pages_at for item in found):
            late += found
            work.cancel_for(subject=contact.pk, purpose=DECIDE, at=at)
    if late:
        soonest = min(late, key=lambda item: item.pages_at or item.due_at)
        cases.decide_what_follows(
            case=case,
            keys=keys,
            due_at=soonest.due_at,
            pages_after=pages_after(soonest, at=at) or timedelta(0),
            at=at,
        )
