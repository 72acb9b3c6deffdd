"""The parts of a meeting, one page each: what is asked there and how far it is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from panah.people.screening import result_text
from panah.people.screening.queries import Assessment, StoredMeeting
from panah.people.screening.rules import DimensionState
from panah.people.screening.schema import Depth, Indicator, Profile


@dataclass(frozen=True)
class WizardStep:
    """One page of a meeting. `known`: how many of its questions have any answer, from any meeting."""

    code: str
    name: str
    hint: str
    questions: tuple[Indicator, ...]
    known: int
    shown: bool
    """The answers already show this part; nobody needs to be asked more about it."""
    closed: bool
    """Nothing that is still open here could make a difference to this part."""

    @property
    def asks(self) -> bool:
        """Whether it is worth going there: something is not asked, and it could matter."""
        return self.known < self.total and not self.shown and not self.closed

    @property
    def total(self) -> int:
        return len(self.questions)


def steps_of(profile: Profile, picture: Assessment) -> list[WizardStep]:
    """The steps of a set in the order of its file; the act of a child's set comes first."""
    states = {d.code: d.state for d in picture.result.dimensions}

    def step(code: str, name: str, hint: str, questions: tuple[Indicator, ...]) -> WizardStep:
        state = states.get(code)
        return WizardStep(
            code=code,
            name=name,
            hint=hint,
            questions=questions,
            known=sum(1 for q in questions if q.code in picture.merged.answers),
            shown=state is DimensionState.POSITIVE or (code == result_text.SOMEONE and picture.result.act),
            closed=state is DimensionState.NOT_POSITIVE,
        )

    first = (
        [step(result_text.SOMEONE, _("Who brought or received the child"), "", (profile.act,))]
        if profile.act
        else []
    )
    return first + [
        step(d.code, result_text.said(d.label), result_text.said(d.hint), d.indicators)
        for d in profile.dimensions
    ]


def next_open(steps: list[WizardStep], after: str) -> WizardStep | None:
    """The next step in order that is worth going to, going round once; None when there is none."""
    place = next((n for n, s in enumerate(steps) if s.code == after), -1)
    following = [*steps[place + 1 :], *steps[: max(place, 0)]]
    return next((s for s in following if s.asks), None)


def first(steps: list[WizardStep]) -> WizardStep:
    """Where a meeting begins: the first step worth going to, else the first."""
    return next((s for s in steps if s.asks), steps[0])


def is_single(held: StoredMeeting) -> bool:
    """Signs and prompts are one page; the full set has one page a part."""
    return held.meeting.depth is not Depth.FULL
