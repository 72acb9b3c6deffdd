"""How results are said: whole sentences, calm, about what was told and never about what someone is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from panah.ground.kit.dates import day
from panah.people.cases.queries import Fact
from panah.people.screening import queries
from panah.people.screening.queries import Assessment, sets
from panah.people.screening.rules import DimensionState, PositiveBranch, Suggestion
from panah.people.screening.schema import Answer, Depth, Weight, Words, said_in

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.vault.keyring import Keyring
    from panah.people.cases.models import Case

ANSWERS = {
    Answer.YES: gettext_lazy("Yes"),
    Answer.NO: gettext_lazy("No"),
    Answer.UNKNOWN: gettext_lazy("Unknown"),
    Answer.NOT_ASKED: gettext_lazy("Not asked"),
}

DEPTHS = {
    Depth.SIGNS: gettext_lazy("What was seen"),
    Depth.PROMPTS: gettext_lazy("A conversation"),
    Depth.FULL: gettext_lazy("The full questions"),
}

WEIGHTS = {
    Weight.STRONG: gettext_lazy("strong"),
    Weight.MEDIUM: gettext_lazy("medium"),
    Weight.WEAK: gettext_lazy("weak"),
}

BRANCHES = {
    PositiveBranch.TWO_STRONG: gettext_lazy("Two strong answers are enough."),
    PositiveBranch.STRONG_AND_OTHER: gettext_lazy("One strong answer with any other is enough."),
    PositiveBranch.THREE_MEDIUM: gettext_lazy("Three medium answers are enough."),
    PositiveBranch.TWO_MEDIUM_AND_WEAK: gettext_lazy("Two medium answers with a weak one are enough."),
}

STATES = {
    DimensionState.POSITIVE: gettext_lazy("Shown by the answers"),
    DimensionState.OPEN: gettext_lazy("Still open"),
    DimensionState.NOT_POSITIVE: gettext_lazy("Not shown by the answers"),
    DimensionState.LISTED: gettext_lazy("Listed"),
}

SOMEONE = "someone"
"""The step of a child's set that asks for the act."""


def said(words: Words | None) -> str:
    """The sentence in the reader's language."""
    return said_in(words, get_language() or "en") if words else ""


def to_say(words: Words) -> str:
    """A sentence that can be said as it stands, marked as speech."""
    return _("“%(sentence)s”") % {"sentence": said(words)}


def label_of(code: str) -> str:
    """The observation behind a code, also when its set is no longer there."""
    indicator = sets().indicator(code)
    return said(indicator.label) if indicator else _("a question that is no longer in any set")


@dataclass(frozen=True)
class AnswerLine:
    """One answer with its observation."""

    code: str
    label: str
    weight: str = ""


@dataclass(frozen=True)
class DimensionTold:
    code: str
    name: str
    state: DimensionState
    state_said: StrOrPromise
    because: tuple[StrOrPromise, ...]
    yes: tuple[AnswerLine, ...]
    no: tuple[AnswerLine, ...]
    unknown: tuple[AnswerLine, ...]
    not_asked: tuple[AnswerLine, ...]
    hint: str = ""


def dimensions(picture: Assessment) -> list[DimensionTold]:
    """Each dimension with its answers in words."""
    told = []
    for result in picture.result.dimensions:
        dimension = picture.profile.dimension(result.code)
        if dimension is None:
            continue
        by_code = {
            i.code: AnswerLine(i.code, said(i.label), str(WEIGHTS[i.weight]) if i.weight else "")
            for i in dimension.indicators
        }
        told.append(
            DimensionTold(
                code=result.code,
                name=said(dimension.label),
                state=result.state,
                state_said=STATES[result.state],
                because=tuple(BRANCHES[b] for b in result.branches[:1]),
                yes=tuple(by_code[c] for c in result.yes),
                no=tuple(by_code[c] for c in result.no),
                unknown=tuple(by_code[c] for c in result.unknown),
                not_asked=tuple(by_code[c] for c in result.not_asked),
            )
        )
    return told


@dataclass(frozen=True)
class Hint:
    """What could be asked next, and where."""

    step: str
    name: str
    lines: tuple[AnswerLine, ...]
    sentence: str
    changes_outcome: bool


LINES_SHOWN = 5


def hints(picture: Assessment, *, most: int = 3) -> list[Hint]:
    """The first few things that would help to know; nobody is walked through everything."""
    told = []
    for one in picture.result.would_help:
        if picture.profile.is_weighted and not one.changes_outcome:
            continue
        told.append(_hint(picture, one))
    return told[:most]


def _hint(picture: Assessment, one: Suggestion) -> Hint:
    dimension = picture.profile.dimension(one.dimension)
    name = said(dimension.label) if dimension else _("Who brought or received the child")
    # What was asked and not known comes first: it is closest to being told.
    known_about = picture.merged.answers
    ordered = sorted(one.codes, key=lambda c: (c not in picture.result.pointed_at, c not in known_about))
    lines = tuple(AnswerLine(c, label_of(c)) for c in ordered[:LINES_SHOWN])
    if not picture.profile.is_weighted:
        sentence = _("Nothing was told about this part yet.")
    elif one.yes_needed == 1:
        sentence = _("One more yes to any of these would make a difference.")
    elif one.yes_needed == 2:
        sentence = _("Two more answers of yes would make a difference.")
    else:
        sentence = _("Three more answers of yes would make a difference.")
    return Hint(one.dimension or SOMEONE, name, lines, sentence, one.changes_outcome)


@dataclass(frozen=True)
class ChangedAnswer:
    """One question that was answered differently at different times."""

    label: str
    contradicts: bool
    told: tuple[tuple[datetime, StrOrPromise, str], ...]
    """(when, answer in words, through which prompt)."""


def changes(picture: Assessment) -> list[ChangedAnswer]:
    """Every question with differing answers, contradictions first; nothing is written over."""
    found = []
    for code, history in picture.merged.history.items():
        if picture.merged.changed(code):
            told = tuple((t.at, ANSWERS[t.answer], label_of(t.through) if t.through else "") for t in history)
            found.append(ChangedAnswer(label_of(code), picture.merged.contradicts(code), told))
    return sorted(found, key=lambda c: (not c.contradicts, c.label))


def signs_seen(picture: Assessment) -> list[str]:
    """Signs that somebody noticed, in any meeting."""
    return [
        said(i.label)
        for profile in sets().of(Depth.SIGNS)
        for i in profile.indicators()
        if picture.merged.answers.get(i.code) is Answer.YES
    ]


def in_the_strip(*, case: Case, keys: Keyring, at: datetime) -> Fact | None:
    """The cell on top of a case: how many meetings there were. What they suggest stays on its page."""
    glance = queries.glance(keys=keys, file=case.file_id, age=case.age_group)
    if not glance.meetings:
        return None
    number = ngettext("%(num)s meeting", "%(num)s meetings", glance.meetings) % {"num": glance.meetings}
    return Fact(_("Screening"), number, _("goes on") if glance.open_meeting else day(glance.last_at))
