"""Deadlines that run for a person, follow-ups, and what life is like afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import LazySentence, Sentence, Until, Urgency, kept_text, text_again
from panah.people.cases import events, rules
from panah.people.cases.actions.case_record import journal, must_be_open
from panah.people.cases.actions.due_items import complete_item, item_of, move_item, on_case
from panah.people.cases.models import Case
from panah.people.cases.words import CasePart, CaseState
from panah.people.cases.words.due_types import DEADLINE, FOLLOW_UP
from panah.people.cases.words.terms import (
    CLAIMS,
    DAYS_AFTER,
    ClockEnd,
    ClockKind,
    FollowUpReached,
    FollowUpTime,
    Passed,
)


def _kept(keys: Keyring, case: Case, part: str, ref: UUID) -> dict[str, Any]:
    found = vault_queries.read(keys=keys, file=case.file_id, part=part, ref=ref)
    if found is None:
        raise Refusal(_("This is no longer here."), next_step=_("Open the case again."), code="gone")
    return found.value


@transaction.atomic
def set_clock(
    *,
    keys: Keyring,
    case: Case,
    kind: str,
    due_at: datetime,
    at: datetime,
    what: Sentence = "",
    ref: UUID | None = None,
    since: datetime | None = None,
    about: int | None = None,
    warned: bool = False,
) -> UUID:
    """Seal a deadline that ends at ``due_at``; the list says *deadline* and when, which one it is stays sealed.

    It comes due before its end (``rules.CLOCKS``), unless something else warns (``warned``). ``since``: when it began
    to run; ``about``: so many hours ago, as the person said, so that ``since`` is the earliest that this may mean.
    ``ref`` changes an existing one.
    """
    must_be_open(case)
    value: dict[str, object] = {
        "kind": ClockKind(kind).value,
        "what": kept_text(what),
        "due_at": due_at.isoformat(),
    }
    value |= {"since": since.isoformat()} if since else {}
    value |= {"about": about} if about is not None else {}
    if ref is not None:
        old = _kept(keys, case, CasePart.CLOCK, ref)
        value = {name: one for name, one in old.items() if name not in ("since", "about")} | value
    value["item"] = _put_clock(keys, case, value, due_at, at) if warned else _clock_due(keys, case, value, at)
    if ref is not None:
        vault.write(keys=keys, file=case.file_id, part=CasePart.CLOCK, value=value, at=at, ref=ref)
    else:
        ref = vault.add(keys=keys, file=case.file_id, part=CasePart.CLOCK, value=value, at=at)
    journal(events.CLOCK_SET, keys=keys, case=case, at=at)
    return ref


def _clock_due(keys: Keyring, case: Case, clock: Mapping[str, Any], at: datetime) -> str:
    end = datetime.fromisoformat(clock["due_at"])
    return _put_clock(keys, case, clock, rules.clock_due(clock["kind"], end=end, at=at), at)


def _put_clock(keys: Keyring, case: Case, clock: Mapping[str, Any], due_at: datetime, at: datetime) -> str:
    """Put a deadline on the list, or move it there, for when somebody must see to it; returns the item's id."""
    end = datetime.fromisoformat(clock["due_at"])
    urgency = _urgency(case, clock["kind"], end, due_at)
    there = item_of(case, clock.get("item"))
    if there is not None:
        move_item(case=case, item=str(there.pk), due_at=due_at, by=keys.staff, at=at, urgency=urgency)
        work.update_sentence(keys=keys, item=there, sentence=_clock_sentence(clock, end), at=at)
        return str(there.pk)
    item = work.due(
        DEADLINE,
        on_case(case),
        keys=keys,
        at=at,
        due_at=due_at,
        sentence=_clock_sentence(clock, end),
        urgency=urgency,
    )
    return str(item.pk)


def _clock_sentence(clock: Mapping[str, Any], end: datetime) -> Sentence:
    label = ClockKind(clock["kind"]).label
    sentence = LazySentence(_("Deadline: %(kind)s"), kind=label)
    if clock.get("what"):
        sentence = LazySentence(_("Deadline: %(kind)s, %(what)s"), kind=label, what=text_again(clock["what"]))
    return Until(sentence, end, closes=rules.CLOCKS[clock["kind"]].passed == Passed.MISSED)


def _urgency(case: Case, kind: str, end: datetime, due_at: datetime) -> str:
    """A deadline makes what is due more urgent than its case is, never less."""
    return min(case.urgency, rules.clock_urgency(kind, end=end, at=due_at), key=Urgency.values.index)


@transaction.atomic
def see_to_clock(*, keys: Keyring, case: Case, ref: UUID, at: datetime) -> datetime:
    """Somebody saw to a deadline that still runs; returns when it comes due again."""
    must_be_open(case)
    clock = _kept(keys, case, CasePart.CLOCK, ref)
    end = datetime.fromisoformat(clock["due_at"])
    again = None if clock.get("ended") else rules.clock_due_again(clock["kind"], end=end, at=at)
    if again is None:
        raise Refusal(
            _("This deadline does not run any more."),
            next_step=_("Write down how it ended."),
            code="deadline-over",
        )
    value = {**clock, "item": _put_clock(keys, case, clock, again, at)}
    vault.write(keys=keys, file=case.file_id, part=CasePart.CLOCK, value=value, at=at, ref=ref)
    journal(events.CLOCK_SET, keys=keys, case=case, at=at)
    return again


def restore_dates(*, keys: Keyring, case: Case, at: datetime) -> None:
    """When a case is open again: what still runs and what was still to be asked comes back on the list."""
    for part, ended, put in (
        (CasePart.CLOCK, "ended", _clock_due),
        (CasePart.FOLLOW_UP, "done_at", _follow_up_due),
    ):
        for one in vault_queries.read_all(keys=keys, file=case.file_id, part=part):
            if not one.value.get(ended):
                value = {**one.value, "item": put(keys, case, one.value, at)}
                vault.write(keys=keys, file=case.file_id, part=part, value=value, at=at, ref=one.ref)


@transaction.atomic
def end_clock(*, keys: Keyring, case: Case, ref: UUID, how: str, at: datetime, remark: str = "") -> None:
    """A deadline was kept, missed or is not needed any more."""
    must_be_open(case)
    old = _kept(keys, case, CasePart.CLOCK, ref)
    value = {**old, "ended": ClockEnd(how).value, "ended_at": at.isoformat(), "remark": remark}
    vault.write(keys=keys, file=case.file_id, part=CasePart.CLOCK, value=value, at=at, ref=ref)
    complete_item(case=case, item=old.get("item"), by=keys.staff, at=at)
    journal(events.CLOCK_ENDED, keys=keys, case=case, at=at)


def claim_is_open(keys: Keyring, case: Case) -> bool:
    """Whether a court case, claim or limitation period still runs: then nothing is erased."""
    clocks = vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.CLOCK)
    return any(c.value["kind"] in CLAIMS and not c.value.get("ended") for c in clocks)


@transaction.atomic
def begin_follow_up(*, keys: Keyring, case: Case, at: datetime) -> Case:
    """From here on the person is asked now and then: after a week, one, three, six and twelve months."""
    must_be_open(case)
    rows = vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.FOLLOW_UP)
    # A case from another system may come in this state, with nothing planned.
    if case.state == CaseState.FOLLOW_UP and rows:
        return case
    case.state = CaseState.FOLLOW_UP
    case.save(update_fields=["state"])
    planned = {row.value["after"] for row in rows if not row.value.get("done_at")}
    days = {key.value: number for key, number in DAYS_AFTER.items() if key.value not in planned}
    for key, due_at in rules.follow_up_dates(began=at, days=days):
        _set(keys, case, key, due_at, at)
    journal(events.FOLLOW_UP_BEGUN, keys=keys, case=case, at=at)
    return case


def _set(keys: Keyring, case: Case, after: str, due_at: datetime, at: datetime) -> UUID:
    value = {"after": after, "due_at": due_at.isoformat()}
    value["item"] = _follow_up_due(keys, case, value, at)
    return vault.add(keys=keys, file=case.file_id, part=CasePart.FOLLOW_UP, value=value, at=at)


def _follow_up_due(keys: Keyring, case: Case, planned: Mapping[str, Any], at: datetime) -> str:
    item = work.due(
        FOLLOW_UP,
        on_case(case),
        keys=keys,
        at=at,
        due_at=datetime.fromisoformat(planned["due_at"]),
        sentence=_how_is_it(FollowUpTime(planned["after"])),
    )
    return str(item.pk)


def _how_is_it(after: FollowUpTime) -> Sentence:
    if after == FollowUpTime.EXTRA:
        return _("One more follow-up: how is it, by the person’s own measure?")
    return LazySentence(_("Follow-up %(after)s: how is it, by the person’s own measure?"), after=after.label)


@transaction.atomic
def set_follow_up(
    *, keys: Keyring, case: Case, due_at: datetime, at: datetime, ref: UUID | None = None
) -> UUID:
    """One more follow-up, or another day for one that is planned."""
    must_be_open(case)
    if ref is None:
        ref = _set(keys, case, FollowUpTime.EXTRA.value, due_at, at)
    else:
        old = _kept(keys, case, CasePart.FOLLOW_UP, ref)
        move_item(case=case, item=old.get("item"), due_at=due_at, by=keys.staff, at=at)
        vault.write(
            keys=keys,
            file=case.file_id,
            part=CasePart.FOLLOW_UP,
            value={**old, "due_at": due_at.isoformat()},
            at=at,
            ref=ref,
        )
    journal(events.FOLLOW_UP_SET, keys=keys, case=case, at=at)
    return ref


@transaction.atomic
def do_follow_up(
    *,
    keys: Keyring,
    case: Case,
    ref: UUID,
    reached: str,
    at: datetime,
    views: Mapping[str, str] | None = None,
    said: str = "",
    next_step: str = "",
) -> None:
    """Write down a follow-up: ``views`` is the person's own word by area (better, same, worse).

    When the person does not want to be asked any more, all further follow-ups come off the list.
    """
    must_be_open(case)
    old = _kept(keys, case, CasePart.FOLLOW_UP, ref)
    value = {
        **old,
        "done_at": at.isoformat(),
        "reached": FollowUpReached(reached).value,
        "views": dict(views or {}),
        "said": said,
        "next": next_step,
    }
    vault.write(keys=keys, file=case.file_id, part=CasePart.FOLLOW_UP, value=value, at=at, ref=ref)
    complete_item(case=case, item=old.get("item"), by=keys.staff, at=at)
    if reached == FollowUpReached.NOT_WANTED:
        _stop_asking(keys, case, at)
    journal(events.FOLLOW_UP_DONE, keys=keys, case=case, at=at)


def _stop_asking(keys: Keyring, case: Case, at: datetime) -> None:
    for planned in vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.FOLLOW_UP):
        if not planned.value.get("done_at"):
            vault.remove(keys=keys, file=case.file_id, part=CasePart.FOLLOW_UP, ref=planned.ref)
            complete_item(case=case, item=planned.value.get("item"), by=keys.staff, at=at)


@transaction.atomic
def write_reintegration(*, keys: Keyring, case: Case, plan: Mapping[str, object], at: datetime) -> None:
    """Seal what the person wants for later: ``{"areas": {area: {"now", "wish", "step"}}, "measure", "where"}``."""
    must_be_open(case)
    vault.write(keys=keys, file=case.file_id, part=CasePart.REINTEGRATION, value=plan, at=at)
    journal(events.LATER_WRITTEN, keys=keys, case=case, at=at)
