"""The neutral words of work: what a list may show while the vault is locked, and how sentences are kept."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
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


class AgeGroup(models.TextChoices):
    UNKNOWN = "unknown", _("age not known")
    ADULT = "adult", _("adult")
    CHILD = "child", _("child")


# The purpose of an item that stays on the list of everyone who answers its line, whoever owns it, until somebody
# has written what came of it.
DECIDE = "decide"

# The name of the sealed part that holds an item's sentence, in the file it belongs to.
SENTENCE = "due"


class Said:
    """A sentence of ours that names something: ``Said(_("Ask %(who)s"), who=name)``."""

    def __init__(self, sentence: Promise, **values: "Sentence") -> None:
        self.sentence, self.values = sentence, values


# What a colleague wrote, or a sentence of ours (from gettext_lazy) that every reader sees in her own language.
type Sentence = str | Promise | Said


def kept(sentence: Sentence) -> dict[str, Any]:
    """Return how a sentence is sealed: ours in the language it is written in, a colleague's word for word."""
    if isinstance(sentence, Said):
        return kept(sentence.sentence) | {"with": {name: kept(one) for name, one in sentence.values.items()}}
    if isinstance(sentence, Promise):
        with translation.override(None):
            return {"say": str(sentence), "ours": True}
    return {"say": sentence}


def spoken(value: Mapping[str, Any]) -> str:
    """Return a kept sentence in the reader's language."""
    say = str(value["say"])
    if not value.get("ours"):
        return say
    text = gettext(say)
    return text % {name: spoken(one) for name, one in value["with"].items()} if "with" in value else text
