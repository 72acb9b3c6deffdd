"""A disk that is full, as SQLite says it: the file of a database grows no further."""

import pytest
from django.db import connections


@pytest.fixture
def full():
    """Let a database grow no further; ``full(alias)`` and later ``full(alias, over=True)``."""

    def limit(alias, *, over=False):
        with connections[alias].cursor() as cursor:
            if not over:
                cursor.execute("VACUUM")  # what tests before left free would still take something
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {1_000_000_000 if over else pages}")

    yield limit
    for alias in connections:
        limit(alias, over=True)
