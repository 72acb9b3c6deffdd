"""Reads one document in a process that can do nothing else. Started by ``process.py``, never imported by a room.

In: a line of JSON ``{"type", "size", "skip": [pages], "draw": [pages] | null}`` and then the file. Out: for each page
a line of JSON ``{"page", "total", "text", "reason", "picture", "width", "height"}``; where ``picture`` is not 0, so
many bytes of grey pixels follow. At the end ``{"end": pages}``, or ``{"cannot": code}``. Without Django;
before the first byte of the file is looked at, files, network, other processes and most memory are given up
(``kit.process_limits``).
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from panah.programmes.library.reading.parts import Asked, Pages

MEMORY, CPU_SECONDS = 1536 * 1024 * 1024, 3600


def tell(out: BinaryIO, line: Mapping[str, object], picture: bytes = b"") -> None:
    out.write(json.dumps(line).encode() + b"\n" + picture)
    out.flush()


def whole(source: BinaryIO, size: int) -> bytearray:
    """Return the file; it lies in memory once."""
    body = bytearray(size)
    view, got = memoryview(body), 0
    while got < size and (read := source.readinto(view[got:])):  # type: ignore[attr-defined]
        got += read
    return body


def pages_of(asked: Asked, body: bytearray) -> Pages:
    """Yield each page that is asked for, with its picture where the text alone does not do."""
    from panah.programmes.library.reading import office, pdf, pictures

    skip = frozenset(asked["skip"])
    draw = None if asked["draw"] is None else frozenset(asked["draw"])
    kind = asked["type"]
    if kind == "pdf":
        yield from pdf.pages(body, skip=skip, draw=draw)
    elif kind in ("png", "jpeg", "tiff"):
        yield from pictures.pages(body, skip=skip)
    else:
        yield from office.pages(kind, body, skip=skip)


def read(asked: Asked, body: bytearray, out: BinaryIO) -> None:
    from panah.programmes.library.reading.parts import Cannot

    total = 0
    try:
        for line, picture in pages_of(asked, body):
            total = line["total"]
            tell(out, {**line, "picture": len(picture)}, picture)
    except Cannot as why:
        tell(out, {"cannot": str(why)})
    except MemoryError:
        tell(out, {"cannot": "too-large"})
    except Exception:  # noqa: BLE001  whatever a reader trips over is a damaged file
        tell(out, {"cannot": "damaged"})
    else:
        tell(out, {"end": total})


def main() -> None:
    # -I: neither our folder nor the environment decides what is imported; this one folder is ours.
    sys.path.insert(0, str(Path(__file__).resolve().parents[4]))
    from panah.ground.kit.process_limits import give_up_everything
    from panah.programmes.library.reading import warm_up

    warnings.simplefilter("ignore")
    warm_up.warm_up(sys.argv[1], read)
    give_up_everything(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    asked = json.loads(sys.stdin.buffer.readline())
    read(asked, whole(sys.stdin.buffer, int(asked["size"])), sys.stdout.buffer)


if __name__ == "__main__":
    main()
