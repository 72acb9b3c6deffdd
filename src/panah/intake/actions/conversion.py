"""From what arrived to a contact or a case, without typing anything anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.cases.actions.from_inbox import case_from_arrival, may_hold_arrival
from panah.hotline.actions.from_inbox import contact_from_arrival, lines_answered
from panah.inbox import actions as inbox
from panah.inbox import queries as inbox_queries
from panah.inbox.actions import CheckedContent, Converted
from panah.inbox.words import field_words, kind_words, value_words
from panah.intake.words import pages_of
from panah.vault.keyring import Keyring
from panah.work.words import Joined, LazySentence, NameByLanguage, Sentence, in_each_language

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.inbox.models import Arrival
    from panah.inbox.rules import ArrivalPerson


@dataclass(frozen=True)
class Target:
    """A way on. ``choices(staff)``: to whom or where, (value, text); without any it is not offered.

    ``make(keys=, typed=, choice=, by=, at=) -> Converted`` writes it, in the transaction that settles the arrival.
    """

    name: str
    label: Any
    text: Any
    ask: Any
    choices: Callable[[Any], list[tuple[str, str]]]
    make: Callable[..., Converted]


TARGETS = (
    Target(
        name="case",
        label=_("Open a case"),
        text=_("Somebody goes on with this person over more than one step."),
        ask=_("Who holds the case?"),
        choices=may_hold_arrival,
        make=case_from_arrival,
    ),
    Target(
        name="contact",
        label=_("Make a contact of it"),
        text=_("A line goes on: to call back, to inform, to hand on. A contact can become a case later."),
        ask=_("Which line goes on with it?"),
        choices=lines_answered,
        make=contact_from_arrival,
    ),
)


def targets_of(arrival: Arrival, *, to: Staff) -> list[Target]:
    """Return the ways on that are open to a colleague; none for what belongs to a conversation: it has a case."""
    if inbox_queries.is_of_conversation(arrival) or not pages_of(arrival.kind).convertible:
        return []
    return [one for one in TARGETS if one.choices(to)]


def convert(
    *, keys: Keyring, arrival: Arrival, turn: Target, called: str, phone: str, choice: str, by: Staff, at: datetime,
    language: str = "", age_group: str = "unknown", urgency: str = "today", note: str = "",
) -> Converted:  # fmt: skip
    """Make a contact or a case of an open arrival and settle it, in one transaction.

    What the form holds stands before what came; further names and numbers, and everything else, go along as they came.
    """
    content = inbox.content_for_work(keys=keys, arrival=arrival, at=at)
    person = inbox.person_in(content)
    typed = CheckedContent(
        names=_first(called, person.names),
        phones=_first(phone, person.phones),
        language=language,
        age_group=age_group,
        urgency=urgency,
        note=_note(arrival, note, person),
        came_at=arrival.arrived_at,
        call_back=inbox.call_back_in(content),
    )
    with transaction.atomic():
        made = turn.make(keys=keys, typed=typed, choice=choice, by=by, at=at)
        inbox.settle(arrival=arrival, room=made.room, subject=made.subject, by=by, at=at)
    return made


def _first(typed: str, came: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys((typed, *came[1:])) if one)


def _note(arrival: Arrival, note: str, person: ArrivalPerson) -> Sentence:
    sender, source = arrival.sender, lambda: str(arrival.get_source_display())
    head = LazySentence(
        _("Arrived sealed: %(what)s, %(who)s, %(when)s"),
        what=in_each_language(lambda: kind_words(arrival.kind)),
        who=NameByLanguage(sender.name_in) if sender else in_each_language(source),
        when=timezone.localtime(arrival.arrived_at).strftime("%Y-%m-%d %H:%M"),
    )
    rest = [in_each_language(partial(_field_and_value, name, text)) for name, text in person.rest.items()]
    story = person.story if person.story and person.story not in note else ""
    return Joined("\n", [head, note, story, *rest])


def _field_and_value(name: str, text: str) -> str:
    return f"{field_words(name)}: {value_words(name, text)}"
