"""What was decided about likely doubles: one list a society, sealed to its search key; with what holders answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.reading_parts import DecryptedPart
from panah.ground.vault.society_seals import open_with_society_key, seal_to_society_key
from panah.ground.vault.words import KeyKind
from panah.people.cases import queries as cases_queries
from panah.people.finding import rules
from panah.people.finding.models import PairRegister
from panah.people.finding.words import DOUBLE, PairAnswer, PairState

if TYPE_CHECKING:
    from panah.people.cases.models import Case

PAIRS = "pairs"


@dataclass(frozen=True)
class Pair:
    """What is kept of two cases, by their numbers, the one that is asked first in front.

    ``asked``: the ref of what was laid into the file of each that was asked; ``second``: the case that was closed or is
    no longer counted, with ``done`` of ``cases.JoinedFiles``.
    """

    first: str
    other: str
    state: str
    asked: dict[str, str] = field(default_factory=dict)
    by: str = ""
    on: str = ""
    second: str = ""
    done: dict[str, Any] = field(default_factory=dict)

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset((self.first, self.other))

    def beside(self, number: str) -> str:
        """The number of the other case."""
        return self.other if number == self.first else self.first


@dataclass(frozen=True)
class PairNow:
    """A pair with its two cases, and what each holder answered so far."""

    pair: Pair
    cases: dict[str, Case]
    answers: dict[str, str]

    @property
    def together(self) -> str:
        """What both holders say: ``same``, ``episode`` or ""."""
        return rules.said_same(self.answers.values())

    @property
    def first_knows(self) -> bool:
        return self.answers.get(self.pair.first) in (PairAnswer.SAME, PairAnswer.EPISODE)

    @property
    def is_settled(self) -> bool:
        return self.pair.state in (PairState.APART, PairState.LINKED, PairState.JOINED)


def must_hold(keys: Keyring) -> None:
    if not keys.holds(KeyKind.SEARCH):
        raise Refusal(
            _("You do not hold the search key: a focal point looks for doubles."),
            next_step=_("Ask a focal point to do it."),
            code="no-search-key",
            status=403,
        )


def lock_pairs(keys: Keyring) -> None:
    """Two focal points decide one after the other: what is read from here on is what will be written over."""
    must_hold(keys)
    row, _new = PairRegister.objects.get_or_create(society_id=keys.staff.society_id)
    PairRegister.objects.select_for_update().get(pk=row.pk)


def kept_pairs(*, keys: Keyring) -> list[Pair]:
    """Return the pairs that somebody has looked at, for those who hold the search key."""
    row = PairRegister.objects.filter(society=keys.staff.society_id).first()
    return [] if row is None else _read(keys, row)


def _read(keys: Keyring, row: PairRegister) -> list[Pair]:
    blob = vault.load_blob(kind=PAIRS, key=row.pk)
    if blob is None:
        return []
    plain = open_with_society_key(keys, KeyKind.SEARCH, blob, PAIRS, row.pk)
    if plain is None:
        raise Refusal(
            _("What was decided about doubles does not open with your keys."),
            next_step=_("Ask the other focal point to look here."),
            code="pairs-do-not-open",
        )
    return [Pair(**one) for one in json.loads(plain)]


def _change(keys: Keyring, change: Callable[[list[Pair]], list[Pair]]) -> None:
    """Read, change and seal the register again, one colleague after the other."""
    row, _new = PairRegister.objects.get_or_create(society_id=keys.staff.society_id)
    row = PairRegister.objects.select_for_update().get(pk=row.pk)
    changed = change(_read(keys, row))
    plain = json.dumps([asdict(one) for one in changed], ensure_ascii=False, separators=(",", ":")).encode()
    sealed = seal_to_society_key(keys, KeyKind.SEARCH, plain, PAIRS, row.pk)
    vault.store_blob(kind=PAIRS, key=row.pk, sealed=sealed, society=row.society_id)


def keep_pair(keys: Keyring, pair: Pair, at: datetime) -> None:
    now = replace(pair, by=str(keys.staff.pk), on=at.date().isoformat())
    _change(keys, lambda there: [*(one for one in there if one.numbers != pair.numbers), now])


def register_needed(society: UUID) -> Iterable[UUID]:
    """Return the ids of what must stay in the shred store, for the vault's sweeping."""
    return PairRegister.objects.filter(society=society).values_list("pk", flat=True)


def forget_pairs(*, keys: Keyring, number: str) -> None:
    """A case is erased: the register keeps its number no longer, as far as the eraser opens it."""
    if keys.holds(KeyKind.SEARCH) and any(number in pair.numbers for pair in kept_pairs(keys=keys)):
        _change(keys, lambda there: [one for one in there if number not in one.numbers])


def pairs_now(*, keys: Keyring) -> list[PairNow]:
    """Return what was decided about each pair, with what its holders have answered; those that wait first."""
    pairs = kept_pairs(keys=keys)
    numbers = {number for pair in pairs for number in pair.numbers}
    there = {
        one.number: one
        for one in cases_queries.visible(to=keys.staff).filter(number__in=numbers).select_related("owner")
    }
    wanted = [
        (there[number].file_id, UUID(ref))
        for pair in pairs
        for number, ref in pair.asked.items()
        if number in there
    ]
    said = vault_queries.read_refs(keys=keys, wanted=wanted, part=DOUBLE)
    found = [
        PairNow(pair, {number: there[number] for number in pair.numbers}, _answers(pair, said))
        for pair in pairs
        if pair.numbers <= set(there)
    ]
    return sorted(found, key=lambda one: (one.is_settled, one.pair.on))


def _answers(pair: Pair, said: dict[UUID, DecryptedPart]) -> dict[str, str]:
    given = {number: said[UUID(ref)].value for number, ref in pair.asked.items() if UUID(ref) in said}
    return {number: value["answer"] for number, value in given.items() if value.get("answer")}


def pair_of(*, keys: Keyring, numbers: frozenset[str]) -> PairNow | None:
    """Return one pair that was looked at."""
    return next((one for one in pairs_now(keys=keys) if one.pair.numbers == numbers), None)
