"""Starts the reader of a document, gives it the file piece by piece, and takes page after page from it."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Collection, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from panah.programmes.library.reading.parts import MOST_PAGES
from panah.programmes.library.reading.pictures import MOST_PIXELS

# A line of the reader, as it would be if nothing went wrong: no value in it is believed.
type Answered = dict[str, str | int]
READER = Path(__file__).with_name("reader.py")
# Seconds for one page; the first one comes after the whole file was taken in.
PAGE_SECONDS = 90.0


class Unreadable(Exception):
    """The file cannot be read: a code of ``sentences.UNREADABLE``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Died(Exception):
    """The reader was ended by the system or by its clock: over the page behind the last one that came."""


@dataclass(frozen=True)
class ReadPage:
    """A page as it came from the reader: its text, why it is not believed, a grey picture or b""."""

    number: int
    total: int
    text: str
    reason: str
    picture: bytes
    width: int
    height: int


class Reader:
    """One reading of one file. Used as a context: whatever happens, the process is gone afterwards."""

    def __init__(
        self,
        *,
        kind: str,
        size: int,
        pieces: Iterable[bytes],
        skip: Collection[int],
        draw: Collection[int] | None,
        seconds: float = PAGE_SECONDS,
    ) -> None:
        self.asked = {
            "type": kind,
            "size": size,
            "skip": list(skip),
            "draw": None if draw is None else list(draw),
        }
        self.pieces, self.seconds = pieces, seconds
        self.process = subprocess.Popen(  # noqa: S603  our own program
            # -I: neither our folder nor the environment decides what is imported. No environment: nothing to read.
            [sys.executable, "-I", str(READER), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type | None, _value: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process.wait()

    def pages(self) -> Generator[ReadPage]:
        """Yield each page; raises Unreadable or Died."""
        self._give()
        while True:
            line = self._line()
            if "end" in line:
                return
            if "cannot" in line:
                raise Unreadable(str(line["cannot"]))
            yield self._page(line)

    def _give(self) -> None:
        source = self.process.stdin
        assert source is not None  # noqa: S101  it was asked for above
        clock = threading.Timer(10 * self.seconds, self.process.kill)
        clock.start()
        try:
            # Whoever ends before all was given says why on its last line, or died.
            with contextlib.suppress(BrokenPipeError):
                source.write(json.dumps(self.asked).encode() + b"\n")
                for piece in self.pieces:
                    source.write(piece)
                source.close()
        finally:
            clock.cancel()

    def _line(self) -> Answered:
        """Return the next line; a process that says nothing for too long is ended."""
        assert self.process.stdout is not None  # noqa: S101
        clock = threading.Timer(self.seconds, self.process.kill)
        clock.start()
        try:
            line = self.process.stdout.readline(4_000_000)
        finally:
            clock.cancel()
        try:
            found: Answered = json.loads(line)
        except ValueError:
            raise Died from None
        return found

    def _page(self, line: Answered) -> ReadPage:
        """Nothing that the process says is believed beyond its size: it may not be ours any more."""
        assert self.process.stdout is not None  # noqa: S101
        size, width, height = int(line["picture"]), int(line.get("width", 0)), int(line.get("height", 0))
        number, total = int(line["page"]), int(line["total"])
        if (
            not (1 <= number <= total <= MOST_PAGES)
            or size not in (0, width * height)
            or size > 2 * MOST_PIXELS
        ):
            raise Died
        picture = self.process.stdout.read(size) if size else b""
        if len(picture) != size:
            raise Died
        text = str(line["text"]).encode("utf-8", errors="replace").decode().replace("\x00", "")
        return ReadPage(number, total, text, str(line["reason"])[:30], picture, width, height)
