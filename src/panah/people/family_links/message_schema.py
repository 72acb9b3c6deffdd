"""What crosses a border about a family link: how it is put together, how it is read, how both sides see it.

The page before anything leaves is drawn from ``rows(read(compose(…)))``, the other side's from
``rows(read(what came))``: what is looked at is what crosses. Nothing from another node is trusted: every field is
checked. Every answer is filled up to one size, so that neither its length nor its outside tells which of the three it
is. The fields: docs/federation-links.md.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import long_day
from panah.ground.kit.languages import SPOKEN, language_name
from panah.people.consent.words import ConsentMethod
from panah.people.family_links.words import LinksAnswer, SharedDetail
from panah.people.referrals.offer_schema import day_of, key_of, text

VERSION = 1
# An answer has one size, and these are its parts; a question has that size too.
MESSAGE, REACH, QUESTION = 1000, 400, 500
# The content of an answer in bytes: with its length two steps of 4 KiB, whichever answer it is.
ANSWER_BYTES = 2 * 4096 - 4


@dataclass(frozen=True)
class LinksRequestMessage:
    """A request as it crosses. ``values`` are texts by field, of those that the one who asks chose."""

    sought: str = ""
    relation: str = ""
    values: dict[str, str] = field(default_factory=dict)
    consent: dict[str, str] = field(default_factory=dict)
    reply_key: bytes = b""


@dataclass(frozen=True)
class LinksAnswerMessage:
    """An answer as it crosses. ``message`` and ``reach`` only where the person sought wants contact."""

    answer: str = LinksAnswer.NOTHING
    message: str = ""
    reach: str = ""
    again: date | None = None
    reply_key: bytes = b""


def compose(draft: Mapping[str, Any], *, reference: str = "", reply_key: bytes = b"") -> dict[str, object]:
    """Return the content of a request: what the one who asks did not choose is not in it."""
    chosen = [name for name in SharedDetail.values if name in draft["fields"]]
    return {
        "v": VERSION,
        "sought": draft["sought"],
        "relation": draft["relation"],
        "values": {name: draft["values"][name] for name in chosen},
        "consent": {**draft["consent"], "fields": chosen},
        "reference": reference,
        "reply_key": reply_key.hex(),
    }


def read(content: Mapping[str, object]) -> LinksRequestMessage:
    """Return what an opened request says, as far as it can be understood. Never raises."""
    values, consent = _mapping(content.get("values")), _mapping(content.get("consent"))
    return LinksRequestMessage(
        sought=text(content.get("sought")),
        relation=text(content.get("relation")),
        values={
            name: text(values.get(name)) for name in SharedDetail.values if text(values.get(name)).strip()
        },
        consent={name: text(consent.get(name)) for name in ("asked_on", "language", "way", "until")},
        reply_key=key_of(content.get("reply_key")),
    )


def compose_answer(answered: LinksAnswerMessage) -> dict[str, object]:
    """Return the content of an answer, filled up so that every answer is as long as every other."""
    content = {
        "v": VERSION,
        "answer": str(answered.answer),
        "message": answered.message,
        "reach": answered.reach,
        "again": answered.again.isoformat() if answered.again else "",
        "reply_key": answered.reply_key.hex(),
    }
    return _filled(content)


def compose_question(question: str, *, reply_key: bytes) -> dict[str, object]:
    """Return the content of the one question that is asked back, as long as every answer."""
    return _filled({"v": VERSION, "text": question, "reply_key": reply_key.hex()})


def read_question(content: Mapping[str, object]) -> tuple[str, bytes]:
    """Return what an opened question asks, and the key that what is added is sealed to from now on. Never raises."""
    return text(content.get("text")), key_of(content.get("reply_key"))


def _filled(content: dict[str, object]) -> dict[str, object]:
    content = {**content, "fill": ""}
    missing = ANSWER_BYTES - len(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode())
    if missing < 0:
        raise Refusal(
            _("This is too much for one answer: every answer has the same size, so that it tells nothing."),
            next_step=_("Shorten the message. Nothing was sent, and what you wrote is still here."),
            code="too-large",
        )
    return {**content, "fill": " " * missing}


def read_answer(content: Mapping[str, object]) -> LinksAnswerMessage:
    """Return what an opened answer says; what cannot be understood is the answer that tells nothing."""
    answer = content.get("answer")
    if answer == LinksAnswer.CONTACT:
        return LinksAnswerMessage(
            answer=LinksAnswer.CONTACT,
            message=text(content.get("message")),
            reach=text(content.get("reach")),
            reply_key=key_of(content.get("reply_key")),
        )
    later = answer == LinksAnswer.LATER
    return LinksAnswerMessage(
        answer=LinksAnswer.LATER if later else LinksAnswer.NOTHING,
        again=day_of(text(content.get("again"))) if later else None,
        reply_key=key_of(content.get("reply_key")),
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


# -- as both sides see it ----------------------------------------------------------------------


type Rows = list[tuple[str, str]]


def rows(question: LinksRequestMessage) -> Rows:
    """Return a request in the reader's words, on both sides alike."""
    lines = [(_("Who is sought"), question.sought), (_("How they are related"), question.relation)]
    lines += [(field_name(name), _value(name, value)) for name, value in question.values.items()]
    return [(label, value) for label, value in lines if value]


def consent_rows(question: LinksRequestMessage) -> Rows:
    """Return what is said about the consent of the one who asks."""
    consent = question.consent
    lines = [
        (_("Asked on"), long_day(day_of(consent.get("asked_on", "")))),
        (
            _("How"),
            str(ConsentMethod(consent["way"]).label) if consent.get("way") in ConsentMethod.values else "",
        ),
        (_("In which language"), _language(consent.get("language", ""))),
        (_("Until"), long_day(day_of(consent.get("until", "")))),
    ]
    return [(label, value) for label, value in lines if value]


def stays(question: LinksRequestMessage) -> list[str]:
    """Return the fields that the one who asks did not choose, in words."""
    return untold(question.values)


def untold(names: Iterable[str]) -> list[str]:
    """Return the fields that are not among these, in words."""
    given = set(names)
    return [str(detail.label) for detail in SharedDetail if detail.value not in given]


def field_name(name: str) -> str:
    """Return a field in words."""
    return capfirst(str(SharedDetail(name).label))


def _value(name: str, value: str) -> str:
    return _language(value) or value if name == SharedDetail.LANGUAGE else value


def _language(tag: str) -> str:
    return language_name(tag) if tag in SPOKEN else ""


def answer_rows(answered: LinksAnswerMessage) -> Rows:
    """Return what an answer says beside which one it is, on both sides alike."""
    lines = [
        (_("What the person sought wishes to tell"), answered.message),
        (_("How to be reached"), answered.reach),
        (_("You hear again by"), long_day(answered.again)),
    ]
    return [(label, value) for label, value in lines if value]
