"""The neutral words of work: what a list may show while the vault is locked, and how sentences are kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard
from uuid import UUID

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.languages import INTERFACE

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Branch

# A time that a person in danger named herself: nobody is paged before it, somebody so long after it.
HER_TIME = timedelta(minutes=10)
# After danger one colleague alone lets it wait so long in all; longer only with a second one.
ALONE_AT_MOST = timedelta(hours=1)


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

    def __init__(self, sentence: "Promise | NameByLanguage", **values: "Sentence") -> None:
        self.sentence, self.values = sentence, values


class Until:
    """A sentence of something that is too late at ``until``, and comes due before. ``closes``: it is lost then."""

    def __init__(self, sentence: "Sentence", until: datetime, *, closes: bool) -> None:
        self.sentence, self.until, self.closes = sentence, until, closes


class Joined:
    """Sentences with ``by`` between them; empty ones are left out."""

    def __init__(self, by: str, parts: Iterable["Sentence"]) -> None:
        self.by, self.parts = by, [part for part in parts if part]

    def __bool__(self) -> bool:
        return bool(self.parts)


class NameByLanguage:
    """A name that is another one in each language of the interface: ``NameByLanguage(society.name_in)``."""

    def __init__(self, name_in: Callable[[str], str]) -> None:
        self.names = {language: name_in(language) for language, _own_name in INTERFACE}


def in_each_language(say: Callable[[], str]) -> NameByLanguage:
    """What is said by code alone (a kind of message, a language), as it is called in each language."""

    def called(language: str) -> str:
        with translation.override(language):
            return say()

    return NameByLanguage(called)


# What a colleague wrote, or a sentence of ours (from gettext_lazy) that every reader sees in her own language.
type Sentence = str | Promise | LazySentence | Joined | NameByLanguage | Until
# The same as it is sealed; see ``serialized``.
type SealedSentence = Mapping[str, Any]


def serialized(sentence: Sentence) -> dict[str, Any]:
    """Return how a sentence is sealed: ours in the language it is written in, a colleague's word for word."""
    if isinstance(sentence, LazySentence):
        return serialized(sentence.sentence) | {
            "with": {name: serialized(one) for name, one in sentence.values.items()}
        }
    if isinstance(sentence, Until):
        return serialized(sentence.sentence) | {
            "until": sentence.until.isoformat(),
            "closes": sentence.closes,
        }
    if isinstance(sentence, Joined):
        return {"by": sentence.by, "of": [serialized(part) for part in sentence.parts]}
    if isinstance(sentence, NameByLanguage):
        return {"names": sentence.names}
    if isinstance(sentence, Promise):
        if not _is_plain(sentence):
            return serialized(in_each_language(lambda: str(sentence)))
        with translation.override(None):
            return {"say": str(sentence), "ours": True}
    return {"say": sentence}


def _is_plain(sentence: Promise) -> bool:
    # A word with a context (pgettext) is not found again by itself alone.
    pickled: Any = sentence.__reduce__()
    return pickled[1][0] is gettext


def rendered(value: SealedSentence) -> str:
    """Return a kept sentence in the reader's language."""
    if "of" in value:
        return str(value["by"]).join(rendered(one) for one in value["of"])
    if "names" in value:
        text = str(value["names"].get(translation.get_language()) or value["names"]["en"])
    elif value.get("ours"):
        text = gettext(str(value["say"]))
    else:
        return str(value["say"])
    return text % {name: rendered(one) for name, one in value["with"].items()} if "with" in value else text


def as_sealed(value: SealedSentence) -> Sentence:
    """Return a kept sentence as it can be sealed again: elsewhere too each reader sees it in her own language."""
    if "until" in value:
        bare = as_sealed({name: one for name, one in value.items() if name not in ("until", "closes")})
        return Until(bare, datetime.fromisoformat(value["until"]), closes=value["closes"])
    if "of" in value:
        return Joined(value["by"], [as_sealed(one) for one in value["of"]])
    ours: Promise | NameByLanguage
    if "names" in value:
        ours = NameByLanguage(lambda language: value["names"].get(language) or value["names"]["en"])
    elif value.get("ours"):
        ours = _(str(value["say"]))
    else:
        return str(value["say"])
    if "with" not in value:
        return ours
    return LazySentence(ours, **{name: as_sealed(one) for name, one in value["with"].items()})


def kept_text(sentence: Sentence) -> str | dict[str, Any]:
    """Return how a text of a sealed part is kept: what a colleague wrote as it is, a sentence of ours to be said."""
    if isinstance(sentence, Joined) and all(isinstance(part, str) for part in sentence.parts):
        return sentence.by.join(str(part) for part in sentence.parts)
    return sentence if isinstance(sentence, str) else serialized(sentence)


def is_sentence(kept: object) -> TypeGuard[SealedSentence]:
    """Whether this is a sentence of ours as it is kept, and no other value of a sealed part."""
    return isinstance(kept, Mapping) and bool({"say", "of", "names"} & kept.keys())


def read_text(kept: str | SealedSentence) -> str:
    """Return a text that was kept so, in the reader's language."""
    return kept if isinstance(kept, str) else rendered(kept)


def text_again(kept: str | SealedSentence) -> Sentence:
    """Return a text that was kept so, to be kept in another place."""
    return kept if isinstance(kept, str) else as_sealed(kept)


@dataclass(frozen=True)
class DueType:
    """What a room puts on lists, declared once; ``work.due`` puts it there, about something.

    How it ends and where it leads stands for (``room``, ``purpose``) in the room's ``ItemRoom``.
    """

    room: str
    # A neutral code by which the room finds its items again: it stands in a plain column.
    purpose: str
    kind: DueKind
    # Sealed in the file it belongs to, where each item of the type says the same.
    sentence: Sentence = ""
    # It is due so long after it is put there.
    within: timedelta = timedelta(0)
    # Without one it is as urgent as what it is about, or of today.
    urgency: Urgency | None = None
    # It stands there once about one thing: what was there before it goes.
    once: bool = False


class SubjectRow(Protocol):
    """What a due item is about: a row of the room that puts it there."""

    @property
    def society_id(self) -> UUID: ...
    @property
    def pk(self) -> UUID: ...


@dataclass(frozen=True)
class DueSubject:
    """The same with what a list may say of it in plain, whose it is, and the file that seals its sentence."""

    society_id: UUID
    pk: UUID
    file: UUID | None = None
    owner: "Staff | None" = None
    line: UUID | None = None
    branch: "Branch | None" = None
    number: str = ""
    language: str = ""
    age_group: AgeGroup | str = AgeGroup.UNKNOWN
    urgency: Urgency | str = ""
