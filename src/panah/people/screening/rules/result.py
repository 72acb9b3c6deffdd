"""What a set of answers suggests, and what would help to know next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

from panah.people.screening.rules.combine import (
    PUBLISHED_ROWS,
    Conclusion,
    act_is_told,
    combine_adult,
    combine_child,
)
from panah.people.screening.rules.dimension import DimensionResult, DimensionState, branches, weigh_dimension
from panah.people.screening.rules.meetings import Answers, answer_to
from panah.people.screening.schema import Answer, DimensionRole, Indicator, Profile, Rule, Weight


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Knowing `yes_needed` of these codes could make the dimension positive (or show the act)."""

    dimension: str
    codes: tuple[str, ...]
    yes_needed: int
    changes_outcome: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a set of answers suggests. Never a legal finding, and help never depends on it."""

    profile: str
    version: str
    rule: Rule
    outcome: Conclusion
    settled: bool
    """No open question could change the outcome any more."""
    in_published_table: bool
    act: bool
    dimensions: tuple[DimensionResult, ...]
    would_help: tuple[Suggestion, ...]
    pointed_at: tuple[str, ...] = ()
    """Open codes that a sign or a prompt makes worth asking about."""
    is_legal_finding: bool = False
    help_depends_on_it: bool = False

    @property
    def positive(self) -> tuple[DimensionResult, ...]:
        return tuple(d for d in self.dimensions if d.positive)

    @property
    def answered(self) -> int:
        return sum(d.answered for d in self.dimensions)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(c for d in self.dimensions for c in d.unknown)

    @property
    def not_asked(self) -> tuple[str, ...]:
        return tuple(c for d in self.dimensions for c in d.not_asked)


def work_out(profile: Profile, answers: Answers, *, early: Iterable[Indicator] = ()) -> Result:
    """Say what the answers suggest by this profile.

    `early`: the signs and prompts that may have been answered before the full set; what they
    point to is offered as worth asking, never counted.
    """
    dimensions = tuple(weigh_dimension(d, answers) for d in profile.dimensions)
    act = act_is_told(profile, answers)
    outcome, settled = _outcome(profile, dimensions, act=act, answers=answers)
    return Result(
        profile=profile.code,
        version=profile.version,
        rule=profile.rule,
        outcome=outcome,
        settled=settled,
        in_published_table=outcome in PUBLISHED_ROWS,
        act=act,
        dimensions=dimensions,
        would_help=_would_help(profile, dimensions, answers, act=act),
        pointed_at=_pointed_at(profile, answers, early),
    )


def _combined(profile: Profile, positive: frozenset[DimensionRole], *, act: bool) -> Conclusion:
    if profile.rule is Rule.CHILD:
        return combine_child(positive, act=act)
    return combine_adult(positive) if profile.rule is Rule.ADULT else Conclusion.LISTED


def _parts(dimensions: Iterable[DimensionResult], *states: DimensionState) -> frozenset[DimensionRole]:
    return frozenset(d.part for d in dimensions if d.state in states)


def _act_could_be(profile: Profile, answers: Answers) -> bool:
    others = (d for d in profile.dimensions if d.part is not DimensionRole.EXPLOITATION)
    telling = [i for d in others for i in d.indicators] + ([profile.act] if profile.act else [])
    return any(answer_to(answers, i.code) is not Answer.NO for i in telling)


def _outcome(
    profile: Profile, dimensions: tuple[DimensionResult, ...], *, act: bool, answers: Answers
) -> tuple[Conclusion, bool]:
    """The outcome of what is positive now, and whether anything open could still change it."""
    now = _combined(profile, _parts(dimensions, DimensionState.POSITIVE), act=act)
    most = _combined(
        profile,
        _parts(dimensions, DimensionState.POSITIVE, DimensionState.OPEN),
        act=_act_could_be(profile, answers),
    )
    settled = now is most and profile.is_weighted
    if settled and now is Conclusion.NOTHING_YET:
        # Only when nothing is left open: silence about a question is never taken for a no.
        child = profile.rule is Rule.CHILD
        now = Conclusion.CHILD_NO_EXPLOITATION if child else Conclusion.SUCCESSFUL_MIGRANT
    return now, settled


def _would_help(
    profile: Profile, dimensions: tuple[DimensionResult, ...], answers: Answers, *, act: bool
) -> tuple[Suggestion, ...]:
    if not profile.is_weighted:
        return _nothing_seen_yet(dimensions)
    found = [
        Suggestion(
            dimension=d.code,
            codes=codes,
            yes_needed=needed,
            changes_outcome=_changes(profile, dimensions, d.part, act=act),
        )
        for d in dimensions
        if d.state is DimensionState.OPEN
        for needed, codes in [_nearest(profile, d)]
    ]
    if profile.act and not act and answer_to(answers, profile.act.code).is_open:
        changes = DimensionRole.EXPLOITATION in _parts(
            dimensions, DimensionState.POSITIVE, DimensionState.OPEN
        )
        found.append(Suggestion("", (profile.act.code,), 1, changes))
    return tuple(sorted(found, key=lambda s: (not s.changes_outcome, s.yes_needed)))


def _nearest(profile: Profile, result: DimensionResult) -> tuple[int, tuple[str, ...]]:
    """How many further yes answers would do at least, and which codes could be among them.

    Three always do, or the dimension would not be open.
    """
    dimension = profile.dimension(result.code)
    weights = {i.code: i.weight for i in dimension.indicators} if dimension else {}
    open_codes = (*result.unknown, *result.not_asked)
    have = Counter(weights[c] for c in result.yes)
    left = Counter(weights[c] for c in open_codes)
    tried = ((needed, _weights_that_do(needed, have, left)) for needed in (1, 2, 3))
    needed, usable = next(found for found in tried if found[1])
    return needed, tuple(c for c in weights if c in open_codes and weights[c] in usable)


def _weights_that_do(needed: int, have: Counter[Weight | None], left: Counter[Weight | None]) -> set[Weight]:
    """The weights that occur in some choice of `needed` further yes answers that is enough."""
    usable: set[Weight] = set()
    for strong, medium in product(range(needed + 1), repeat=2):
        more = {Weight.STRONG: strong, Weight.MEDIUM: medium, Weight.WEAK: needed - strong - medium}
        if all(0 <= n <= left[w] for w, n in more.items()) and branches(
            strong=have[Weight.STRONG] + strong,
            medium=have[Weight.MEDIUM] + medium,
            weak=have[Weight.WEAK] + more[Weight.WEAK],
        ):
            usable |= {w for w, n in more.items() if n}
    return usable


def _changes(
    profile: Profile, dimensions: tuple[DimensionResult, ...], part: DimensionRole, *, act: bool
) -> bool:
    """Whether this dimension, alone or with other open ones, would change the outcome."""
    positive = _parts(dimensions, DimensionState.POSITIVE)
    others = _parts(dimensions, DimensionState.OPEN) - {part}
    # A recruitment or control answer also tells the act.
    with_act = act or part is not DimensionRole.EXPLOITATION

    for n in range(len(others) + 1):
        for some in combinations(sorted(others), n):
            without = positive | set(some)
            if _combined(profile, without | {part}, act=with_act) is not _combined(profile, without, act=act):
                return True
    return False


def _nothing_seen_yet(dimensions: Iterable[DimensionResult]) -> tuple[Suggestion, ...]:
    """Without weights nothing turns positive; parts in which nothing was seen yet come first."""
    return tuple(
        Suggestion(d.code, (*d.unknown, *d.not_asked), 1, changes_outcome=False)
        for d in dimensions
        if not d.yes and (d.unknown or d.not_asked)
    )


def _pointed_at(profile: Profile, answers: Answers, early: Iterable[Indicator]) -> tuple[str, ...]:
    pointing: set[str] = set()
    for indicator in early:
        if answer_to(answers, indicator.code) in (Answer.YES, Answer.UNKNOWN):
            pointing.update(indicator.points_to)
            pointing.update(indicator.fills)
    return tuple(
        i.code for i in profile.questions() if i.code in pointing and answer_to(answers, i.code).is_open
    )
