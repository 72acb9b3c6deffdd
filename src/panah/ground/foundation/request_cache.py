"""A question that several parts of one page ask is asked once.

The frame of a page (menu, warnings) and the page itself often want the same rows. While a page is being read (GET), an
answer is kept until the page is out; while something is being written, and outside a request, nothing is kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

_ANSWERS: ContextVar[dict[Any, Any] | None] = ContextVar("answers of this page", default=None)


@contextmanager
def request_scope(*, reads: bool) -> Iterator[None]:
    """Keep answers for the length of one request that only reads."""
    token = _ANSWERS.set({} if reads else None)
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def cached_per_request[**P, R](ask: Callable[P, R]) -> Callable[P, R]:
    """Ask the same question of the same colleague once a page. Whoever gets the answer must not change it."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = _ANSWERS.get()
        if answers is None:
            return ask(*args, **kwargs)
        question = (ask, args, tuple(sorted(kwargs.items())))
        if question not in answers:
            answers[question] = ask(*args, **kwargs)
        found: R = answers[question]
        return found

    return asked
