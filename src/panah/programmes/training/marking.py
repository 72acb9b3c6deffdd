"""Drawing the questions of a knowledge test and marking what was answered. Plain Python: no clock, no rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

DRAWN = 10
# Judgement of practice, to be checked by the society (check).
ENOUGH_RIGHT_PERCENT = 70
# Fewer answers than that say nothing about a question.
ENOUGH_ANSWERS = 5

type Choice = Collection[int]


def drawn[Key](banks: Sequence[Sequence[Key]], by: Random, *, most: int = DRAWN) -> list[Key]:
    """Draw questions evenly from the banks of a course's modules, in the order of the modules."""
    left = [by.sample(list(bank), len(bank)) for bank in banks]
    taken: list[list[Key]] = [[] for _ in left]
    while any(left) and sum(map(len, taken)) < most:
        for bank, chosen in zip(left, taken, strict=True):
            if bank and sum(map(len, taken)) < most:
                chosen.append(bank.pop())
    return [key for chosen in taken for key in chosen]


def number_right(answers: Sequence[Choice], right: Sequence[Choice]) -> int:
    """Count the questions whose right options were all chosen, and no wrong one."""
    return sum(bool(wanted) and set(one) == set(wanted) for one, wanted in zip(answers, right, strict=False))


def passed(right: int, *, of: int, enough: int) -> bool:
    """Say whether so many right answers are enough, in percent of the questions."""
    return of > 0 and right * 100 >= of * enough


def read_marks(text: str, *, options: Sequence[int]) -> list[list[int]] | None:
    """Read what a trainer typed off a sheet: the numbers of the options, question by question; None if it cannot be.

    "1 3 24 0": the first option, the third, the second and the fourth, no answer. Any sign parts the questions; where
    every question has one number, none is needed. ``options``: how many each question has.
    """
    said = re.findall(r"\d+", text)
    if len(said) == 1 and len(options) > 1 and len(said[0]) == len(options):
        said = list(said[0])
    if len(said) != len(options):
        return None
    found = []
    for marks, most in zip(said, options, strict=True):
        chosen = sorted({int(mark) for mark in marks} - {0})
        if chosen and chosen[-1] > most:
            return None
        found.append([mark - 1 for mark in chosen])
    return found


def as_marks(answers: Iterable[Choice]) -> str:
    """Write answers as ``read_marks`` reads them."""
    return " ".join("".join(str(place + 1) for place in sorted(answer)) or "0" for answer in answers)


@dataclass
class Tally:
    """How a question did: of how many answers how many were right, before and after."""

    before: list[int] = field(default_factory=lambda: [0, 0])
    after: list[int] = field(default_factory=lambda: [0, 0])
    # How often each option was chosen.
    chosen: dict[int, int] = field(default_factory=dict)

    def add(self, *, after: bool, right: int, of: int = 1) -> None:
        counted = self.after if after else self.before
        counted[0] += right
        counted[1] += of

    @property
    def answers(self) -> int:
        return self.before[1] + self.after[1]

    @property
    def right(self) -> int:
        return self.before[0] + self.after[0]

    @property
    def share_before(self) -> int | None:
        return percent(*self.before)

    @property
    def share_after(self) -> int | None:
        return percent(*self.after)

    @property
    def faults(self) -> list[str]:
        """What is wrong with the question: ``nobody``, ``everybody``, ``fewer-after``. Too few answers say nothing."""
        found = []
        if self.answers >= ENOUGH_ANSWERS and self.right in (0, self.answers):
            found.append("nobody" if self.right == 0 else "everybody")
        enough = min(self.before[1], self.after[1]) >= ENOUGH_ANSWERS
        if enough and self.after[0] * self.before[1] < self.before[0] * self.after[1]:
            found.append("fewer-after")
        return found


def percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
