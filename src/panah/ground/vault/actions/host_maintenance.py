"""What keeps a node's vault in order without any key: the host file and the store keys."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from panah.ground.vault import host_secrets, shred_store

# Milliseconds: a checkpoint that waits for readers keeps writers waiting.
PATIENCE = 100


def make_host_file(path: Path) -> None:
    """Write a new host file; never overwrites one."""
    host_secrets.make(path)


def put_back_host_file(path: Path, kept: dict[str, str]) -> None:
    """Write the host file anew from a recovery sheet, or from the pepper alone; what is not known is made new."""
    host_secrets.restore(path, kept)


def check_host_file() -> None:
    """Refuse with what to do when the host file is missing or unreadable."""
    if settings.PANAH_DOOR_ONLY:
        host_secrets.door_peppers()
    else:
        host_secrets.host()


def make_door_file(path: Path) -> None:
    """Write the host file of a machine that serves the public door alone; never overwrites one."""
    host_secrets.make_door_file(path)


def replace_store_keys(*, at: datetime) -> bool:
    """Replace the store keys of every copy when a week has passed."""
    return shred_store.replace_keys_when_due(at=at)


def truncate_logs(*, at: datetime) -> int:
    """Empty SQLite's write-ahead logs, which keep what was written together; returns of how many databases.

    While somebody reads or writes it is left to the next time: nobody waits for this.
    """
    del at
    return sum(_truncated(connections[alias]) for alias in connections)


def _truncated(connection: BaseDatabaseWrapper) -> bool:
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        [(usual,)] = cursor.execute("PRAGMA busy_timeout").fetchall()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            [(busy, _pages, _moved)] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            # This connection goes on writing: with so little patience others would keep it from it.
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
    return not busy
