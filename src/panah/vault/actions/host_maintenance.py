"""What keeps a node's vault in order without any key: the host file and the store keys."""

from datetime import datetime
from pathlib import Path

from panah.vault import host_secrets, shred_store


def make_host_file(path: Path) -> None:
    """Write a new host file; never overwrites one."""
    host_secrets.make(path)


def put_back_host_file(path: Path, kept: dict[str, str]) -> None:
    """Write the host file anew from a recovery sheet, or from the pepper alone; what is not known is made new."""
    host_secrets.restore(path, kept)


def check_host_file() -> None:
    """Refuse with what to do when the host file is missing or unreadable."""
    host_secrets.host()


def replace_store_keys(*, at: datetime) -> bool:
    """Replace the store keys of every copy when a week has passed."""
    return shred_store.replace_keys_when_due(at=at)
