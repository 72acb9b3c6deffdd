"""A file somebody brought: JSON or a zip of tables, told apart by its first bytes."""

import json

from panah.ground.directory.hsds import kinds, reading, tables
from panah.ground.directory.hsds.attributes import ReaderDefaults
from panah.ground.directory.hsds.drafts import Problem, Understood

MOST_BYTES = 10 * 1024 * 1024


def understood(body: bytes, asked: ReaderDefaults) -> Understood:
    """Everything that can be taken from the file, and a problem for whatever cannot. Never raises."""
    if len(body) > MOST_BYTES:
        return _nothing("too-big")
    try:
        given = tables.nested(tables.opened(body)) if body[:2] == b"PK" else _json(body)
        if rows := kinds.tables_in(given):
            given = tables.nested(tables.by_table(rows))
    except tables.NoPackage as wrong:
        return _nothing(wrong.code, wrong.name)
    except (ValueError, RecursionError):
        return _nothing("no-json")
    return reading.understood(given, asked)


def _json(body: bytes) -> object:
    text = tables.text_of(body)
    if text is None:
        raise ValueError("no text")
    return json.loads(text)


def _nothing(code: str, name: str = "") -> Understood:
    return Understood(problems=[Problem("file", 0, name[:80], "", code)])
