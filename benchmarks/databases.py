"""On PostgreSQL: a database of its own for each node, beside the one that is named, for as long as the bench runs."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

SERVING, OWNER = "PANAH_DATABASE_URL", "PANAH_DATABASE_OWNER_URL"
GIVEN = {SERVING: "PANAH_BENCH_DATABASE_URL", OWNER: "PANAH_BENCH_DATABASE_OWNER_URL"}


def given(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the addresses of a PostgreSQL that the bench may use; none means SQLite in the nodes' folders."""
    found = {name: environment[ours] for name, ours in GIVEN.items() if environment.get(ours)}
    return found if found.get(SERVING, "").startswith(("postgres://", "postgresql://")) else {}


@contextmanager
def for_nodes(
    names: tuple[str, ...], environment: Mapping[str, str] = os.environ
) -> Iterator[dict[str, dict[str, str]]]:
    """Make a database for each node; yields what names it to the node's processes. They are dropped afterwards."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(_one(given(environment))) for name in names}


@contextmanager
def _one(addresses: dict[str, str]) -> Iterator[dict[str, str]]:
    if not addresses:
        yield {}
        return
    import psycopg

    name = f"panah_bench_{uuid4().hex[:12]}"
    with psycopg.connect(addresses.get(OWNER, addresses[SERVING]), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield {key: urlsplit(url)._replace(path=f"/{name}").geturl() for key, url in addresses.items()}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
