"""The parts of a meeting, one page each: what is asked there and how far it is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from panah.screening import telling
from panah.screening.queries import Held
from panah.screening.rules import Merged
from panah.screening.shapes import Depth, Indicator, Profile


@dataclass(frozen=True)
class Step:
    """One page of a meeting. `known`: how many of its questions have any answer, from any meeting."""

    code: str
    name: str
    hint: str
    questions: tuple[Indicator, ...]
    known: int

    @property
    def total(self) -> int:
        return len(self.questions)


def steps_of(profile: Profile, merged: Merged) -> list[Step]:
    """The steps of a set in the order of its file; the act of a child's set comes first."""
    steps = []
    if profile.act is not None:
        name = _("Who brought or received the child")
        steps.append(_step(telling.SOMEONE, name, "", (profile.act,), merged))
    steps += [
        _step(d.code, telling.said(d.label), telling.said(d.hint), d.indicators, merged)
        for d in profile.dimensions
    ]
    return steps


def _step(code: str, name: str, hint: str, questions: tuple[Indicator, ...], merged: Merged) -> Step:
    known = sum(1 for q in questions if q.code in merged.answers)
    return Step(code, name, hint, questions, known)


def next_open(steps: list[Step], after: str) -> Step | None:
    """The next step in order in which something is still not asked, going round once."""
    place = next((n for n, s in enumerate(steps) if s.code == after), -1)
    following = [*steps[place + 1 :], *steps[: max(place, 0)]]
    return next((s for s in following if s.known < s.total), None)


def first(steps: list[Step]) -> Step:
    """Where a meeting begins: the first step with something not asked, else the first."""
    return next((s for s in steps if s.known < s.total), steps[0])


def is_single(held: Held) -> bool:
    """Signs and prompts are one page; the full set has one page a part."""
    return held.meeting.depth is not Depth.FULL
