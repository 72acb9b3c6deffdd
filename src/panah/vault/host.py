"""What the host keeps outside database and backups: pepper, node key, TOTP key, Django's secret."""

import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from panah.foundation.errors import Refusal


@dataclass(frozen=True)
class Host:
    pepper: bytes
    node_seed: bytes
    totp_key: bytes


def make(path: Path) -> None:
    """Write a new host file, readable by its owner only; never overwrites one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, {})


def put_back(path: Path, kept: dict[str, str]) -> None:
    """Write the host file anew from a recovery sheet, or from the pepper alone; what is not known is made new."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, kept)


def _write(path: Path, kept: dict[str, str]) -> None:
    content = {
        name: kept.get(name) or secrets.token_hex(32)
        for name in ("pepper", "node_seed", "totp_key", "django_secret")
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as f:
        json.dump({"what": "Panah host keys. Keep outside every backup.", **content}, f, indent=1)
    host.cache_clear()


@lru_cache(maxsize=1)
def host() -> Host:
    """Return the host's keys, or refuse with what to do."""
    path = Path(settings.PANAH_HOST_FILE)
    try:
        kept = json.loads(path.read_text())
        return Host(*(bytes.fromhex(kept[n]) for n in ("pepper", "node_seed", "totp_key")))
    except (OSError, ValueError, KeyError):
        raise Refusal(
            _("The host file is missing or unreadable."),
            next_step=_("Run ./panah init, or put the host file back from the recovery sheet."),
            code="no-host-file",
        ) from None


def host_secrets() -> dict[str, str]:
    """Return everything the host file holds, as hex: only to be sealed for the recovery sheet."""
    host()
    kept = json.loads(Path(settings.PANAH_HOST_FILE).read_text())
    return {name: kept[name] for name in ("pepper", "node_seed", "totp_key", "django_secret")}
