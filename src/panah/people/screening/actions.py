"""Writing screenings. Everything lies sealed in the file that the screening is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.work.told_parts import OF_ANOTHER
from panah.people.screening import events
from panah.people.screening.queries import PART, StoredMeeting, meeting, meetings
from panah.people.screening.rules import may_be_used
from panah.people.screening.schema import Answer, Profile

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring


class AnsweredElsewhere(Refusal):
    """A colleague answered the same questions in the meantime; nothing of hers is overwritten."""

    def __init__(self, codes: Mapping[str, Answer], version: int) -> None:
        super().__init__(
            _("A colleague answered here in the meantime."),
            next_step=_("Your answers are still here. Look at the marked ones, then save again."),
            code="answered-elsewhere",
        )
        self.codes = dict(codes)
        self.version = version


@transaction.atomic
def begin(
    *,
    keys: Keyring,
    file: UUID,
    profile: Profile,
    age: str,
    by: Staff,
    at: datetime,
    held_at: datetime,
    interpreter: str = "",
) -> UUID:
    """Begin a meeting with a set of questions and return its id.

    `held_at` is when it took place: now, or earlier when it is typed in from paper. `interpreter` is who interprets.
    """
    if not may_be_used(profile, age=age):
        raise Refusal(
            _("This set is for adults, and the person is not known to be one."),
            next_step=_("In doubt use a set for children. Correct the age in the case if it is known."),
            code="age-in-doubt",
        )
    if held_at > at:
        raise Refusal(
            _("This meeting has not taken place yet."),
            next_step=_("Write the day and time when it took place."),
            code="in-the-future",
        )
    ref = uuid4()
    value = _fresh(profile, by=by, at=at, held_at=held_at)
    if interpreter:
        value["interpreter"] = interpreter
    _write(keys, file, ref, value, at=at, based_on=0)
    audit.record(event=events.BEGUN, by=by, at=at, about=file)
    return ref


def _fresh(profile: Profile, *, by: Staff, at: datetime, held_at: datetime) -> dict[str, object]:
    return {
        "at": held_at.isoformat(),
        "typed_at": at.isoformat(),
        "by": str(by.pk),
        "profile": profile.code,
        "profile_version": profile.version,
        "depth": profile.depth.value,
        "answers": {},
        "changed": {},
    }


@transaction.atomic
def answer(
    *,
    keys: Keyring,
    file: UUID,
    meeting_id: UUID,
    profile: Profile,
    answers: Mapping[str, Answer],
    seen: int,
    by: Staff,
    at: datetime,
    draft: bool = False,
) -> int:
    """Write answers into an open meeting and return the new version of it.

    Only the questions named are touched. `seen` is the version the writer had before her; where a
    colleague answered one of them differently since, raises AnsweredElsewhere and changes nothing.
    The journal says once for each writer that she wrote in this meeting; who changed which answer
    last lies in the file. A draft (saved while she chooses) leaves it to the saving that follows.
    """
    held = _open_meeting(keys, file, meeting_id)
    known = {i.code for i in profile.questions()}
    answers = {code: a for code, a in answers.items() if code in known}
    _refuse_if_answered_elsewhere(held, answers, seen=seen, by=by)
    before = held.meeting.answers
    fresh = {c: a for c, a in answers.items() if before.get(c, Answer.NOT_ASKED) is not a}
    first = not draft and str(by.pk) not in held.writers
    if not fresh and not (first and _wrote_as_draft(held, by)):
        return held.version
    value = _value_of(held)
    for code, given in fresh.items():
        value["answers"][code] = given.value
        value["changed"][code] = [held.version + 1, str(by.pk)]
    if first:
        value["writers"].append(str(by.pk))
    version = _write(keys, file, meeting_id, value, at=at, based_on=held.version)
    if first:
        audit.record(event=events.ANSWERED, by=by, at=at, about=file)
    return version


def _wrote_as_draft(held: StoredMeeting, by: Staff) -> bool:
    return any(who == str(by.pk) for _version, who in (held.changed or {}).values())


def _refuse_if_answered_elsewhere(
    held: StoredMeeting, answers: Mapping[str, Answer], *, seen: int, by: Staff
) -> None:
    theirs = {}
    for code, given in answers.items():
        version, who = (held.changed or {}).get(code, (0, ""))
        there = held.meeting.answers.get(code, Answer.NOT_ASKED)
        if version > seen and who != str(by.pk) and there is not given:
            theirs[code] = there
    if theirs:
        raise AnsweredElsewhere(theirs, held.version)


@transaction.atomic
def end(*, keys: Keyring, file: UUID, meeting_id: UUID, by: Staff, at: datetime) -> bool:
    """End a meeting; its answers stay as they are. One without answers is taken out again.

    Returns whether it was kept.
    """
    held = _open_meeting(keys, file, meeting_id)
    kept = held.answered > 0
    if kept:
        value = {**_value_of(held), "finished_at": at.isoformat()}
        _write(keys, file, meeting_id, value, at=at, based_on=held.version)
    else:
        vault.remove(keys=keys, file=file, part=PART, ref=meeting_id)
    audit.record(event=events.ENDED, by=by, at=at, about=file)
    return kept


@transaction.atomic
def note_declined(*, keys: Keyring, file: UUID, profile: Profile, by: Staff, at: datetime) -> UUID:
    """Note that the person would rather not be asked. Nothing else changes, now or later."""
    ref = uuid4()
    value = {**_fresh(profile, by=by, at=at, held_at=at), "declined": True, "finished_at": at.isoformat()}
    _write(keys, file, ref, value, at=at, based_on=0)
    audit.record(event=events.ENDED, by=by, at=at, about=file)
    return ref


@transaction.atomic
def carry_over(
    *, keys: Keyring, source: UUID, target: UUID, by: Staff, at: datetime, of_another: bool = False
) -> int:
    """Take every meeting of one file over into another: a call that becomes a case. Returns how many.

    Both files must open with these keys. ``of_another``: somebody else answered, or may have.
    Done twice, it is the same as done once.
    """
    there = {h.id for h in meetings(keys=keys, file=target)}
    new = [h for h in meetings(keys=keys, file=source) if h.id not in there]
    for held in new:
        _write(keys, target, held.id, _value_of(replace(held, of_another=of_another)), at=at, based_on=0)
    if new:
        audit.record(event=events.CARRIED, by=by, at=at, about=target)
    return len(new)


@transaction.atomic
def note_printed(*, file: UUID, by: Staff, at: datetime) -> None:
    """Write in the journal that a screening was put on paper."""
    audit.record(event=events.PRINTED, by=by, at=at, about=file)


def _open_meeting(keys: Keyring, file: UUID, meeting_id: UUID) -> StoredMeeting:
    held = meeting(keys=keys, file=file, id=meeting_id)
    if held is None:
        raise Refusal(
            _("This meeting is not there any more."),
            next_step=_("Go back to the screening and begin another."),
            code="no-such-meeting",
        )
    if not held.is_open:
        raise Refusal(
            _("This meeting has ended; its answers stay as they were told."),
            next_step=_("Begin another meeting to add or correct something."),
            code="meeting-ended",
        )
    return held


def _value_of(held: StoredMeeting) -> dict[str, Any]:
    m = held.meeting
    return {
        "at": m.at.isoformat(),
        "typed_at": held.typed_at.isoformat() if held.typed_at else None,
        "by": m.by,
        "profile": m.profile,
        "profile_version": m.version,
        "depth": m.depth.value,
        "answers": {c: a.value for c, a in m.answers.items()},
        "changed": {c: [n, who] for c, (n, who) in (held.changed or {}).items()},
        "writers": [*held.writers],
        "declined": held.declined,
        "finished_at": m.finished_at.isoformat() if m.finished_at else None,
        "interpreter": held.interpreter,
        **({OF_ANOTHER: True} if held.of_another else {}),
    }


def _write(
    keys: Keyring, file: UUID, ref: UUID, value: Mapping[str, object], *, at: datetime, based_on: int
) -> int:
    return vault.write(keys=keys, file=file, part=PART, value=value, at=at, ref=ref, based_on=based_on)
