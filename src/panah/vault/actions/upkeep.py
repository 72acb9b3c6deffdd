"""What keeps a node's vault in order without any key: host file, store keys, tombstones, waiting cards."""

from datetime import datetime
from pathlib import Path

from panah.network.queries import hosted_ids
from panah.vault import host, search, shredding
from panah.vault.actions.cards import drop_touched_segments, shuffle_waiting


def make_host_file(path: Path) -> None:
    """Write a new host file; never overwrites one."""
    host.make(path)


def check_host_file() -> None:
    """Refuse with what to do when the host file is missing or unreadable."""
    host.host()


def replace_store_keys(*, at: datetime) -> bool:
    """Replace the store keys of every copy when a week has passed."""
    return shredding.replace_keys_when_due(at=at)


def shuffle_cards(*, at: datetime) -> int:
    """Let facts cards that have company join the others, in every society of this node."""
    del at
    return sum(shuffle_waiting(society=society) for society in hosted_ids())


def keep_the_promise(*, at: datetime) -> int:
    """On day 13 drop segments that no holder has rewritten, in every society of this node."""
    search.forget_old(at=at)
    return sum(drop_touched_segments(society=society, at=at) for society in hosted_ids())
