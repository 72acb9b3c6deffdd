"""How documents are read: pages a second beside the bare extractor, memory of what does not behave, wrong letters.

The files are those of the tests (`tests/library/made.py`): made by code, the same bytes each time.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import Figure, beside

PAGES, QUICK_PAGES = 500, 100
WATCH = """
import os, subprocess, sys
reader = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL)
used = os.wait4(reader.pid, 0)[2]
sys.stderr.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss}")
"""


@dataclass(frozen=True)
class Ran:
    """One run of the reader: its lines, seconds by the clock and of the processor, mebibytes at its fullest."""

    lines: list[dict[str, Any]]
    seconds: float
    processor: float
    mebibytes: float

    @property
    def said(self) -> str:
        """How it ended: "end", or the code of why not."""
        return str(self.lines[-1].get("cannot", "end")) if self.lines else "died"


def run(quick: bool) -> Iterator[Figure]:
    yield from _pages_a_second(QUICK_PAGES if quick else PAGES)
    yield from _memory()
    yield from _letters(quick)


# ---- pages a second


def _pages_a_second(pages: int) -> Iterator[Figure]:
    from tests.library import made_hostile

    body = made_hostile.pdf_of_many_pages(pages)
    ours, bare = beside(
        lambda: read_alone("pdf", [body], len(body)),
        lambda: _bare_pdf(body),
        times=3,
        clock=time.perf_counter,
    )
    yield Figure(
        "library", "pages of a PDF a second", pages / ours * 1000, "pages/s", pages / bare * 1000, pages
    )
    one = made_hostile.pdf_of_many_pages(1)
    started = read_alone("pdf", [one], len(one)).seconds
    yield Figure("library", "a reader started, with one page", started * 1000, "ms", None, 1)
    began = time.perf_counter()
    read = list(_scanned("ru"))
    taken = (time.perf_counter() - began) / len(read)
    yield Figure("library", "a scanned page of a PDF drawn and read", taken, "s", None, len(read))


def _scanned(language: str) -> Iterator[str]:
    """The pages of a scanner's PDF, as the worker reads them."""
    from panah.programmes.library.reading import pdf, tesseract
    from tests.library import made

    have = tesseract.data_here()
    for line, picture in pdf.pages(bytearray(made.scanned_pdf(language).data()), skip=(), draw=None):
        size = int(line["width"]), int(line["height"])
        yield tesseract.recognise(picture, *size, chosen=language, guess="", have=have).text


def _bare_pdf(body: bytes) -> int:
    """The extractor alone, in this process, believing everything."""
    import pypdfium2

    book = pypdfium2.PdfDocument(body)
    return sum(len(book[number].get_textpage().get_text_bounded()) for number in range(len(book)))


def read_alone(kind: str, pieces: Iterable[bytes], size: int) -> Ran:
    """Read a file in the process that reads documents, as the worker starts it; pictures are passed over."""
    from panah.programmes.library.reading import reader

    began = time.perf_counter()
    # Between us and the reader stands a small process: memory is counted from the fork on, ours would count too.
    command = [sys.executable, "-I", "-S", "-c", WATCH, sys.executable, "-I", reader.__file__, kind]
    asked = json.dumps({"type": kind, "size": size, "skip": [], "draw": None}).encode() + b"\n"
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        sending = threading.Thread(target=_send, args=(process.stdin, itertools.chain([asked], pieces)))
        sending.start()
        lines = list(_lines(process.stdout))
        sending.join()
        told: Any = process.stderr
        processor, memory = told.read().split()
    return Ran(lines, time.perf_counter() - began, float(processor), int(memory) / 1024)


def _send(into: Any, pieces: Iterable[bytes]) -> None:
    """Send a file; a reader that has seen enough of it is let go."""
    with contextlib.suppress(BrokenPipeError), into:
        for piece in pieces:
            into.write(piece)


def _lines(out: Any) -> Iterator[dict[str, Any]]:
    while row := out.readline():
        said = json.loads(row)
        out.read(said.get("picture", 0))
        yield said


# ---- memory


def _memory() -> Iterator[Figure]:
    from tests.library import made_hostile

    size = 200 * made_hostile.MEBIBYTE
    small = made_hostile.pdf_of_many_pages(1)
    floor = read_alone("pdf", [small], len(small)).mebibytes
    hostile: list[tuple[str, str, Callable[[], Any], int | None]] = [
        ("500 pages", "pdf", made_hostile.pdf_of_many_pages, None),
        ("a file of 200 MB", "pdf", made_hostile.big_pieces, size),
        ("a bomb of 512 MB", "docx", made_hostile.zip_bomb, None),
        ("a bomb that lies", "docx", lambda: made_hostile.zip_bomb(said=4096), None),
        ("words of words", "docx", made_hostile.entity_bomb, None),
        ("a picture of 65,000 by 65,000", "png", made_hostile.picture_of_giants, None),
    ]
    for name, kind, make, known in hostile:
        body = make()
        got = read_alone(kind, [body] if isinstance(body, bytes) else body, known or len(body))
        yield Figure(
            "library",
            f"{name}: memory of the reader ({got.said})",
            got.mebibytes,
            "MB",
            floor,
            len(got.lines),
        )
        yield Figure("library", f"{name}: seconds", got.seconds, "s", None, len(got.lines))


# ---- letters


def error_rate(read: str, meant: str) -> float:
    """Return the share of letters that would have to be changed, spaces and lines counted alike; 1.0 at most."""
    from rapidfuzz.distance import Levenshtein

    ours, theirs = " ".join(read.split()), " ".join(meant.split())
    return min(1.0, float(Levenshtein.distance(ours, theirs)) / len(theirs))


def _letters(quick: bool) -> Iterator[Figure]:
    """Per language and scan: letters wrong when read in the right language, in a neighbour's, and when nobody says."""
    from panah.programmes.library.reading import tesseract
    from tests.library.made_texts import LANGUAGES, WRONG

    have = tesseract.data_here()
    means: dict[str, list[float]] = {}
    for language in ("ru", "kk", "fa") if quick else LANGUAGES:
        for how in (0, 1):
            meant, read = _scan(language, how)
            for said, chosen in (
                ("right language", language),
                ("wrong language", WRONG[language]),
                ("nobody says", ""),
            ):
                rate = error_rate(read(chosen, have), meant)
                means.setdefault(said, []).append(rate)
                name = f"letters wrong, {language}, {('fair', 'poor')[how]} scan, {said}"
                yield Figure(
                    "library", f"{name} ({chosen})" if chosen else name, rate, "share", None, len(meant)
                )
    for said, rates in means.items():
        yield Figure(
            "library", f"letters wrong, all scans, {said}", sum(rates) / len(rates), "share", None, len(rates)
        )


def _scan(language: str, how: int) -> tuple[str, Callable[[str, Collection[str]], str]]:
    """Return what stands on a scan, and what reads it in a chosen language."""
    from panah.programmes.library.reading import pictures, tesseract
    from tests.library import made_scans

    line, picture = next(pictures.pages(bytearray(made_scans.scan(language, how)), skip=()))

    def read(chosen: str, have: Collection[str]) -> str:
        size = line["width"], line["height"]
        return tesseract.recognise(picture, *size, chosen=chosen, guess="", have=have).text

    return made_scans.text_of_scan(language, how), read
