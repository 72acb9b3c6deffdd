"""Recognises the letters on a picture of a page with Debian's tesseract, in a limited process, if it is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from panah.programmes.library.reading.parts import tidy
from panah.programmes.library.rules import languages

LIMITED = Path(__file__).with_name("limited.py")
SECONDS = 180.0
_SCRIPT = re.compile(r"^Script: (\w+)\nScript confidence: ([\d.]+)", re.MULTILINE)
# Below it Cyrillic was taken for Latin on most of the poor scans that were tried; nothing above it was wrong.
SURE = 10.0


@dataclass(frozen=True)
class Recognised:
    """What was read on a picture: ``reason`` is a code of ``sentences.PAGES`` or ""."""

    text: str = ""
    language: str = ""
    reason: str = ""


def program() -> str:
    """Return where tesseract is, "" where it is not."""
    return shutil.which("tesseract") or ""


def data_here() -> frozenset[str]:
    """Return for which languages there is data on this machine; nothing without the program."""
    found = program()
    if not found:
        return frozenset()
    said = subprocess.run([found, "--list-langs"], capture_output=True, text=True, check=False, timeout=20)  # noqa: S603
    return frozenset(line.strip() for line in said.stdout.splitlines() if " " not in line.strip())


def recognise(
    picture: bytes, width: int, height: int, *, chosen: str, guess: str, have: Collection[str]
) -> Recognised:
    """Return what stands on a grey picture.

    ``chosen``: the language somebody said, ``guess``: that of the title or of the page before; both may be "".
    ``have``: for what there is data. A guess that the text contradicts is given up, what was chosen is not.
    """
    if not have:
        return Recognised(reason="no-tesseract")
    page = b"P5\n%d %d\n255\n" % (width, height) + picture
    if chosen:
        return _in_language(page, chosen, have)
    first = languages.data_for(guess)
    tried = [first] if first in have else [data for one in _scripts(page) if (data := _together(one, have))]
    if not tried:
        return Recognised(reason="no-language")
    read = {data: _run(page, "-l", data) for data in tried}
    first = max(read, key=lambda data: languages.like_words(read[data]))
    text = read[first]
    tag = languages.detected(text)
    if tag and languages.data_for(tag) not in (first, ""):
        return _in_language(page, tag, have)
    return _said(text, tag, guess if first == languages.data_for(guess) else "")


def _in_language(page: bytes, tag: str, have: Collection[str]) -> Recognised:
    data = languages.data_for(tag)
    if data not in have:
        return Recognised(reason="no-language")
    return _said(_run(page, "-l", data), tag)


def _said(text: str, tag: str, guess: str = "") -> Recognised:
    if not text:
        return Recognised(reason="unrecognised")
    tag = tag or guess
    return Recognised(text, tag, "neighbour" if tag in languages.NEIGHBOUR else "")


def _together(script: str, have: Collection[str]) -> str:
    """Return all the data that there is for a script, as tesseract is asked for several at once."""
    return "+".join(one for one in languages.BY_SCRIPT.get(script, ()) if one in have)


def _scripts(page: bytes) -> tuple[str, ...]:
    """Return in which script a page is; both that are taken for each other where tesseract is not sure."""
    found = _SCRIPT.search(_run(page, "--psm", "0", "-l", "osd"))
    return (found[1],) if found and float(found[2]) >= SURE else ("Cyrillic", "Latin")


def _run(page: bytes, *asked: str) -> str:
    """Return what tesseract says of a picture; "" where it took too long or tripped over it."""
    command = [sys.executable, "-I", str(LIMITED), program(), "-", "-", "--dpi", "300", *asked]
    data = {"TESSDATA_PREFIX": os.environ["TESSDATA_PREFIX"]} if "TESSDATA_PREFIX" in os.environ else {}
    try:
        done = subprocess.run(  # noqa: S603  our own program
            command,
            input=page,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8", **data},
            cwd="/",
            timeout=SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return ""
    return tidy(done.stdout.decode("utf-8", errors="replace").replace("\f", ""))
