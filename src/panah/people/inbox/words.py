"""The words of the inbox: where something came from, what became of it, why it was closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.registry import Registry
from panah.ground.kit.languages import language_name
from panah.ground.network.words import country_name
from panah.ground.work.words import AgeGroup, Urgency

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ROOM = "inbox"
# The kind of what lies in the shred store, and what is due about it.
BODY = "arrived"
# Whoever sent one of these waits for an answer, given on a page of its own: nothing else ends it.
AWAITS_ANSWER = frozenset({MessageKind.OFFERED, MessageKind.LINKS_ASKED})
# Opened and answered on a page of its own: nobody reads it in the list.
OPENED_ELSEWHERE = frozenset({MessageKind.KNOWN_ASKED})
OPEN, REMIND, GO_ON, LOST, ASKED = "open", "remind", "go-on", "lost", "asked"
# Due about what goes past the intake: on nobody's list but its readers'.
PAST_INTAKE = "inbox_past"
# ``to_key`` of what is sealed to each reader by herself, and of what is sealed to the key of a case or a complaint.
TO_READERS, CONVERSATION = "readers", "conversation"
# The part of a case's or contact's file with the key that later words of a reporter open with.
REPORTER = "reporter"
# ``room`` of what was put aside; its subject is the pile.
PILE = "pile"


class Source(models.TextChoices):
    EXCHANGE = "exchange", _("another society")
    WEB = "web", _("the public page")
    FIELD = "field", _("a form from the field")
    CHAT = "chat", _("a chat")


class ArrivalState(models.TextChoices):
    SEALED = "sealed", _("nobody has opened it")
    OPENED = "opened", _("opened")
    SETTLED = "settled", _("settled")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")
    # One of a pile of look-alikes: out of the way for some days, then deleted.
    ASIDE = "aside", _("put aside with look-alikes")


# Its content is still there.
WAITING = (ArrivalState.SEALED, ArrivalState.OPENED)
# What nobody has settled goes when whoever left it takes it back: also what lies in a pile.
TAKEN_BACK = (*WAITING, ArrivalState.ASIDE)
OVER = (ArrivalState.SETTLED, ArrivalState.WITHDRAWN, ArrivalState.EXPIRED)


class ArrivalClosing(models.TextChoices):
    """Why an arrival ended without becoming a contact or a case."""

    ANSWERED = "answered", _("It was answered, nothing more is to do")
    KNOWN = "known", _("The same came before and is being worked on")
    NOT_OURS = "not-ours", _("It is not for us, and whoever sent it was told")
    EMPTY = "empty", _("There was nothing in it, or it was a trial")
    LOOKALIKE = "lookalike", _("One of many that say the same, left by a machine")
    DAMAGED = "damaged", _("It does not open, and whoever sent it was told")
    TOLD = "told", _("No answer can leave through Panah; whoever sent it was told by telephone")


# Kinds that do not come from another society; a room that brings one adds its words.
OTHER_KINDS: dict[str, object] = {
    "report": _("A report"),
    "report-more": _("More to a report"),
    "field-form": _("A form from the field"),
    "chat": _("A chat"),
}

# Each row of the list asks it.
_KINDS: dict[str, object] = dict(MessageKind.choices)

# What an arrival can become, told to everybody: never which one.
BECAME = {
    "cases": _("a case"),
    "hotline": _("a contact"),
    "referrals": _("part of a case"),
    "known": _("part of a case"),
    "finding": _("a question that was compared"),
    "family_links": _("a family links request"),
}


def became_words(room: str) -> str:
    """Return what an arrival became, for everybody who sees that it came."""
    return str(BECAME.get(room, ""))


def kind_words(kind: str) -> str:
    """Return what arrived, in words; a kind that another version of Panah knows is told as such."""
    return str(_KINDS.get(kind) or OTHER_KINDS.get(kind) or _("Something of a kind not known here"))


# What the fields of a content are called. A name that is not here is shown as it came.
FIELDS = {
    "person": _("Person"),
    "names": _("Name"),
    "phones": _("Telephone"),
    "language": _("Language to speak"),
    "age_group": _("Adult or child"),
    "story": _("What has happened"),
    "wish": _("What the person wishes"),
    "country": _("Country, where the person is"),
    "place": _("Place"),
    "text": _("Text"),
    "need": _("What is needed"),
    "purpose": _("What for"),
    "urgency": _("How urgent it is"),
    "reference": _("Reference of whoever sent it"),
    "reason": _("Reason"),
    "answer": _("The answer"),
    "call": _("Whom to call"),
    "when": _("When"),
    "where": _("Where"),
    "who": _("Who"),
    "consent": _("Consent"),
    "values": _("What the person agreed to share"),
    "call_back": _("If we call back"),
    "ring": _("May we call?"),
    "whose": _("Whose telephone it is"),
    "hours": _("When calling is safe"),
    "until": _("Until when it is safe"),
    "other": _("What we say if someone else answers"),
    "about": _("Who is this for?"),
    "danger": _("In danger now"),
    "staff": _("It is about somebody who works or volunteers here"),
    "meant": _("It is about somebody who reads complaints"),
    "young": _("The writer is under 18"),
    "theirs": _("That person is under 18"),
    "pin": _("Where the telephone was"),
    "inside": _("Building, floor, room"),
    "seen": _("What can be seen from there"),
    "together": _("How many people are there"),
    "help": _("What would help"),
    "reach": _("How that person can be reached"),
    "reply": _("Comes back for an answer"),
    "reads": _("When an answer can be read unseen"),
}

# Whom a report about somebody who works here must not reach: the officer, the second reader, or both.
WHO_IS_MEANT = ("officer", "second", "both")
# Fields whose values are codes, with their words: here those of every message, of their own kinds by rooms above.
CODES: Registry[Mapping[str, StrOrPromise]] = Registry("words for the codes in a message")
CODES.register("age_group", dict(AgeGroup.choices))
CODES.register("urgency", dict(Urgency.choices))
CODES.register(
    "whose",
    {"mine": _("her own"), "shared": _("others use it too, or look at it"), "another": _("somebody else’s")},
)
# How ``rules.fields_of`` tells a yes and a no.
ANSWERS = {"yes": _("yes"), "no": _("no")}


def field_words(name: str) -> str:
    """Return what a field is called: ``person.story`` is told as "What has happened"."""
    last = name.rpartition(".")[2]
    return str(FIELDS.get(last) or last.replace("_", " "))


def value_words(name: str, text: str) -> str:
    """Return a value of a code list in words; every other one stands as it came."""
    last = name.rpartition(".")[2]
    if last == "language":
        return language_name(text)
    if last == "country":
        return country_name(text, get_language() or "en")
    for field, labels in CODES.items():
        if last == field and text in labels:
            return str(labels[text])
    return str(ANSWERS.get(text, text))
