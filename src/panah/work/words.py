"""The neutral words of work: what a list may show while the vault is locked, and how sentences are kept."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DueKind(models.TextChoices):
    CALL = "call", _("Call")
    MEET = "meet", _("Meet")
    REVIEW = "review", _("Review")
    ANSWER = "answer", _("Answer")
    DECIDE = "decide", _("Decide")
    DEADLINE = "deadline", _("Deadline")


class Urgency(models.TextChoices):
    NOW = "now", _("now")
    TODAY = "today", _("today")
    WEEK = "week", _("this week")
    LATER = "later", _("later")


class Outcome(models.TextChoices):
    """What became of a due item when a colleague marks it. A work fact: how it went with the person is sealed."""

    DONE = "done", _("done")
    NOT_NEEDED = "not_needed", _("not needed any more")
    AGAIN = "again", _("could not be done, to be tried again")
    GIVEN_UP = "given_up", _("could not be done, nothing more is tried")


# How the outcomes are said of each kind of thing, as the buttons of the page say them.
OUTCOMES_OF: Mapping[str, Mapping[Outcome, Promise]] = {
    DueKind.CALL: {
        Outcome.DONE: _("Reached"),
        Outcome.NOT_NEEDED: _("No call is needed any more"),
        Outcome.AGAIN: _("Not reached"),
        Outcome.GIVEN_UP: _("Not reached, nothing more is tried"),
    },
    DueKind.MEET: {
        Outcome.DONE: _("We met"),
        Outcome.NOT_NEEDED: _("No meeting is needed any more"),
        Outcome.AGAIN: _("We did not meet"),
        Outcome.GIVEN_UP: _("We did not meet, nothing more is tried"),
    },
    DueKind.REVIEW: {
        Outcome.DONE: _("Looked at"),
        Outcome.NOT_NEEDED: _("Not needed any more"),
        Outcome.AGAIN: _("Could not be looked at"),
        Outcome.GIVEN_UP: _("Could not be looked at, nothing more is tried"),
    },
    DueKind.ANSWER: {
        Outcome.DONE: _("Answered, or done"),
        Outcome.NOT_NEEDED: _("Not needed any more"),
        Outcome.AGAIN: _("Could not be done"),
        Outcome.GIVEN_UP: _("Could not be done, nothing more is tried"),
    },
    DueKind.DECIDE: {
        Outcome.DONE: _("Decided"),
        Outcome.NOT_NEEDED: _("Not needed any more"),
        Outcome.AGAIN: _("Could not be decided"),
        Outcome.GIVEN_UP: _("Could not be decided, nothing more is tried"),
    },
    DueKind.DEADLINE: {
        Outcome.DONE: _("Done in time"),
        Outcome.NOT_NEEDED: _("The deadline does not count any more"),
        Outcome.AGAIN: _("Not done yet"),
        Outcome.GIVEN_UP: _("Missed, nothing more is tried"),
    },
}


class AgeGroup(models.TextChoices):
    UNKNOWN = "unknown", _("age not known")
    ADULT = "adult", _("adult")
    CHILD = "child", _("child")


# The purpose of an item that stays on the list of everyone who answers its line, whoever owns it, until somebody
# has written what came of it.
DECIDE = "decide"

# The name of the sealed part that holds an item's sentence, in the file it belongs to.
SENTENCE = "due"
# The name of the sealed part that holds what colleagues wrote when they marked an item, in the same file.
CAME_OF_IT = "came_of_it"


class LazySentence:
    """A sentence of ours that names something: ``LazySentence(_("Ask %(who)s"), who=name)``."""

    def __init__(self, sentence: Promise, **values: "Sentence") -> None:
        self.sentence, self.values = sentence, values


# What a colleague wrote, or a sentence of ours (from gettext_lazy) that every reader sees in her own language.
type Sentence = str | Promise | LazySentence
# The same as it is sealed; see ``serialized``.
type SealedSentence = Mapping[str, Any]


def serialized(sentence: Sentence) -> dict[str, Any]:
    """Return how a sentence is sealed: ours in the language it is written in, a colleague's word for word."""
    if isinstance(sentence, LazySentence):
        return serialized(sentence.sentence) | {
            "with": {name: serialized(one) for name, one in sentence.values.items()}
        }
    if isinstance(sentence, Promise):
        with translation.override(None):
            return {"say": str(sentence), "ours": True}
    return {"say": sentence}


def rendered(value: SealedSentence) -> str:
    """Return a kept sentence in the reader's language."""
    say = str(value["say"])
    if not value.get("ours"):
        return say
    text = gettext(say)
    return text % {name: rendered(one) for name, one in value["with"].items()} if "with" in value else text


def as_sealed(value: SealedSentence) -> Sentence:
    """Return a kept sentence as it can be sealed again: elsewhere too each reader sees it in her own language."""
    say = str(value["say"])
    if not value.get("ours"):
        return say
    ours: Promise = _(say)
    if "with" not in value:
        return ours
    return LazySentence(ours, **{name: as_sealed(one) for name, one in value["with"].items()})
