"""What holders were asked about a pair, in the file of each, and what came of it: never in two files at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.foundation import tenancy
from panah.ground.vault import actions as vault
from panah.ground.vault import later, waiting_parts
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.reading_parts import DecryptedPart
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.people.finding.actions.pair_register import PairNow
from panah.people.finding.models import PairRegister
from panah.people.finding.words import DOUBLE, DOUBLE_OUTCOME, PairOutcome

if TYPE_CHECKING:
    from panah.people.cases.models import Case

# Purposes of due items: the holder of a case answers; the focal points go on with what was answered.
ASKED, ANSWERED = "known_double", "pairs"
# What the node does later, by its name in ``vault.later``: it takes off the list what is not asked any more.
END_ASKED = "asked no more"


@dataclass(frozen=True)
class LaidPair:
    """What a holder is asked about her case and another one, with her answer; ``outcome``: what came of it, or ""."""

    part: DecryptedPart
    outcome: str


def laid_pairs(*, keys: Keyring | None, case: Case) -> list[LaidPair]:
    """Return what was asked about a case and other ones, oldest first."""
    parts = waiting_parts.read_all(keys=keys, file=case.file_id, part=DOUBLE)
    told = {one.value["ref"]: one for one in _outcomes(keys, case)}
    return [LaidPair(part, _outcome(part, told.get(str(part.ref)))) for part in parts]


def _outcomes(keys: Keyring | None, case: Case) -> list[DecryptedPart]:
    return waiting_parts.read_all(keys=keys, file=case.file_id, part=DOUBLE_OUTCOME)


def _outcome(part: DecryptedPart, told: DecryptedPart | None) -> str:
    """The later word counts: that in the part itself, or one that came some hours later."""
    own = str(part.value.get("outcome", ""))
    return own if told is None or (own and part.at >= told.at) else str(told.value["outcome"])


def laid_before(*, keys: Keyring | None, case: Case) -> list[DecryptedPart]:
    """Return what is asked about a case and another one, answered or not, of which nothing came yet."""
    return [pair.part for pair in laid_pairs(keys=keys, case=case) if not pair.outcome]


def part_of(keys: Keyring, case: Case, ref: UUID) -> DecryptedPart | None:
    parts = waiting_parts.read_all(keys=keys, file=case.file_id, part=DOUBLE)
    return next((part for part in parts if part.ref == ref), None)


def tell(keys: Keyring, now: PairNow, outcome: PairOutcome, at_once: Case, at: datetime) -> None:
    """Tell those who were asked what came of it, and take it off their lists.

    It is sealed in the file of ``at_once`` now and in the other one some hours later: no transaction writes in both,
    and what waits, which is read at once, is not taken back with this transaction: nothing may refuse after it.
    """
    for number, ref in now.pair.asked.items():
        case = now.cases[number]
        part = part_of(keys, case, UUID(ref))
        if part is None:
            continue
        if case != at_once:
            value = {"ref": ref, "outcome": outcome.value}
            waiting_parts.add(keys=keys, file=case.file_id, part=DOUBLE_OUTCOME, value=value, at=at)
            _end_later(keys, case, at)
            continue
        value = {**part.value, "outcome": outcome.value}
        vault.write(keys=keys, file=case.file_id, part=DOUBLE, value=value, at=at, ref=part.ref)
        if not laid_before(keys=keys, case=case):
            work.complete_for(subject=case.pk, purpose=ASKED, by=keys.staff, at=at, by_day=True)
    work.complete_for(subject=register_of(keys), purpose=ANSWERED, by=keys.staff, at=at, by_day=True)


def take_out(keys: Keyring, now: PairNow, at: datetime) -> None:
    """The other case is erased: what its holder was asked leaves her file and her list, some hours later."""
    for number, ref in now.pair.asked.items():
        case = now.cases[number]
        told = [one.ref for one in _outcomes(keys, case) if one.value["ref"] == ref]
        waiting_parts.take_away(keys=keys, file=case.file_id, part=DOUBLE, ref=UUID(ref), at=at)
        for one in told:
            waiting_parts.take_away(keys=keys, file=case.file_id, part=DOUBLE_OUTCOME, ref=one, at=at)
        _end_later(keys, case, at)
    work.complete_for(subject=register_of(keys), purpose=ANSWERED, by=keys.staff, at=at, by_day=True)


def _end_later(keys: Keyring, case: Case, at: datetime) -> None:
    """What was due of a case is not asked any more: its page says so, and the node takes it off the list."""
    items = [] if laid_before(keys=keys, case=case) else work_queries.items_of(case.pk, purpose=ASKED)
    values = [{"case": str(case.pk), "item": str(item.pk)} for item in items]
    later.add(society=case.society_id, what=END_ASKED, values=values, at=at)


def end_asked(*, at: datetime) -> int:
    """Take off the lists what is not asked any more and whose time has come; returns how much. Needs no key."""
    society = tenancy.current_tenant()
    due = later.due(society=society, what=END_ASKED, at=at) if society else []
    for one in due:
        case = UUID(one.value["case"])
        # Where something else was asked meanwhile, its answer ends both.
        if [str(item.pk) for item in work_queries.items_of(case, purpose=ASKED)] == [one.value["item"]]:
            work.cancel_for(subject=case, purpose=ASKED, at=at, by_day=True)
    if society:
        later.settle(society=society, done=[one.id for one in due])
    return len(due)


def register_of(keys: Keyring) -> UUID:
    return PairRegister.objects.get(society=keys.staff.society_id).pk
