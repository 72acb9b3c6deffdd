"""The keys under which a copy of the shred store wraps its values: a file beside it, in no backup."""

import json
import os
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal


class StoreKeys:
    """The current and the previous store key of one copy, in a file beside it (mode 0600)."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> dict[int, bytes]:
        """Return keys by number, the largest number is the current one."""
        try:
            kept = json.loads(self.path.read_text())
        except FileNotFoundError:
            return {}
        return {int(n): bytes.fromhex(k) for n, k in kept["keys"].items()}

    def save(self, keys: dict[int, bytes], *, at: datetime) -> None:
        """Replace the file whole, with a flush to the disk before the old one goes."""
        body = {
            "what": "Store keys. In no backup.",
            "since": at.isoformat(),
            "keys": {str(n): k.hex() for n, k in keys.items()},
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=".store-")
        with os.fdopen(descriptor, "w") as f:
            json.dump(body, f)
            f.flush()
            os.fsync(f.fileno())
        Path(name).replace(self.path)
        _flush_folder(self.path.parent)

    def stamp(self) -> tuple[int, int] | None:
        """Return what tells one state of the file from another, without reading it."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def since(self) -> datetime | None:
        """When the current key was made."""
        try:
            return datetime.fromisoformat(json.loads(self.path.read_text())["since"])
        except FileNotFoundError:
            return None

    def must_be_of_today(self, replaced_after: timedelta, *, at: datetime) -> None:
        """On the door's own machine lies a copy: refuse to write under a key that may be thrown away soon.

        A key is kept for twice this time: its copy may be a day late, and what it wraps still has days to be moved.
        """
        since = self.since()
        if since is None or at - since > replaced_after + timedelta(days=1):
            raise Refusal(
                _("Nothing can be written here just now."),
                next_step=_("Please use the telephone, or come back later."),
                code="old-store-key",
                status=503,
            )


def _flush_folder(folder: Path) -> None:
    # Values are wrapped under the new key at once: after a cut of the power its file must be the one that is found.
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
