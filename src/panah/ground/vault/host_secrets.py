"""What the host keeps outside database and backups: pepper, node key, TOTP key, Django's secret."""

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal


@dataclass(frozen=True)
class Host:
    pepper: bytes
    node_seed: bytes
    totp_key: bytes
    # Of the keys on the wire, once they were replaced; until then they come from ``node_seed``.
    wire_seed: bytes = b""
    wire_next: bytes = b""
    wire_before: bytes = b""


NAMES = ("pepper", "node_seed", "totp_key", "django_secret")
# Rooms of which the public door needs the pepper.
DOOR_ROOMS = ("reporters",)
WIRE = ("wire_seed", "wire_next", "wire_before")


def make(path: Path) -> None:
    """Write a new host file, readable by its owner only; never overwrites one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, {})


def restore(path: Path, kept: dict[str, str]) -> None:
    """Write the host file anew from a recovery sheet, or from the pepper alone; what is not known is made new."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, kept)


def _write(path: Path, kept: dict[str, str]) -> None:
    content = {name: kept.get(name) or secrets.token_hex(32) for name in NAMES}
    content |= {name: kept[name] for name in WIRE if kept.get(name)}
    _put(path, content, os.O_EXCL)
    host.cache_clear()


def _put(path: Path, content: dict[str, str], how: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(descriptor, "w") as f:
        json.dump({"what": "Panah host keys. Keep outside every backup.", **content}, f, indent=1)
        f.flush()
        os.fsync(f.fileno())


def change_wire_keys(**changed: str) -> None:
    """Write the host file anew with other keys of the wire (hex; "" takes one away). The old file stays until then."""
    path = Path(settings.PANAH_HOST_FILE)
    content = {name: value for name, value in (host_secrets() | changed).items() if value}
    beside = path.with_name(f"{path.name}.new")
    _put(beside, content, os.O_TRUNC)
    beside.replace(path)
    host.cache_clear()


def make_door_file(path: Path) -> None:
    """Write the host file of a machine of the door's own: what its rooms derive from the pepper, none of the keys."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    peppers = {f"pepper_of_{room}": pepper_of(room).hex() for room in DOOR_ROOMS}
    _put(path, {"django_secret": secrets.token_hex(32), **peppers}, os.O_EXCL)


def pepper_of(room: str) -> bytes:
    """Return 32 bytes of a room's own, made from this host's pepper; the door's own machine holds them ready made."""
    if settings.PANAH_DOOR_ONLY:
        return door_peppers()[room]
    return hmac.digest(host().pepper, f"panah {room} pepper 1".encode(), "sha256")


@lru_cache(maxsize=1)
def door_peppers() -> dict[str, bytes]:
    """Return what the host file of a machine of the door's own holds, or refuse with what to do."""
    try:
        kept = json.loads(Path(settings.PANAH_HOST_FILE).read_text())
        return {room: bytes.fromhex(kept[f"pepper_of_{room}"]) for room in DOOR_ROOMS}
    except (OSError, ValueError, KeyError):
        raise Refusal(
            _("The host file is missing or unreadable."),
            next_step=_("Make it on the node: ./panah grantdoor --host-file FILE."),
            code="no-host-file",
        ) from None


@lru_cache(maxsize=1)
def host() -> Host:
    """Return the host's keys, or refuse with what to do."""
    path = Path(settings.PANAH_HOST_FILE)
    try:
        kept = json.loads(path.read_text())
        needed = (bytes.fromhex(kept[name]) for name in NAMES[:3])
        return Host(*needed, *(bytes.fromhex(kept.get(name, "")) for name in WIRE))
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
    return {name: kept[name] for name in NAMES} | {name: kept[name] for name in WIRE if kept.get(name)}
