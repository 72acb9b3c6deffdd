"""One dimension: when it is positive, and what is still open in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from panah.people.screening.rules.meetings import Answers, answer_to
from panah.people.screening.schema import Answer, Dimension, DimensionRole, Weight


class PositiveBranch(StrEnum):
    """The four ways in which a dimension becomes positive."""

    TWO_STRONG = "two_strong"
    STRONG_AND_OTHER = "strong_and_other"
    THREE_MEDIUM = "three_medium"
    TWO_MEDIUM_AND_WEAK = "two_medium_and_weak"


def branches(*, strong: int, medium: int, weak: int) -> tuple[PositiveBranch, ...]:
    """Return each of the four ways that this many yes answers of each weight satisfy."""
    met = {
        PositiveBranch.TWO_STRONG: strong >= 2,
        PositiveBranch.STRONG_AND_OTHER: strong >= 1 and medium + weak >= 1,
        PositiveBranch.THREE_MEDIUM: medium >= 3,
        PositiveBranch.TWO_MEDIUM_AND_WEAK: medium >= 2 and weak >= 1,
    }
    return tuple(branch for branch, holds in met.items() if holds)


class DimensionState(StrEnum):
    POSITIVE = "positive"
    OPEN = "open"
    """Not positive, but what is unknown or was not asked could still make it so."""
    NOT_POSITIVE = "not_positive"
    """Not positive, whatever the answers to the open questions turn out to be."""
    LISTED = "listed"
    """Without weights: what was seen is listed, nothing is concluded."""


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """What the answers say about one dimension. All tuples hold indicator codes."""

    code: str
    part: DimensionRole
    state: DimensionState
    branches: tuple[PositiveBranch, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    not_asked: tuple[str, ...]

    @property
    def positive(self) -> bool:
        return self.state is DimensionState.POSITIVE

    @property
    def answered(self) -> int:
        return len(self.yes) + len(self.no) + len(self.unknown)


def weigh_dimension(dimension: Dimension, answers: Answers) -> DimensionResult:
    """Apply the dimension rule to the yes answers; the rest is reported, never counted."""
    given = {a: _codes_with(dimension, answers, a) for a in Answer}
    met = _met(dimension, {Answer.YES}, answers)
    if any(i.weight is None for i in dimension.indicators):
        state, met = DimensionState.LISTED, ()
    elif met:
        state = DimensionState.POSITIVE
    elif _met(dimension, {Answer.YES, Answer.UNKNOWN, Answer.NOT_ASKED}, answers):
        state = DimensionState.OPEN
    else:
        state = DimensionState.NOT_POSITIVE
    return DimensionResult(
        code=dimension.code,
        part=dimension.part,
        state=state,
        branches=met,
        yes=given[Answer.YES],
        no=given[Answer.NO],
        unknown=given[Answer.UNKNOWN],
        not_asked=given[Answer.NOT_ASKED],
    )


def _codes_with(dimension: Dimension, answers: Answers, wanted: Answer) -> tuple[str, ...]:
    return tuple(i.code for i in dimension.indicators if answer_to(answers, i.code) is wanted)


def _met(dimension: Dimension, counted: set[Answer], answers: Answers) -> tuple[PositiveBranch, ...]:
    n = Counter(i.weight for i in dimension.indicators if answer_to(answers, i.code) in counted)
    return branches(strong=n[Weight.STRONG], medium=n[Weight.MEDIUM], weak=n[Weight.WEAK])
