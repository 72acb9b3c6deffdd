"""A house full of real things, made once for a file of tests; whatever a test asks of it is undone at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction

from tests.guard.house import House, furnish


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Refuse a file that asks for ``world`` and for ``house``.

    The house stays to the end of its file, and both have the same colleagues: after other files it would not pass.
    """
    casts = defaultdict(set)
    for item in items:
        casts[item.path] |= {"world", "house"} & set(getattr(item, "fixturenames", ()))
    both = [
        path.name for path, asked in casts.items() if path.parent == Path(__file__).parent and len(asked) > 1
    ]
    if both:
        raise pytest.UsageError(f"These ask for world and for house; make two files of each: {both}")


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[..., Any]:
    """Do something as a request does it: what follows a commit happens."""

    def do(what: Callable[..., Any], **given: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return what(**given)

    return do


@contextmanager
def undone(alias: str) -> Iterator[None]:
    with transaction.atomic(using=alias):
        yield
        transaction.set_rollback(True, using=alias)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: object, host_keys: None) -> Iterator[House]:
    """Two societies at work, see ``tests/guard/house.py``. Each request of a test is rolled back after it."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        for alias in connections:
            stack.enter_context(undone(alias))
        yield furnish()
