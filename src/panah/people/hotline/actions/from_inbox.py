"""A contact of what arrived sealed: it came without a call, and waits on a line for whoever answers it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Joined, LazySentence, Urgency, kept_text
from panah.people.hotline import events, words
from panah.people.hotline.actions.call_outcomes import plan_call_back
from panah.people.hotline.actions.calls import record_past_contact
from panah.people.hotline.actions.drafts import CallDraft, save_typed
from panah.people.hotline.actions.pending_decisions import is_undecided, on_contact
from panah.people.hotline.models import Contact, Line
from panah.people.hotline.queries import lines_of
from panah.people.hotline.rules import safe_from, wants_call_back
from panah.people.hotline.words.parts import ARRIVED, NOTE
from panah.people.inbox.actions import CheckedContent, Converted

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

GO_ON_WITHIN = {
    Urgency.NOW: timedelta(minutes=15),
    Urgency.TODAY: timedelta(hours=4),
    Urgency.WEEK: timedelta(days=2),
    Urgency.LATER: timedelta(days=7),
}

GO_ON = DueType("hotline", ARRIVED, DueKind.ANSWER)


@transaction.atomic
def take_arrival(
    *, keys: Keyring, line: Line, came_at: datetime, typed: CallDraft, by: Staff, at: datetime
) -> Contact:
    """Make a contact of what came sealed, with what it said; it is put on the line's list.

    Where it tells of danger, somebody decides what happens next: whoever took it, and all who answer the line.
    """
    contact = record_past_contact(
        keys=keys, line=line, channel=words.Channel.SEALED, began_at=came_at, by=by, at=at
    )
    audit.record(event=events.CAME_SEALED, by=by, at=at, about=contact.file_id)
    save_typed(keys=keys, contact=contact, typed=typed, by=by, at=at)
    if wants_call_back(typed.answers):
        # Due at once or when it is safe next, and where nobody may ring it says so: it ends on its own page alone.
        stop = str(typed.answers.get("back_stop", ""))
        safe = safe_from(str(typed.answers.get("back_hours", "")), now=timezone.localtime(at))
        plan_call_back(keys=keys, contact=contact, due_at=safe or at, by=by, at=at, stop=stop)
        return contact
    if is_undecided(contact):
        return contact
    work.due(GO_ON, on_contact(contact), due_at=at + GO_ON_WITHIN[Urgency(contact.urgency)], at=at)
    return contact


def lines_answered(staff: Staff) -> list[tuple[str, str]]:
    """The lines she answers: a contact is sealed to one of them."""
    return [(str(one.pk), str(one)) for one in lines_of(staff) if one.ended_at is None]


def contact_from_arrival(
    *, keys: Keyring, typed: CheckedContent, choice: str, by: Staff, at: datetime
) -> Converted:
    """Make a contact of a line with what came; it is due on that line."""
    line = next(one for one in lines_of(by) if str(one.pk) == choice)
    made = take_arrival(
        keys=keys,
        line=line,
        came_at=typed.came_at,
        typed=CallDraft(
            answers={
                "language": typed.language,
                "urgency": typed.urgency,
                **({"country": typed.country} if typed.country else {}),
                **({"age_band": typed.age_group} if typed.age_group in ("adult", "child") else {}),
                **_call_back(typed.call_back),
            },
            identity={"called": next(iter(typed.names), ""), "phone": next(iter(typed.phones), "")},
        ),
        by=by,
        at=at,
    )
    # No colleague typed it: it is nobody's own note, and each reader has it in her own language.
    if came := _note(typed):
        vault.add(keys=keys, file=made.file_id, part=NOTE, value={"text": kept_text(came)}, at=at)
    return Converted("hotline", made.pk, reverse("hotline:contact", args=[made.number]), made.file_id)


def _call_back(said: Mapping[str, str]) -> dict[str, object]:
    """The answers of somebody who left a number at the door: nobody rings unless she said that it is safe."""
    if not said:
        return {}
    may = "yes" if said["ring"] == "yes" else "no"
    return {
        "ends": ["call_back"],
        "safe_back": may,
        "back_hours": said["hours"],
        # What she was told at the door where she wrote nothing.
        "cover_story": said["other"] or str(_("It was a wrong number.")),
        "back_stop": said["until"],
    }


def _note(typed: CheckedContent) -> Joined:
    # A contact has one name and one number: the others stand in the note.
    names = [LazySentence(_("Further name: %(text)s"), text=text) for text in typed.names[1:]]
    phones = [LazySentence(_("Further telephone: %(text)s"), text=text) for text in typed.phones[1:]]
    return Joined("\n", [typed.note, *names, *phones])
