"""Somebody who is held: where, since when, until when by law; visits, lawyer, consul.

One sealed part holds it all, so that the list of who is held reads one part of each file.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.people.cases import events, rules
from panah.people.cases.actions.case_record import journal, must_be_open
from panah.people.cases.actions.dates import end_clock, set_clock
from panah.people.cases.actions.due_items import cancel_due, complete_item, item_of, move_item, on_case
from panah.people.cases.models import Case
from panah.people.cases.queries.detention import (
    DetentionValue,
    consul_may_be_told,
    earlier_of,
    ended,
    is_held,
)
from panah.people.cases.words import CasePart
from panah.people.cases.words.detention import ConsulWish, DetentionEnd, HeldUntil, VisitState
from panah.people.cases.words.due_types import ASK_FOR_VISIT, HOURS_END, NOT_HELD_THERE, VISIT_AGAIN
from panah.people.cases.words.terms import ClockEnd, ClockKind

ASK_FOR_A_VISIT_IN = timedelta(hours=24)


def _kept(keys: Keyring, case: Case) -> DetentionValue:
    return dict(vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.DETENTION))


def _held(keys: Keyring, case: Case) -> DetentionValue:
    must_be_open(case)
    kept = _kept(keys, case)
    if not is_held(kept):
        raise Refusal(
            _("Nothing says that the person is held."),
            next_step=_("Write first where the person is held."),
            code="not-held",
        )
    return kept


def _write(keys: Keyring, case: Case, value: DetentionValue, at: datetime) -> None:
    vault.write(keys=keys, file=case.file_id, part=CasePart.DETENTION, value=value, at=at)
    journal(events.DATES_WRITTEN, keys=keys, case=case, at=at)


@transaction.atomic
def write_detention(*, keys: Keyring, case: Case, held: DetentionValue, at: datetime) -> None:
    """Seal where the person is held. ``held["until"]`` (ISO, by law) puts two things on the list: before it, and then.

    An earlier detention that has ended stays beside it. Of one that has ended itself nothing comes on the list.
    """
    must_be_open(case)
    kept = _kept(keys, case)
    begins, earlier = not is_held(kept), [*earlier_of(kept), *held.get("earlier", [])]
    if begins:
        kept = {}
    about = ("kind", "place", "country", "since", "before", "until", "lawyer", "lawyer_who", "lawyer_on")
    value = {key: one for key, one in kept.items() if key not in about} | dict(held)
    if is_held(value):
        _set_hours(keys, case, value, kept.get("until"), at)
    if is_held(value) and begins:
        work.due(ASK_FOR_VISIT, on_case(case), keys=keys, at=at, due_at=at + ASK_FOR_A_VISIT_IN)
    _write(keys, case, value | ({"earlier": earlier} if earlier else {}), at)


def _set_hours(keys: Keyring, case: Case, value: DetentionValue, before: object, at: datetime) -> None:
    """Keep the clock and the warning before it with what the law says; without a time there is neither."""
    if not value.get("until"):
        _end_hours(keys, case, value, ClockEnd.NOT_NEEDED, at)
        return
    clock = _running_clock(keys, case, value)
    if clock is None and value["until"] == before:
        return  # somebody ended it on the page of dates, and nothing has changed since
    until = datetime.fromisoformat(value["until"])
    since = datetime.fromisoformat(value["since"]) if value.get("since") else at
    what = HeldUntil(value["before"]).label if value.get("before") else ""
    kind = ClockKind.DETENTION
    ref = set_clock(keys=keys, case=case, kind=kind, due_at=until, what=what, at=at, ref=clock, warned=True)
    value["clock"] = str(ref)
    warn_at = rules.detention_warning(since=since, until=until, at=at)
    if item_of(case, value.get("warn")) is not None:
        move_item(case=case, item=value["warn"], due_at=warn_at, by=keys.staff, at=at)
        return
    if value.get("warn") and value["until"] == before:
        return  # somebody saw to it
    item = work.due(HOURS_END, on_case(case), keys=keys, at=at, due_at=warn_at)
    value["warn"] = str(item.pk)


def _running_clock(keys: Keyring, case: Case, value: DetentionValue) -> UUID | None:
    ref = UUID(value["clock"]) if value.get("clock") else None
    found = ref and vault_queries.read(keys=keys, file=case.file_id, part=CasePart.CLOCK, ref=ref)
    return ref if found and not found.value.get("ended") else None


def _end_hours(keys: Keyring, case: Case, value: DetentionValue, how: ClockEnd, at: datetime) -> None:
    clock = _running_clock(keys, case, value)
    if clock is not None:
        end_clock(keys=keys, case=case, ref=clock, how=how, at=at)
    complete_item(case=case, item=value.pop("warn", None), by=keys.staff, at=at)
    value.pop("clock", None)


@transaction.atomic
def add_visit(
    *, keys: Keyring, case: Case, visit: DetentionValue, following: datetime | None, at: datetime
) -> None:
    """Write down a visit that was asked for, granted, refused or took place. ``following``: when to go or ask again."""
    kept = _held(keys, case)
    state = VisitState(visit["state"])
    if following is not None:
        work.due(VISIT_AGAIN, on_case(case), keys=keys, at=at, due_at=following)
    elif state == VisitState.TOOK_PLACE:
        cancel_due(case=case, purpose="visit", at=at)
    row = {**visit, "state": state.value, "written": at.isoformat()}
    row |= {"following": following.isoformat()} if following else {}
    _write(keys, case, {**kept, "visits": [*kept.get("visits", []), row]}, at)


@transaction.atomic
def write_consulate(
    *, keys: Keyring, case: Case, wish: str, at: datetime, told_on: date | None = None, remark: str = ""
) -> None:
    """Write whether the person wants the consul told, and when he was. He is never told without a written consent."""
    kept = _held(keys, case)
    # That he was told stays true, whatever the person wants since.
    was_told = kept.get("consul_told_on", "")
    known = told_on is not None and told_on.isoformat() == was_told and wish != ConsulWish.YES
    if (
        told_on is not None
        and not known
        and not (wish == ConsulWish.YES and consul_may_be_told(case, keys=keys, on=told_on, at=at))
    ):
        raise Refusal(
            _(
                "The consul is told only when the person agreed, after hearing the risk, and it is written down."
            ),
            next_step=_(
                "Ask for the consent first, with the consulate by name; then write when he was told."
            ),
            code="no-consent-for-consul",
        )
    value = {**kept, "consul": ConsulWish(wish).value, "consul_remark": remark}
    value["consul_told_on"] = told_on.isoformat() if told_on else was_told
    _write(keys, case, value, at)


@transaction.atomic
def end_detention(
    *, keys: Keyring, case: Case, how: str, ended_at: datetime, at: datetime, remark: str = ""
) -> None:
    """The person is no longer held there; what was due for it comes off the list. Moved: write the new place next."""
    value = _held(keys, case)
    until = value.get("until") or ""
    missed = bool(until) and datetime.fromisoformat(until) < ended_at
    _end_hours(keys, case, value, ClockEnd.MISSED if missed else ClockEnd.KEPT, at)
    cancel_due(case=case, purpose="visit", at=at)
    _write(keys, case, ended(value, how=how, ended_at=ended_at, remark=remark), at)
    if how in (DetentionEnd.MOVED, DetentionEnd.UNKNOWN, DetentionEnd.DEPORTED):
        work.due(NOT_HELD_THERE, on_case(case), keys=keys, at=at)
