"""A house full of real things, made once for a file of tests; whatever a test asks of it is undone at once."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connections, transaction

from tests.guard.house import House, furnish


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
