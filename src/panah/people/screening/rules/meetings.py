"""Several meetings, one picture: what was told when, and what counts now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from panah.people.screening.schema import Answer, Indicator, Meeting

type Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """One answer given in one meeting. `through` names the prompt that it was taken over from."""

    at: datetime
    meeting: str
    answer: Answer
    through: str = ""


@dataclass(frozen=True, slots=True)
class MergedAnswers:
    """What counts now, and everything that was ever told, oldest first."""

    answers: Answers
    history: Mapping[str, tuple[RecordedAnswer, ...]]

    def changed(self, code: str) -> bool:
        """Whether different answers were given to this at different times."""
        return len({t.answer for t in self.history.get(code, ())}) > 1

    def contradicts(self, code: str) -> bool:
        """Whether both yes and no were told."""
        return {Answer.YES, Answer.NO} <= {t.answer for t in self.history.get(code, ())}


def merge(meetings: Iterable[Meeting], prompts: Iterable[Indicator] = ()) -> MergedAnswers:
    """Put the meetings together: for each question the latest answer that was asked counts.

    An answer to a prompt is also the answer to the codes that it fills. Asked directly in the same
    meeting, a question outranks what a prompt says about it. The order of the arguments is of no
    importance; the times of the meetings are. Two meetings of the same moment go by their id.
    """
    by_code = {p.code: p for p in prompts}
    history: dict[str, list[RecordedAnswer]] = {}
    for meeting in sorted(meetings, key=lambda m: (m.at, m.id)):
        for code, told in _told_in(meeting, by_code).items():
            history.setdefault(code, []).append(told)
    return MergedAnswers(
        answers={code: told[-1].answer for code, told in history.items()},
        history={code: tuple(told) for code, told in history.items()},
    )


def _told_in(meeting: Meeting, prompts: Mapping[str, Indicator]) -> dict[str, RecordedAnswer]:
    told: dict[str, RecordedAnswer] = {}
    asked = {c: a for c, a in meeting.answers.items() if a.was_asked}
    for code in sorted(asked):
        for filled in prompts[code].fills if code in prompts else ():
            there = told.get(filled)
            # Two prompts may fill one code: a yes is kept before an unknown, and that before a no.
            if there is None or _loudness(asked[code]) > _loudness(there.answer):
                told[filled] = RecordedAnswer(meeting.at, meeting.id, asked[code], through=code)
    for code, answer in asked.items():
        told[code] = RecordedAnswer(meeting.at, meeting.id, answer)
    return told


def _loudness(answer: Answer) -> int:
    return {Answer.YES: 2, Answer.UNKNOWN: 1}.get(answer, 0)


def answer_to(answers: Answers, code: str) -> Answer:
    """The answer that counts; what nobody asked is *not asked*, never no."""
    return answers.get(code, Answer.NOT_ASKED)
