"""A backup: the main database as it is at one moment, and a signed list of what is in it. Nothing else, on purpose.

Host file and store keys are in no backup, and neither is the shred store: what must be able to vanish may not lie in
a drawer. A backup is one tar file, compressed, with

- ``manifest.json``: format, version, when, engine, SHA-256 of the database, rows by table, the head of each journal;
- ``manifest.sig``: the node key's Ed25519 signature over it;
- ``panah.sqlite3`` (SQLite's online backup) or ``panah.dump`` (pg_dump's custom format).
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypedDict
from uuid import UUID

from django.apps import apps
from django.db import connections
from django.utils.translation import gettext_lazy as _

from panah.ground.audit.queries import head
from panah.ground.foundation import rls_policies
from panah.ground.foundation.errors import Refusal
from panah.ground.network.queries import hosted_societies
from panah.ground.vault.host_secrets import host
from panah.ground.vault.seals import sign, signed, signing_public

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
NAMES = {"sqlite": "panah.sqlite3", "postgresql": "panah.dump"}


class Counted(TypedDict):
    """Rows by table, and the head of each journal, as they stand in the copy."""

    rows: dict[str, int]
    heads: dict[str, str]


class Manifest(Counted):
    what: str
    format: int
    version: str
    at: str
    engine: str
    sha256: str


@dataclass(frozen=True)
class Backup:
    """An opened backup: its manifest, and whether this node's key signed it."""

    manifest: Manifest
    ours: bool


def write(target: Path, *, at: datetime) -> Manifest:
    """Write a backup while people work; returns its manifest. The file appears whole or not at all."""
    if target.exists():
        raise Refusal(
            _("A file of this name is there already."), next_step=_("Choose another name."), code="file-there"
        )
    rls_policies.must_pass()
    # Through Django first: where no database of a node lies, it says so as every other command does.
    hosted_societies()
    vendor = connections["default"].vendor
    with _written(target), _room(target.resolve().parent) as room:
        body = room / NAMES[vendor]
        counted = _take_sqlite(body) if vendor == "sqlite" else _take_postgres(body)
        manifest: Manifest = {
            "what": "Panah backup",
            "format": FORMAT,
            "version": _version(),
            "at": at.isoformat(),
            "engine": vendor,
            "sha256": _sha256(body),
            **counted,
        }
        raw = json.dumps(manifest, indent=1, sort_keys=True).encode()
        whole = room / "whole"
        with tarfile.open(whole, "w:gz", compresslevel=1) as archive:
            _add(archive, MANIFEST, raw)
            _add(archive, SIGNATURE, sign(host().node_seed, "backup", raw))
            archive.add(body, body.name)
        whole.chmod(0o600)
        with whole.open("r+b") as written:
            os.fsync(written.fileno())
        whole.replace(target)
    return manifest


def _version() -> str:
    try:
        return version("panah")
    except PackageNotFoundError:
        return ""


@contextmanager
def _written(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise Refusal(
            _("The backup could not be written: %(reason)s.") % {"reason": reason},
            next_step=_("See that this account may write in %(path)s and that the disk has room.")
            % {"path": target.resolve().parent},
            code="not-written",
        ) from None


@contextmanager
def _room(parent: Path) -> Iterator[Path]:
    # Beside the target: only there is the last rename whole, and a full disk shows before anything is promised.
    parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=".panah-backup-", dir=parent))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _take_sqlite(target: Path) -> Counted:
    source = sqlite3.connect(f"file:{connections['default'].settings_dict['NAME']}?mode=ro", uri=True)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Refusal(
                _("The database is damaged: the copy does not hold together."),
                next_step=_("Keep the older backups, and look at the disk today."),
                code="damaged",
            )
        return _counted(copy)
    finally:
        copy.close()
        source.close()


def _counted(copy: sqlite3.Connection) -> Counted:
    # Counted in the copy, so that the list says what is in the backup and not what came in meanwhile.
    there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    rows = {t: copy.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in _tables() if t in there}  # noqa: S608  our own tables
    heads = {
        UUID(society).hex: f"{number}:{bytes(digest).hex()}"
        for society, number, digest in copy.execute(
            "SELECT society, number, hash FROM audit_chainhead WHERE number > 0"
        )
    }
    return {"rows": rows, "heads": heads}


def _take_postgres(target: Path) -> Counted:
    import psycopg

    known = connections["default"].settings_dict
    with psycopg.connect(
        host=known["HOST"] or None,
        port=known["PORT"] or None,
        user=known["USER"] or None,
        password=known["PASSWORD"] or None,
        dbname=known["NAME"],
    ) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        # Counted in the moment that is dumped, so that the list says what is in the backup.
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        _run_postgres(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={(snapshot or [''])[0]}",
            "--file",
            str(target),
        )
        there = {
            name
            for (name,) in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            )
        }
        rows = {t: _one(connection.execute(f'SELECT count(*) FROM "{t}"')) for t in _tables() if t in there}  # noqa: S608  our own tables
        heads = {
            society.hex: f"{number}:{bytes(digest).hex()}"
            for society, number, digest in connection.execute(
                "SELECT society, number, hash FROM audit_chainhead WHERE number > 0"
            )
        }
    return {"rows": rows, "heads": heads}


def _one(cursor: Any) -> int:
    return int(cursor.fetchone()[0])


def client(program: str) -> str | None:
    """Return PostgreSQL's newest client program here: an older one cannot read a newer server."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda p: int(p.parts[-3]), reverse=True
    )
    return str(installed[0]) if installed else shutil.which(program)


def _run_postgres(program: str, *arguments: str) -> None:
    found = client(program)
    if found is None:
        raise Refusal(
            _("The program %(name)s is missing.") % {"name": program},
            next_step=_("Install PostgreSQL's client of the server's version."),
            code="no-client",
        )
    known = connections["default"].settings_dict
    # By environment: a password on a command line is read by everyone on the machine.
    env = os.environ | {
        "PGHOST": known["HOST"],
        "PGPORT": str(known["PORT"] or 5432),
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
        "PGDATABASE": known["NAME"],
    }
    done = subprocess.run([found, *arguments], env=env, capture_output=True, check=False)  # noqa: S603  our own words
    if done.returncode:
        raise Refusal(
            _("%(name)s did not succeed.") % {"name": program},
            next_step=_("See that its version fits the server and that the disk has room."),
            code="client-failed",
        )


def _tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.model_name != "shredrow"
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


# -- and back ----------------------------------------------------------------------------------


def check_backup(source: Path) -> Backup:
    """Read the manifest and check the whole file, or refuse; nothing is changed. Needs the host file."""
    try:
        with tarfile.open(source) as archive:
            raw, signature = _member(archive, MANIFEST), _member(archive, SIGNATURE)
            manifest = json.loads(raw)
            if manifest.get("what") != "Panah backup" or manifest["format"] != FORMAT:
                raise _no_backup()
            digest = hashlib.sha256()
            for piece in _pieces(archive, NAMES[manifest["engine"]]):
                digest.update(piece)
    except (OSError, tarfile.TarError, zlib.error, ValueError, KeyError, EOFError):
        raise _no_backup() from None
    if digest.hexdigest() != manifest["sha256"]:
        raise Refusal(
            _("This backup was changed or damaged: the database is not the one that was written."),
            next_step=_("Take another backup."),
            code="backup-changed",
        )
    return Backup(manifest, signed(signing_public(host().node_seed), signature, "backup", raw))


def societies_in(source: Path) -> list[UUID]:
    """Return the societies that a backup's list names, unchecked; refuses when it is no backup."""
    try:
        with tarfile.open(source) as archive:
            return [UUID(society) for society in json.loads(_member(archive, MANIFEST))["heads"]]
    except (OSError, tarfile.TarError, zlib.error, ValueError, KeyError, EOFError):
        raise _no_backup() from None


def _no_backup() -> Refusal:
    return Refusal(
        _("This file is no whole Panah backup."),
        next_step=_("Check the name, or take another backup."),
        code="no-backup",
    )


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    found = archive.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found.read()


def _pieces(archive: tarfile.TarFile, name: str) -> Iterator[bytes]:
    found = archive.extractfile(name)
    if found is None:
        raise KeyError(name)
    while piece := found.read(1 << 20):
        yield piece


def restore_database(source: Path, backup: Backup) -> None:
    """Put the backup's database in the place of the node's; the caller has asked and stopped the node."""
    vendor = connections["default"].vendor
    if vendor != backup.manifest["engine"]:
        raise Refusal(
            _("This backup comes from the other kind of database."),
            next_step=_("Set PANAH_DATABASE_URL to the kind it was made on: %(engine)s.")
            % {"engine": backup.manifest["engine"]},
            code="other-engine",
        )
    name = NAMES[vendor]
    place = (
        Path(connections["default"].settings_dict["NAME"])
        if vendor == "sqlite"
        else Path(tempfile.gettempdir()) / "x"
    )
    with _room(place.resolve().parent) as room:
        body = room / name
        with tarfile.open(source) as archive, body.open("wb") as f:
            for piece in _pieces(archive, name):
                f.write(piece)
            f.flush()
            os.fsync(f.fileno())
        connections["default"].close()
        if vendor == "sqlite":
            _swap_sqlite(body, place)
        else:
            _run_postgres(
                "pg_restore",
                "--clean",
                "--if-exists",
                "--no-owner",
                "--no-privileges",
                "--single-transaction",
                "--exit-on-error",
                "--dbname",
                connections["default"].settings_dict["NAME"],
                str(body),
            )


def _swap_sqlite(body: Path, place: Path) -> None:
    # A log that belongs to the old database would be played into the new one.
    for beside in ("-wal", "-shm"):
        Path(f"{place}{beside}").unlink(missing_ok=True)
    body.replace(place)


def holds_people() -> bool:
    """Say whether the node's main database already has societies at work: then a restore goes over something."""
    connection = connections["default"]
    if "network_society" not in connection.introspection.table_names():
        return False
    return bool(hosted_societies())


def differences(manifest: Manifest) -> list[str]:
    """Compare the restored database with its list; returns what does not fit (nothing when all is well)."""
    wrong = []
    with connections["default"].cursor() as cursor:
        for table in (t for t in _tables() if t in manifest["rows"]):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  our own tables
            if cursor.fetchone()[0] != manifest["rows"][table]:
                wrong.append(table)
    for society in hosted_societies():
        number, digest = head(society.id)
        if number and manifest["heads"].get(society.id.hex) != f"{number}:{digest.hex()}":
            wrong.append(f"journal of {society.slug}")
    return wrong
