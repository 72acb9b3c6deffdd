"""A table that a focal point brought: sealed to her in the shred store, checked at once, worked off piece by piece."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.tables.limits import MOST_BYTES, MOST_ROWS, Unreadable
from panah.ground.kit.tables.reading import Row, Table
from panah.ground.network import queries as network_queries
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.people.imports import headings, queries, words
from panah.people.imports.actions.headings import remember, remembered
from panah.people.imports.actions.importer import Report, Work, check_table, import_table

# How a table stands, as it is kept beside its rows.
type Kept = dict[str, Any]

PIECE = 200
SHOWN = 300


def keep_upload(*, keys: Keyring, body: bytes, source: str, branch: str, at: datetime) -> Kept:
    """Check every row of a table and keep it sealed to its bringer; raises NotATable. Returns how it stands.

    What is kept are its rows as they were read: a workbook is not taken apart again for every piece. Where a heading is
    no column's own name and was not chosen before, nothing is checked yet: ``asked`` says what is to be chosen.
    """
    table, notes = queries.table_in(io.BytesIO(body), known=headings.known_and_usual(), any_header=True)
    asked = {key: text for key, text in table.headings.items() if not headings.is_exact(text)}
    before = remembered(society=keys.staff.society_id, headings=asked.values())
    kept: Kept = {"begun": at.isoformat(), "source": source, "branch": branch, "notes": notes}
    lines = io.BytesIO()
    with _readable():
        for _row in _written_down(table.rows, table.columns, lines):
            pass
    kept |= {"columns": table.columns, "asked": asked}
    if all(text in before for text in asked.values()):
        chosen = {key: before[text] for key, text in asked.items()}
        if _fit(table.columns, chosen):
            return _check_and_seal(keys, kept, lines.getvalue(), chosen, at)
    kept["guess"] = {key: before.get(text, "" if key.startswith("?") else key) for key, text in asked.items()}
    _seal(keys, kept, lines.getvalue(), at)
    return kept


def choose_columns(*, keys: Keyring, chosen: Mapping[str, str], at: datetime) -> Kept | None:
    """Say which column each asked heading means ("" leaves it out), remember it, and check every row."""
    found = _opened(keys)
    if found is None:
        return None
    kept, body = found
    if not kept.get("asked"):
        return kept
    if not _fit(kept["columns"], chosen):
        raise Refusal(
            _("Two headings have the same column, or none has any."),
            next_step=_("Choose another column for one of them, or leave it out."),
            code="columns-do-not-fit",
        )
    remember(society=keys.staff.society_id, chosen={text: chosen[key] for key, text in kept["asked"].items()})
    return _check_and_seal(keys, kept, body, chosen, at)


def _fit(names: Iterable[str], chosen: Mapping[str, str]) -> bool:
    meant = [name for name in (chosen.get(one, one) for one in names) if name]
    return bool(meant) and len(set(meant)) == len(meant)


def _check_and_seal(keys: Keyring, kept: Kept, body: bytes, chosen: Mapping[str, str], at: datetime) -> Kept:
    """Check every row under the columns that were chosen, and keep of each row these alone."""
    meant = [chosen.get(name, name) for name in kept["columns"]]
    names = tuple(name for name in meant if name)
    lines = io.BytesIO()
    rows = _written_down(_read_again(body, meant), names, lines)
    with _readable():
        report = check_table(table=Table(names, rows), work=_work(keys, kept["source"], kept["branch"], at))
    left = [words.say_note("unknown-column", text) for key, text in kept["asked"].items() if not chosen[key]]
    kept = {
        **kept,
        "columns": names,
        "asked": {},
        "notes": [*kept["notes"], *left, *queries.about_columns(names)],
        "rows": report.rows,
        "good": report.good,
        "imported": 0,
        "known": report.skipped_known,
        "wrong": report.wrong[:SHOWN],
        "more": max(0, report.problems - SHOWN),
        "wrong_rows": report.wrong_rows,
        "next": 0,
    }
    _seal(keys, kept, lines.getvalue(), at)
    return kept


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except Unreadable as problem:
        raise queries.unreadable(problem) from None


def _written_down(rows: Iterable[Row], columns: tuple[str, ...], lines: io.BytesIO) -> Iterator[Row]:
    for row in rows:
        cells = [row.cells.get(name, "") for name in columns]
        lines.write(json.dumps([row.number, row.wrong, cells], ensure_ascii=False).encode("utf-8", "replace"))
        lines.write(b"\n")
        if lines.tell() > MOST_BYTES:
            raise Unreadable("too-large-inside", most_mb=MOST_BYTES // 2**20, rows=MOST_ROWS)
        yield row


def _read_again(lines: bytes, columns: list[str]) -> Iterator[Row]:
    for line in io.BytesIO(lines):
        number, wrong, cells = json.loads(line)
        yield Row(number, {n: cell for n, cell in zip(columns, cells, strict=True) if n}, wrong)


def _work(keys: Keyring, source: str, branch: str, at: datetime) -> Work:
    society = keys.staff.society
    found = network_queries.branch_or_none(society, branch) if branch else None
    return Work(society=society, source=source, owners=queries.owners(society), at=at, branch=found)


def _seal(keys: Keyring, kept: Kept, body: bytes, at: datetime) -> None:
    day = timezone.localtime(at).date()
    vault.seal_upload(keys=keys, body=json.dumps(kept).encode() + b"\n" + body, day=day)


def _opened(keys: Keyring) -> tuple[Kept, bytes] | None:
    blob = vault.open_upload(keys=keys)
    if blob is None:
        return None
    head, _, body = blob.partition(b"\n")
    return json.loads(head), body


def progress_of(*, keys: Keyring) -> Kept | None:
    """How her table stands, or None: rows, good, known, imported, wrong as [row, column, code], next row, notes."""
    found = _opened(keys)
    return found[0] if found else None


def import_piece(*, keys: Keyring, at: datetime) -> Kept | None:
    """Import the next PIECE rows. Sent twice or interrupted, no row comes in twice: each has its mark."""
    found = _opened(keys)
    if found is None:
        return None
    kept, body = found
    if kept.get("asked"):
        return kept
    begun, start = kept.get("begun"), kept["next"]
    # Rows without an id are told apart by how often they came before: all earlier rows are walked, none is taken.
    rows = islice(_read_again(body, kept["columns"]), min(start + PIECE, kept["rows"]))
    report = Report()
    import_table(
        keys=keys,
        table=Table(tuple(kept["columns"]), rows),
        work=_work(keys, kept["source"], kept["branch"], at),
        report=report,
        after=start,
    )
    found = _opened(keys)
    if found is None or found[0].get("begun") != begun:
        return None  # stopped or replaced in another window meanwhile: what is destroyed does not come back
    kept, body = found
    kept["imported"] += report.imported
    kept["next"] = max(kept["next"], min(start + PIECE, kept["rows"]))
    # When all is worked off, only the report stays: the table itself goes.
    _seal(keys, kept, b"" if kept["next"] >= kept["rows"] else body, at)
    return kept


def drop_upload(*, keys: Keyring) -> None:
    """Destroy her table and its report."""
    vault.drop_upload(keys=keys)


def tidy_uploads(*, at: datetime) -> int:
    """Destroy tables that nobody went on with for a month, and their reports; returns how many."""
    before = timezone.localtime(at).date() - retention.CASES_TABLE.period
    return vault.drop_uploads_before(before, society=tenancy.current_tenant())
