"""What tests need of the system beyond git and Python: whether it is here, and what to install where it is not.

A test says what it needs with a mark: ``@pytest.mark.needs("proxies", "tesseract rus")``; all of ``tests/browser`` need
"browser" and "fonts". What the system lacks is left out by ``tests/lacking.py``; ``tools/testing.py`` says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from tools.postgres import MISSING, programs

# Which tests are left out, by what they need: names of NEEDS with commas between them.
LACKING = "PANAH_TEST_LACKING"
# Where the usual places lie; a test sets another folder to see what a bare machine does.
ROOT = Path(os.environ.get("PANAH_SYSTEM_ROOT", "/"))
# The first is the same engine without windows: it takes a quarter less time.
CHROMIUM = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome",
)  # fmt: skip
CHROMIUM_ELSEWHERE = (
    "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "Applications/Chromium.app/Contents/MacOS/Chromium",
)
# With other letters than readers have, pages measure otherwise.
FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf")
# Tesseract's names of the languages of the library, all of which Debian packages as tesseract-ocr-NAME.
SCANS = ("eng", "rus", "kaz", "kir", "tgk", "uzb", "uzb_cyrl", "tur", "fas")


@dataclass(frozen=True)
class Need:
    """What a test may need: how to see that it is here, and the sentence for whoever lacks it."""

    is_here: Callable[[], bool]
    sentence: str


def chromium() -> str | None:
    """Return the browser to test with, None when there is none."""
    if chosen := os.environ.get("PANAH_CHROMIUM"):
        return chosen
    known = [found for name in CHROMIUM if (found := shutil.which(name))]
    known += [str(ROOT / place) for place in CHROMIUM_ELSEWHERE if (ROOT / place).exists()]
    return known[0] if known else None


def has_proxies() -> bool:
    """Say whether both are here; nginx often lies where only administrators look."""
    return all(
        shutil.which(name) or shutil.which(name, path=str(ROOT / "usr/sbin")) for name in ("nginx", "caddy")
    )


def has_fonts() -> bool:
    """Say whether the letters of all our languages are here; macOS and Windows bring their own."""
    if sys.platform in ("darwin", "win32"):
        return True
    return all(any((ROOT / "usr/share/fonts").rglob(name)) for name in FONTS)


@lru_cache(maxsize=1)
def tesseract_data() -> frozenset[str]:
    """Return the names of the languages that tesseract here can read; nothing without the program."""
    program = shutil.which("tesseract")
    if not program:
        return frozenset()
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
    return frozenset(line.strip() for line in done.stdout.splitlines())


NEEDS: dict[str, Need] = {
    "browser": Need(
        lambda: chromium() is not None,
        "Tests of pages need Chromium (Debian: apt install chromium; elsewhere set PANAH_CHROMIUM).",
    ),
    "proxies": Need(has_proxies, "Tests of deploy/ need nginx and Caddy (Debian: apt install nginx caddy)."),
    "fonts": Need(
        has_fonts, "Tests of pages need fonts (Debian: apt install fonts-dejavu-core fonts-noto-core)."
    ),
    "tesseract": Need(
        lambda: bool(tesseract_data()), "Tests of scans need tesseract (Debian: apt install tesseract-ocr)."
    ),
    **{
        f"tesseract {name}": Need(
            partial(lambda name: name in tesseract_data(), name),
            f"Tests of scans in {name} need its data (Debian: apt install tesseract-ocr-{name.replace('_', '-')}).",
        )
        for name in SCANS
    },
    "postgres": Need(lambda: programs() is not None, MISSING),
}


def lacking() -> dict[str, str]:
    """Return the sentence of each thing that the system lacks, by its name in ``NEEDS``."""
    return {name: need.sentence for name, need in NEEDS.items() if not need.is_here()}
