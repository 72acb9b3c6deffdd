"""Looking for what must not be there: every byte of files, for texts in every script and encoding they could hide in.

``needles`` are the texts that were typed; ``scan`` reads whole files (archives and compressed streams are opened too)
and says which text was found where and how it was written. A scan proves something only if it finds a planted text:
``plant`` writes one in each way.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

SHORTEST = 5  # bytes: anything shorter is found by chance in ciphertext
# Of a text of nine bytes, five in a row begin at a multiple of five, wherever it lies.
GRAM, LONG = 5, 9


@dataclass(frozen=True)
class Found:
    """A text that should not be there: which, where, and how it was written."""

    needle: str
    where: str
    how: str


def forms(needle: str) -> dict[str, bytes]:
    """Return a text in every way it could be written down: ``{how: bytes}``."""
    out: dict[str, bytes] = {}
    for case, text in (("", needle), (", small", needle.lower()), (", capitals", needle.upper())):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866", "iso8859-5"):
            try:
                raw = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            out[f"{encoding}{case}"] = raw
            if encoding in ("utf-8", "utf-16-le", "cp1251"):
                out |= {f"{how} of {encoding}{case}": found for how, found in _wrapped(raw).items()}
        escaped = json.dumps(text)[1:-1]
        out[f"JSON{case}"] = escaped.encode()
        out[f"JSON twice{case}"] = json.dumps(escaped)[1:-1].encode()
        out[f"JSON in capitals{case}"] = escaped.upper().replace("\\U", "\\u").encode()
        out[f"URL{case}"] = quote(text, safe="").encode()
        out[f"URL small{case}"] = quote(text, safe="").lower().encode()
        out[f"form{case}"] = quote_plus(text).encode()
        out[f"HTML{case}"] = "".join(c if c.isascii() else f"&#{ord(c)};" for c in text).encode()
    return {how: raw for how, raw in out.items() if len(raw) >= SHORTEST}


def _wrapped(raw: bytes) -> dict[str, bytes]:
    out = {"hex": raw.hex().encode(), "HEX": raw.hex().upper().encode()}
    for shift in range(3):
        # The characters at both ends mix with what stands beside: only the middle is certain.
        coded = base64.b64encode(b"\0" * shift + raw)
        certain = coded[(0, 2, 3)[shift] :]
        certain = certain[: (shift + len(raw)) * 8 // 6 - (0, 2, 3)[shift]]
        out[f"base64+{shift}"] = certain
        out[f"base64url+{shift}"] = certain.replace(b"+", b"-").replace(b"/", b"_")
    return out


def scan(paths: Iterable[Path], needles: Iterable[str]) -> list[Found]:
    """Return every needle found in these files; folders are walked."""
    wanted = [(needle, how, raw) for needle in needles for how, raw in forms(needle).items()]
    short = [one for one in wanted if len(one[2]) < LONG]
    grams = {raw[at : at + GRAM] for *_, raw in wanted for at in range(len(raw) - GRAM + 1)}
    found: list[Found] = []
    for where, content in _contents(paths):
        # Thousands of searches of each file are spared where no piece of any text begins.
        pieces = (content[at : at + GRAM] for at in range(0, len(content), GRAM))
        tried = short if grams.isdisjoint(pieces) else wanted
        found += [Found(needle, where, how) for needle, how, raw in tried if raw in content]
    return found


def _contents(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        if path.is_file():
            yield from _opened(str(path), path.read_bytes())
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            try:
                content = file.read_bytes()
            except FileNotFoundError:  # a node that runs takes away what it no longer needs
                continue
            yield from _opened(str(file), content)


def _opened(where: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield where, content
    if content[:2] == b"\x1f\x8b":
        yield from _opened(f"{where}, unpacked", gzip.decompress(content))
    if content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for member in archive.getmembers():
                inside = archive.extractfile(member)
                if inside is not None:
                    yield from _opened(f"{where}, {member.name}", inside.read())


def plant(folder: Path, needle: str) -> dict[str, Path]:
    """Write a text into files of its own, once in each way, amid other bytes; returns ``{how: file}``."""
    folder.mkdir(parents=True, exist_ok=True)
    planted = {}
    for number, (how, raw) in enumerate(forms(needle).items()):
        planted[how] = folder / f"planted-{number}"
        planted[how].write_bytes(b"\x00\xff before " + raw + b" after \xfe")
    return planted
