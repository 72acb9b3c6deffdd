"""Cases of one society that may be one person's: shown to a focal point, asked of both holders, linked or joined.

No row says which cases are a pair. What was decided lies sealed to the search key; what a holder is asked and answers
lies in the file of her own case. The second holder is asked by hand once the first has answered: never two at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals.permissions import may_be_one, must_be_another
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.models import noon_of
from panah.ground.names.doubles import LikelyPair, compared, likely_pairs
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import search
from panah.ground.vault.actions import cards
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import KeyKind
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, LazySentence, Urgency
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.words import CasePart
from panah.people.finding import events, rules
from panah.people.finding.actions.local_search import count_look, must_not_be_on_a_call
from panah.people.finding.actions.pair_outcomes import (
    ANSWERED,
    ASKED,
    laid_before,
    part_of,
    register_of,
    take_out,
    tell,
)
from panah.people.finding.actions.pair_register import (
    Pair,
    PairNow,
    forget_pairs,
    keep_pair,
    kept_pairs,
    lock_pairs,
    must_hold,
    pair_of,
    pairs_now,
)
from panah.people.finding.models import PairRegister
from panah.people.finding.words import DOUBLE, PAIRS, ROOM, PairAnswer, PairOutcome, PairState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.names.find import NameCard
    from panah.people.cases.models import Case

ANSWER_WITHIN = timedelta(days=3)

IS_IT_ONE = DueType(ROOM, ASKED, DueKind.DECIDE, urgency=Urgency.WEEK)
PAIR_IS_ANSWERED = DueType(PAIRS, ANSWERED, DueKind.DECIDE, urgency=Urgency.WEEK)


def _answer_by(at: datetime) -> datetime:
    """Nine o'clock: the minute of a step would say to which other case's step it belongs."""
    return timezone.localtime(at + ANSWER_WITHIN).replace(hour=9, minute=0, second=0, microsecond=0)


# -- looking -----------------------------------------------------------------------------------


@transaction.atomic
def look_for_pairs(*, keys: Keyring, at: datetime) -> list[LikelyPair]:
    """Compare the cards of the society with each other; what was looked at before is left out, the most alike first."""
    must_hold(keys)
    count_look(keys, at)
    known = {pair.numbers for pair in kept_pairs(keys=keys)}
    there = set(cases_queries.visible(to=keys.staff).values_list("number", flat=True))
    found = [
        pair
        for pair in likely_pairs(_cards(keys, at))
        if rules.is_likely_double(pair.score, year_fits=pair.year_fits, tail_fits=pair.tail_fits)
        and frozenset((str(pair.one), str(pair.other))) not in known
        and {pair.one, pair.other} <= there
    ]
    audit.record(event=events.PAIRS_LOOKED, by=keys.staff, at=at, facts={"matches": len(found)})
    found.sort(key=lambda one: (one.tail_fits is True, one.score), reverse=True)
    return found[: rules.MOST_PAIRS]


def _cards(keys: Keyring, at: datetime) -> Sequence[NameCard]:
    if cards.wants_compacting(society=keys.staff.society_id, kind=cards.SEARCH):
        cards.compact(keys=keys, kind=cards.SEARCH)
    # What was opened since she last looked for a name is among them.
    return search.all_cards(keys=keys, at=at, fresh=True)


# -- asking the holders ------------------------------------------------------------------------


@transaction.atomic
def mark_two_people(*, keys: Keyring, numbers: frozenset[str], at: datetime) -> None:
    """Two people: the pair is not shown again, and nobody is asked any more."""
    lock_pairs(keys)
    now = pair_of(keys=keys, numbers=numbers)
    if now is not None and now.is_settled:
        raise _went_on()
    one, other = sorted(numbers)
    pair = now.pair if now is not None else Pair(one, other, PairState.APART)
    keep_pair(keys, replace(pair, state=PairState.APART), at)
    # By day, as what is told of it: the minute would lead to the file that is written with it.
    audit.record(event=events.PAIR_APART, by=keys.staff, at=noon_of(at))
    if now is not None:
        tell(keys, now, PairOutcome.APART, now.cases[now.pair.first], at)


@transaction.atomic
def ask_first(*, keys: Keyring, numbers: frozenset[str], at: datetime) -> None:
    """Ask whoever holds the newer of two cases whether the other one is the same person's."""
    lock_pairs(keys)
    if pair_of(keys=keys, numbers=numbers) is not None:
        raise _went_on()
    both = _both(keys, numbers)
    newer, older = sorted(both, key=lambda one: _begun(keys, one), reverse=True)
    likely = _likely(keys, newer, older, at)
    ref = _lay(keys, newer, older, likely, not_by=[], at=at)
    keep_pair(keys, Pair(newer.number, older.number, PairState.FIRST, {newer.number: str(ref)}), at)


@transaction.atomic
def ask_second(*, keys: Keyring, numbers: frozenset[str], at: datetime) -> None:
    """The first holder knows the person: ask whoever holds the other case, who must be another colleague."""
    now = _locked(keys, numbers, lambda one: one.pair.state == PairState.FIRST and one.first_knows)
    first, other = now.cases[now.pair.first], now.cases[now.pair.other]
    said = part_of(keys, first, UUID(now.pair.asked[first.number]))
    likely = _likely(keys, other, first, at)
    ref = _lay(keys, other, first, likely, not_by=[str(said.value["answered_by"])] if said else [], at=at)
    keep_pair(
        keys, replace(now.pair, state=PairState.SECOND, asked={**now.pair.asked, other.number: str(ref)}), at
    )
    work.complete_for(subject=register_of(keys), purpose=ANSWERED, by=keys.staff, at=at, by_day=True)


def _begun(keys: Keyring, case: Case) -> tuple[datetime, datetime, str]:
    """When a case was opened: the day stands in plain, the minute, of two cases of one day, in what is sealed."""
    opened_at: datetime = case.opened_at
    sealed = [
        one.at
        for part in (CasePart.IDENTITY, CasePart.NOTE)
        for one in vault_queries.read_all(keys=keys, file=case.file_id, part=part)
    ]
    return opened_at, min(sealed, default=opened_at), str(case.number)


def _both(keys: Keyring, numbers: frozenset[str]) -> list[Case]:
    found = list(cases_queries.visible(to=keys.staff).filter(number__in=numbers).select_related("owner"))
    if len(found) != 2:
        raise _went_on()
    return found


def _likely(keys: Keyring, one: Case, other: Case, at: datetime) -> LikelyPair:
    known = {card.ref: card for card in search.all_cards(keys=keys, at=at)}
    if not {one.number, other.number} <= known.keys():
        known = {card.ref: card for card in search.all_cards(keys=keys, at=at, fresh=True)}
    if not {one.number, other.number} <= known.keys():
        raise _went_on()
    return compared(known[one.number], known[other.number])


def _went_on() -> Refusal:
    return Refusal(
        _("This pair has changed since the page was made."),
        next_step=_("Open the page of likely doubles again."),
        code="pair-changed",
    )


def _lay(
    keys: Keyring, case: Case, other: Case, likely: LikelyPair, *, not_by: list[str], at: datetime
) -> UUID:
    # Why they are alike is said in words of both names: whoever holds this case reads none of the other person's.
    value = {
        "number": other.number, "year_fits": likely.year_fits, "tail_fits": likely.tail_fits, "not_by": not_by,
        "answer": "",
    }  # fmt: skip
    ref = vault.add(keys=keys, file=case.file_id, part=DOUBLE, value=value, at=at)
    work.due(
        IS_IT_ONE,
        cases.on_case(case),
        keys=keys,
        owner=_holder(keys, case, not_by),
        due_at=_answer_by(at),
        sentence=LazySentence(
            _("%(who)s asks whether another case is about this person: look and answer"), who=keys.staff.name
        ),
        at=at,
    )
    vault.record_by_day(event=events.PAIR_LAID, by=keys.staff, at=at, about=case.file_id)
    return ref


def _holder(keys: Keyring, case: Case, not_by: list[str]) -> Staff:
    """Whoever holds the case, or where that is the first one who answered, another focal point."""
    out = {UUID(one) for one in not_by}
    candidates = [
        *([case.owner] if case.owner else []),
        *with_permission(case.society_id, Permission.CASES_LEAD),
    ]
    for one in candidates:
        if one.pk not in out and not may_be_one(one, out):
            return one
    raise Refusal(
        _("Two colleagues say whether two cases are one person’s, and there is no second one for this case."),
        next_step=_("Hand one of the cases to another colleague first."),
        code="two-people",
    )


# -- answering ---------------------------------------------------------------------------------


@transaction.atomic
def answer(*, keys: Keyring, case: Case, ref: UUID, said: str, at: datetime) -> None:
    """Seal what a holder says about her case and another one; the focal points are told that somebody answered."""
    must_not_be_on_a_call(keys, at)
    part = next((one for one in laid_before(keys=keys, case=case) if one.ref == ref), None)
    if part is None or part.value.get("answer"):
        raise Refusal(
            _("Nothing is asked here any more."),
            next_step=_("Take it off your list."),
            code="over",
            status=410,
        )
    others = {UUID(one) for one in part.value["not_by"]}
    if keys.staff.pk in others:
        raise Refusal(
            _("You have answered for the other case: a second colleague answers for this one."),
            next_step=_("The other focal point can."),
            code="two-people",
        )
    must_be_another(keys.staff, others)
    value = {**part.value, "answer": PairAnswer(said).value, "answered_by": str(keys.staff.pk)}
    vault.write(keys=keys, file=case.file_id, part=DOUBLE, value=value, at=at, ref=ref)
    if all(one.value.get("answer") for one in laid_before(keys=keys, case=case)):
        work.complete_for(subject=case.pk, purpose=ASKED, by=keys.staff, at=at, by_day=True)
    work.due_for_focal_points(
        PAIR_IS_ANSWERED,
        DueSubject(case.society_id, PairRegister.objects.get(society=case.society_id).pk),
        due_at=_answer_by(at),
        at=at,
    )
    vault.record_by_day(event=events.PAIR_ANSWERED, by=keys.staff, at=at, about=case.file_id)


# -- what comes of it --------------------------------------------------------------------------


@transaction.atomic
def link_pair(*, keys: Keyring, numbers: frozenset[str], at: datetime) -> None:
    """Both holders know the person: link the cases as two episodes."""
    now = _agreed(keys, numbers)
    older, newer = sorted(now.cases.values(), key=lambda one: (one.opened_at, one.number))
    done = cases.link_episodes(keys=keys, case=older, other=newer, at=at)
    _settle(keys, now, PairState.LINKED, older, done, at)


@transaction.atomic
def join_pair(*, keys: Keyring, numbers: frozenset[str], goes_on: str, at: datetime) -> None:
    """Both holders say that one case is enough: ``goes_on`` is its number; the other file is closed and can be read."""
    now = _agreed(keys, numbers)
    if now.together != PairAnswer.SAME or goes_on not in now.cases:
        raise _went_on()
    into, second = now.cases[goes_on], now.cases[now.pair.beside(goes_on)]
    done = cases.join_file(keys=keys, case=second, into=into, at=at)
    _settle(keys, now, PairState.JOINED, second, done, at)


def _settle(
    keys: Keyring, now: PairNow, state: PairState, second: Case, done: cases.JoinedFiles, at: datetime
) -> None:
    keep_pair(keys, replace(now.pair, state=state, second=second.number, done=asdict(done)), at)
    # That file was written to just now, the other one was not.
    tell(keys, now, PairOutcome(state), second, at)


@transaction.atomic
def undo_pair(*, keys: Keyring, numbers: frozenset[str], reason: str, at: datetime) -> None:
    """Undo what came of a pair, for a reason that goes into the file that is open again; it counts as two people."""
    now = _locked(keys, numbers, lambda one: one.pair.state in (PairState.LINKED, PairState.JOINED))
    second, other = now.cases[now.pair.second], now.cases[now.pair.beside(now.pair.second)]
    joined = cases.JoinedFiles(**now.pair.done)
    cases.undo_joined_files(keys=keys, case=second, other=other, joined=joined, reason=reason, at=at)
    keep_pair(keys, replace(now.pair, state=PairState.APART, second="", done={}), at)
    tell(keys, now, PairOutcome.UNDONE, second, at)


def _agreed(keys: Keyring, numbers: frozenset[str]) -> PairNow:
    return _locked(keys, numbers, lambda one: bool(one.together) and not one.is_settled)


def _locked(keys: Keyring, numbers: frozenset[str], fits: Callable[[PairNow], bool]) -> PairNow:
    """Return a pair as it stands behind the lock, or refuse: another focal point has gone on with it."""
    lock_pairs(keys)
    now = pair_of(keys=keys, numbers=numbers)
    if now is None or not fits(now):
        raise _went_on()
    return now


@transaction.atomic
def forget_case(*, keys: Keyring, number: str, at: datetime) -> None:
    """A case is erased: nothing about it is asked any more, and the register forgets it, as far as it opens."""
    if not keys.holds(KeyKind.SEARCH):
        return
    lock_pairs(keys)
    for now in pairs_now(keys=keys):
        other = now.pair.beside(number)
        if number in now.pair.numbers and other in now.pair.asked:
            asked = replace(now.pair, asked={other: now.pair.asked[other]})
            take_out(keys, replace(now, pair=asked), at)
    forget_pairs(keys=keys, number=number)
