"""Style sheets and scripts under names that say what is in them, compressed once: a telephone loads each one time.

`serve` collects them when it starts, into a folder named by their content beside the databases; the folder with the
code is never written to. A new version of the program gives a new folder, made whole beside the old one and then
renamed: pages of an old process that still runs find what they name.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

KEPT = 2  # the present folder and the one before it


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it brings no types
    """Names with a hash of the content, in style sheets and in imports of modules too."""

    support_js_module_import_aggregation = True


def collect(into: Path) -> Path:
    """Return the folder below ``into`` that holds all files under their lasting names; makes it when it is not there.

    Raises OSError when the folder cannot be written, ValueError when a file names another that is not there.
    """
    files = dict(found())
    folder = into / digest(files)
    if not folder.exists():
        into.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(dir=into, prefix=".making-"))
        try:
            fill(making, files)
            making.chmod(0o755)
            put_in_place(making, folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    os.utime(folder)
    forget_old(into, folder)
    return folder


def put_in_place(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:
        # Another process was first, with the same content.
        if not folder.exists():
            raise


def found() -> Iterator[tuple[str, tuple[Storage, str]]]:
    """Every static file of every room: its name, and where it lies."""
    for finder in get_finders():
        for path, storage in finder.list(None):
            yield Path(getattr(storage, "prefix", None) or "", path).as_posix(), (storage, path)


def digest(files: dict[str, tuple[Storage, str]]) -> str:
    """A name for this very set of files, made by this version of the tools."""
    whole = hashlib.sha256(f"1 {django.__version__}".encode())
    for name, (storage, path) in sorted(files.items()):
        with storage.open(path) as one:
            whole.update(name.encode() + b"\0" + hashlib.sha256(one.read()).digest())
    return whole.hexdigest()[:16]


def fill(folder: Path, files: dict[str, tuple[Storage, str]]) -> None:
    """Copy the files into the folder, name them by content, rewrite who names them, compress."""
    target = HashedStorage(location=str(folder), base_url=settings.STATIC_URL)
    for name, (storage, path) in files.items():
        with storage.open(path) as one:
            target.save(name, one)
    for _name, _hashed, done in target.post_process({name: (target, name) for name in files}):
        if isinstance(done, Exception):
            raise done


def forget_old(into: Path, present: Path) -> None:
    """Leave the present folder and the one before it."""
    others = [one for one in into.iterdir() if one.is_dir() and one != present]
    others.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    for one in others[KEPT - 1 :]:
        shutil.rmtree(one, ignore_errors=True)


def weight(page: str, folder: Path) -> tuple[int, int]:
    """Return (bytes, files) that a browser loads beside a page: compressed, with what modules import."""
    manifest = json.loads((folder / "staticfiles.json").read_text())["paths"]
    wanted, seen = {name for name in manifest if f"{settings.STATIC_URL}{name}" in page}, set[str]()
    while wanted:
        name = wanted.pop()
        seen.add(name)
        text = (folder / manifest[name]).read_text() if name.endswith(".js") else ""
        # Static imports only: what a script fetches later, it fetches when it is needed.
        imported = {one for one in manifest if f'from "./{Path(manifest[one]).name}"' in text}
        wanted |= imported - seen
    return sum(sent(folder / manifest[name]) for name in seen), len(seen)


def sent(file: Path) -> int:
    compressed = file.with_name(file.name + ".gz")
    return (compressed if compressed.exists() else file).stat().st_size
