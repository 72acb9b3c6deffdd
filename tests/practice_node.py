"""The practice node for tests that only read it: building it takes six processor seconds, so a file builds it once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from panah.practice import actions as practice
from tests.walk import undone


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any, host_keys: None) -> Iterator[Any]:
    """The practice node, built once for a file; whatever is done on it is undone at the end."""
    with django_db_blocker.unblock(), undone():
        yield practice.build(at=timezone.now())


@pytest.fixture
def practised(built: Any) -> Iterator[Any]:
    """The practice node as it was built: what a test does on it is undone after it."""
    with undone():
        yield built
