"""A workbook that somebody brought, read in a limited process: see ``workbook_worker``. Nothing touches the disk."""

import json
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import panah
from panah.ground.kit.tables.limits import MOST_ROWS, MOST_UNPACKED, Unreadable
from panah.ground.kit.tables.workbooks import Line, Sheet

type Answer = Any  # of JSON: facts about the sheet, one of its lines, or the end
WORKER = Path(__file__).with_name("workbook_worker.py")


def open_sheet(file: BinaryIO, known: Collection[str], *, name: str = "") -> Sheet:
    """The same as ``workbooks.open_sheet``. Raises Unreadable; so may walking the lines."""
    answers = _answers(json.dumps({"known": sorted(known), "sheet": name}).encode() + b"\n", file.read())
    first = next(answers)
    notes = [(code, column) for code, column in first["notes"]]
    return Sheet(_lines(answers), notes, first["name"], first["names"])


def first_lines(file: BinaryIO) -> Iterator[list[Line]]:
    """The same as ``workbooks.first_lines``."""
    yield from _answers(json.dumps({"first_of_all": True}).encode() + b"\n", file.read())


def _lines(answers: Iterator[Answer]) -> Iterator[Line]:
    yield from answers


def _answers(asked: bytes, body: bytes) -> Iterator[Answer]:
    """What the process says, until its end; it goes with whoever listens to it."""
    # No environment: nothing to read there.
    command = [sys.executable, "-I", str(WORKER), str(Path(panah.__file__).parents[1])]
    process = subprocess.Popen(  # noqa: S603  our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    try:
        yield from _heard(process, asked + body)
    finally:
        process.kill()
        process.wait()
        for pipe in filter(None, (process.stdin, process.stdout)):
            with suppress(OSError):  # what could not be written any more
                pipe.close()


def _heard(process: "subprocess.Popen[bytes]", sent: bytes) -> Iterator[Answer]:
    if process.stdin is None or process.stdout is None:
        return
    try:
        # It has read all before it says a word.
        process.stdin.write(sent)
        process.stdin.close()
    except BrokenPipeError:
        raise too_large() from None
    for line in process.stdout:
        said = json.loads(line)
        if isinstance(said, dict) and "cannot" in said:
            raise Unreadable(said["cannot"], **(said["more"] or too_large().more))
        if isinstance(said, dict) and "end" in said:
            return
        yield said
    # Ended by the system: it took more memory or time than it may.
    raise too_large()


def too_large() -> Unreadable:
    return Unreadable("too-large-inside", most_mb=MOST_UNPACKED // 2**20, rows=MOST_ROWS)
