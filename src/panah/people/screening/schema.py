"""What a screening is made of: answers, indicators, dimensions, profiles. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

type Words = Mapping[str, str]
"""One sentence in several languages: {"en": "…", "ru": "…"}."""


class Answer(StrEnum):
    """Four answers, always kept apart: unknown is not no, and not asked is not unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_ASKED = "none"

    @property
    def was_asked(self) -> bool:
        return self is not Answer.NOT_ASKED

    @property
    def is_open(self) -> bool:
        """Whether knowing more could still turn this into a yes."""
        return self in (Answer.UNKNOWN, Answer.NOT_ASKED)


class Weight(StrEnum):
    STRONG = "S"
    MEDIUM = "M"
    WEAK = "W"


class DimensionRole(StrEnum):
    """What a dimension stands for in the rules. The first six are those of the 2009 indicators."""

    DECEPTION = "deception"
    COERCED_RECRUITMENT = "coerced_recruitment"
    VULNERABILITY_AT_RECRUITMENT = "vulnerability_at_recruitment"
    EXPLOITATION = "exploitation"
    COERCION = "coercion"
    VULNERABILITY_AT_DESTINATION = "vulnerability_at_destination"
    ACT = "act"
    MEANS = "means"
    PURPOSE = "purpose"
    SIGNS = "signs"
    PROMPTS = "prompts"


SIX_PARTS = (
    DimensionRole.DECEPTION,
    DimensionRole.COERCED_RECRUITMENT,
    DimensionRole.VULNERABILITY_AT_RECRUITMENT,
    DimensionRole.EXPLOITATION,
    DimensionRole.COERCION,
    DimensionRole.VULNERABILITY_AT_DESTINATION,
)


class Depth(StrEnum):
    """How far a screening goes: what a volunteer sees, an operator hears, a caseworker asks."""

    SIGNS = "signs"
    PROMPTS = "prompts"
    FULL = "full"


class Rule(StrEnum):
    """How answers are weighed. LIST weighs nothing: what was seen is listed and that is all."""

    ADULT = "adult"
    CHILD = "child"
    LIST = "list"


class AgeScope(StrEnum):
    ADULT = "adult"
    CHILD = "child"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that may have happened.

    The same code in two profiles is the same observation: its answer counts in both.
    """

    code: str
    label: Words
    weight: Weight | None = None
    say: Words | None = None
    fills: tuple[str, ...] = ()
    """Codes of the full sets that have the same answer as this prompt."""
    points_to: tuple[str, ...] = ()
    """Codes worth asking about when this one is yes or unknown; they are not answered by it."""
    ref: str = ""
    """Place in the list that the profile follows, for whoever checks it against the original."""


@dataclass(frozen=True, slots=True)
class Dimension:
    code: str
    part: DimensionRole
    label: Words
    indicators: tuple[Indicator, ...]
    hint: Words | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """One set of questions, as a file describes it."""

    code: str
    version: str
    depth: Depth
    rule: Rule
    about: AgeScope
    label: Words
    provenance: Words
    verified_against_primary: bool
    dimensions: tuple[Dimension, ...]
    act: Indicator | None = None
    """Only with the child rule: did somebody recruit, bring, house or receive the child."""
    htcds: tuple[str, ...] = ()
    """Values of vic_TypeOfExploitation for which this set is suggested."""
    by_society: bool = False

    @property
    def is_weighted(self) -> bool:
        return self.rule is not Rule.LIST

    def indicators(self) -> Iterator[Indicator]:
        """Every weighed or listed indicator, in the order of the file, without the act."""
        for dimension in self.dimensions:
            yield from dimension.indicators

    def questions(self) -> Iterator[Indicator]:
        """Everything that can be answered in this set, the act included."""
        yield from self.indicators()
        if self.act is not None:
            yield self.act

    def dimension(self, code: str) -> Dimension | None:
        return next((d for d in self.dimensions if d.code == code), None)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One conversation, with what was answered in it. `at` is an aware datetime."""

    id: str
    at: datetime
    profile: str
    version: str
    depth: Depth
    answers: Mapping[str, Answer] = field(default_factory=dict)
    by: str = ""
    """Id of the staff member who held it."""
    finished_at: datetime | None = None


def said_in(words: Words, language: str) -> str:
    """The sentence in that language, else its base language, else English."""
    return words.get(language) or words.get(language.split("-")[0]) or words["en"]
