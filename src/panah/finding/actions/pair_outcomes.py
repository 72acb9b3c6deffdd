"""What holders were asked about a pair, in the file of each, and what came of it: never in two files at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.finding.actions.pair_register import PairNow
from panah.finding.models import PairRegister
from panah.finding.words import DOUBLE, DOUBLE_OUTCOME, PairOutcome
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.vault import waiting_parts
from panah.vault.keyring import Keyring
from panah.vault.parts import DecryptedPart
from panah.work import actions as work

if TYPE_CHECKING:
    from panah.cases.models import Case

# What is due: from the holder of a case, and from the focal points.
ASKED, ANSWERED = "known_double", "pairs"


@dataclass(frozen=True)
class LaidPair:
    """What a holder is asked about her case and another one, with her answer; ``outcome``: what came of it, or ""."""

    part: DecryptedPart
    outcome: str


def laid_pairs(*, keys: Keyring | None, case: Case) -> list[LaidPair]:
    """Return what was asked about a case and other ones, oldest first."""
    parts = vault_queries.read_all(keys=keys, file=case.file_id, part=DOUBLE)
    written = vault_queries.read_all(keys=keys, file=case.file_id, part=DOUBLE_OUTCOME)
    waiting = waiting_parts.read(keys=keys, file=case.file_id, part=DOUBLE_OUTCOME)
    told = {one.value["ref"]: one for one in sorted([*written, *waiting], key=lambda one: one.at)}
    return [
        LaidPair(one, _outcome(one, told.get(str(one.ref)))) for one in sorted(parts, key=lambda one: one.at)
    ]


def _outcome(part: DecryptedPart, told: DecryptedPart | None) -> str:
    """The later word counts: that in the part itself, or one that came some hours later."""
    own = str(part.value.get("outcome", ""))
    return own if told is None or (own and part.at >= told.at) else str(told.value["outcome"])


def laid_before(*, keys: Keyring | None, case: Case) -> list[DecryptedPart]:
    """Return what is asked about a case and another one, answered or not, of which nothing came yet."""
    return [one.part for one in laid_pairs(keys=keys, case=case) if not one.outcome]


def part_of(keys: Keyring, case: Case, ref: UUID) -> DecryptedPart | None:
    return vault_queries.read(keys=keys, file=case.file_id, part=DOUBLE, ref=ref)


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
        if case == at_once:
            value = {**part.value, "outcome": outcome.value}
            vault.write(keys=keys, file=case.file_id, part=DOUBLE, value=value, at=at, ref=part.ref)
        else:
            value = {"ref": ref, "outcome": outcome.value}
            waiting_parts.add(keys=keys, file=case.file_id, part=DOUBLE_OUTCOME, value=value, at=at)
        if not laid_before(keys=keys, case=case):
            work.complete_for(subject=case.pk, purpose=ASKED, by=keys.staff, at=at)
    work.complete_for(subject=register_of(keys), purpose=ANSWERED, by=keys.staff, at=at)


def take_out(keys: Keyring, now: PairNow, at: datetime) -> None:
    """The other case is erased: what its holder was asked leaves her file and her list."""
    for number, ref in now.pair.asked.items():
        case = now.cases[number]
        vault.remove(keys=keys, file=case.file_id, part=DOUBLE, ref=UUID(ref))
        _forget_outcomes(keys, case, ref)
        if not laid_before(keys=keys, case=case):
            work.complete_for(subject=case.pk, purpose=ASKED, by=keys.staff, at=at)
    work.complete_for(subject=register_of(keys), purpose=ANSWERED, by=keys.staff, at=at)


def _forget_outcomes(keys: Keyring, case: Case, ref: str) -> None:
    written = vault_queries.read_all(keys=keys, file=case.file_id, part=DOUBLE_OUTCOME)
    waiting = waiting_parts.read(keys=keys, file=case.file_id, part=DOUBLE_OUTCOME)
    for one in [*written, *waiting]:
        if one.value["ref"] == ref and not waiting_parts.drop(keys=keys, file=case.file_id, ref=one.ref):
            vault.remove(keys=keys, file=case.file_id, part=DOUBLE_OUTCOME, ref=one.ref)


def register_of(keys: Keyring) -> UUID:
    return PairRegister.objects.get(society=keys.staff.society_id).pk
