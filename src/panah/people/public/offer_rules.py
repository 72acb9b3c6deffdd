"""How answers about an offer are read: which are warning signs, which are not known yet. Never a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from panah.people.public.offer_words import QUESTIONS, OfferAnswer, OfferKind, OfferQuestion


@dataclass(frozen=True, slots=True)
class OfferReading:
    """What the answers show. ``signs``: the strong ones first; ``not_known``: what the person does not know yet."""

    signs: tuple[OfferQuestion, ...]
    not_known: tuple[OfferQuestion, ...]
    answered: int

    @property
    def strong(self) -> int:
        """How many of the signs are strong ones."""
        return sum(one.strong for one in self.signs)


def questions_of(kind: OfferKind) -> tuple[OfferQuestion, ...]:
    """Return what is asked about this kind of offer, in its order."""
    return tuple(QUESTIONS[code] for code in kind.asks)


def read(kind: OfferKind, answers: Mapping[str, str]) -> OfferReading:
    """Read ``answers``: code of a question -> ``yes``, ``no`` or ``unknown``; anything else is no answer."""
    asked = questions_of(kind)
    said = {one.code: answers.get(one.code, "") for one in asked}
    signs = [one for one in asked if said[one.code] == one.warns]
    return OfferReading(
        signs=tuple(sorted(signs, key=lambda one: not one.strong)),
        not_known=tuple(one for one in asked if said[one.code] == OfferAnswer.UNKNOWN),
        answered=sum(answer in OfferAnswer for answer in said.values()),
    )
