"""Words of one language that were corrected on a node, for the pages that ask for them.

``spoken(words)`` lets gettext, and the templates whose sentences stand in them already (``constant_folding``), say the
corrected sentence for as long as a page is drawn. Elsewhere the same sentence is said as it was delivered: colleagues'
pages have words of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import c2py
from typing import Any

from babel.messages.plurals import get_plural
from django.utils import translation
from django.utils.translation import to_locale, trans_real


@dataclass(frozen=True)
class Words:
    """Corrected sentences: key as gettext has it (context before U+0004) -> its forms, one where there is no plural.

    ``stamp`` is another one whenever the words are.
    """

    language: str
    stamp: str
    texts: Mapping[str, tuple[str, ...]] = field(hash=False)


_spoken: ContextVar[Words | None] = ContextVar("panah_corrected_words", default=None)


def current(language: str) -> Words | None:
    """Return the corrected words of the page that is drawn now, if they are in this language."""
    words = _spoken.get()
    return words if words is not None and words.language == language else None


@contextmanager
def spoken(words: Words | None) -> Iterator[None]:
    """Say these words while what follows is done; None: as they were delivered."""
    if words is not None:
        _listen(words.language)
    before = _spoken.set(words)
    try:
        yield
    finally:
        _spoken.reset(before)


def as_delivered(key: str, language: str) -> tuple[str, ...]:
    """Return the forms of a sentence as they were delivered: one where all of them are the same."""
    context, _sign, said = key.rpartition("\4")
    one, _sign, many = said.partition("\0")
    with spoken(None), translation.override(language):
        if not many:
            return (translation.pgettext(context, one) if context else translation.gettext(one),)
        forms: dict[int, str] = {}
        which = plural_of(language)
        for number in range(1, 130):
            said = (
                translation.npgettext(context, one, many, number)
                if context
                else translation.ngettext(one, many, number)
            )
            forms.setdefault(which(number), said)
    found = tuple(forms[place] for place in sorted(forms))
    return found[:1] if len(set(found)) == 1 else found


@lru_cache
def plural_of(language: str) -> Callable[[int], int]:
    """Return which form of a sentence a number takes in a language."""
    if language == "en":
        return lambda number: int(number != 1)
    rule: Callable[[int], int] = c2py(get_plural(to_locale(language)).plural_expr)
    return rule


class Correctable:
    """What Django asks for one language. It says what is corrected for the page that is drawn, else the same.

    Django has no place of its own for words that differ by page: it keeps one object a language, by name.
    """

    def __init__(self, before: Any, language: str) -> None:
        self.before, self.spoken_language = before, language

    def __getattr__(self, name: str) -> Any:
        return getattr(self.before, name)

    def gettext(self, message: str) -> str:
        words = current(self.spoken_language)
        if words is not None and (found := words.texts.get(message)):
            return found[0]
        said: str = self.before.gettext(message)
        return said

    def ngettext(self, one: str, many: str, number: int) -> str:
        words = current(self.spoken_language)
        if words is not None and words.texts:
            # A context stands before both of them here, and before the first alone in a key.
            found = words.texts.get(f"{one}\0{many.rpartition('\4')[2]}")
            if found:
                return found[min(plural_of(self.spoken_language)(number), len(found) - 1)]
        answer: str = self.before.ngettext(one, many, number)
        return answer


def _listen(language: str) -> None:
    """Let Django ask here for this language; what is active already is asked anew."""
    known = trans_real._translations  # type: ignore[attr-defined]  # see Correctable
    if not isinstance(known.get(language), Correctable):
        known[language] = Correctable(trans_real.translation(language), language)
    if translation.get_language() == language:
        translation.activate(language)
