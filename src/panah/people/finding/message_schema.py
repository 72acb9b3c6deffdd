"""What a question between societies and its answer hold. What comes from another node is believed in nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from panah.ground.vault.seals import XWING_PUBLIC, can_be_sealed_to
from panah.people.finding import rules
from panah.people.finding.words import InquiryAnswer

VERSION = 1
LONGEST_CALL = 200


@dataclass(frozen=True)
class InquiryMessage:
    """Whom a question is about: names as written, and a birth year or a phone's last four digits."""

    names: tuple[str, ...] = ()
    birth_year: int | None = None
    phone_tail: str = ""
    reply_key: bytes = b""

    @property
    def whole(self) -> bool:
        """A name, and a year or a phone: a name alone finds too many."""
        return bool(self.names and (self.birth_year or self.phone_tail))


def question(asked: InquiryMessage, *, asked_on: str, until: str) -> dict[str, object]:
    """Return the content of a question: nothing that is not in ``asked`` but the days of the consent."""
    return {
        "v": VERSION,
        "names": list(asked.names),
        "birth_year": asked.birth_year,
        "phone_tail": asked.phone_tail,
        "consent": {"asked_on": asked_on, "until": until},
        "reply_key": asked.reply_key.hex(),
    }


def read(content: Mapping[str, Any]) -> InquiryMessage:
    """Return whom a question is about, as far as it can be understood. Never raises."""
    year, tail, names = content.get("birth_year"), content.get("phone_tail"), content.get("names")
    fits = isinstance(year, int) and not isinstance(year, bool) and 1900 <= year <= 2100
    digits = isinstance(tail, str) and len(tail) == 4 and tail.isascii() and tail.isdigit()
    return InquiryMessage(
        names=tuple(
            name.strip()
            for name in (names if isinstance(names, list) else [])[: rules.MOST_NAMES]
            if isinstance(name, str) and name.strip()
        ),
        birth_year=year if fits else None,
        phone_tail=str(tail) if digits else "",
        reply_key=_key(content.get("reply_key")),
    )


def _key(value: object) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * XWING_PUBLIC:
        return b""
    try:
        found = bytes.fromhex(value)
    except ValueError:
        return b""
    return found if can_be_sealed_to(found) else b""


def answer(said: str, *, call: str = "") -> dict[str, object]:
    """Return the content of an answer. ``call``: whom to call; never with *nothing to tell*."""
    return {"v": VERSION, "answer": said, "call": "" if said == InquiryAnswer.NOTHING else call}


def read_answer(content: Mapping[str, object]) -> tuple[str, str]:
    """Return what was answered and whom to call; what cannot be understood is *nothing to tell*."""
    said, call = content.get("answer"), content.get("call")
    if said not in (InquiryAnswer.YES, InquiryAnswer.PERHAPS):
        return InquiryAnswer.NOTHING.value, ""
    return str(said), call if isinstance(call, str) else ""
