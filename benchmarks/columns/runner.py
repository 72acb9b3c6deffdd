"""`./panah bench columns`: every journey, what became of each change, and each open one by name.

What was tried is kept in a file, a line each, so that a walk that was interrupted, or done in parts, goes on where it
stopped. What may decide stands in ``listed.toml`` with the reason. On SQLite: only there a connection says which
columns a statement reads. PostgreSQL runs the same actions; there `tests/guard/test_rows_*.py` attack protected rows.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path
from zlib import crc32

from django.test.utils import override_settings
from django.utils.module_loading import import_string

from benchmarks.columns.changes import Change, tables
from benchmarks.columns.journeys import JOURNEYS_TO_US
from benchmarks.columns.journeys_across import JOURNEYS_ACROSS
from benchmarks.columns.journeys_inside import JOURNEYS_INSIDE
from benchmarks.columns.walk import HARMLESS, LISTED, NOTICED, OPEN, REFUSED, Journey, Verdict, Walk
from benchmarks.figures import Figure
from benchmarks.siege.runner import CHEAP

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "panah-bench-columns"
LIST = Path(__file__).with_name("listed.toml")
AS_LOCAL_MAIL = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
QUICK = 40
JOURNEYS = {one.name: one for one in (*JOURNEYS_TO_US, *JOURNEYS_INSIDE, *JOURNEYS_ACROSS)}
COUNTS = (HARMLESS, REFUSED, NOTICED, LISTED, OPEN)


@dataclass(frozen=True)
class Reason:
    """Why columns may decide what they decide: ``only`` loses something, or gains too (``all``)."""

    columns: list[str]
    only: str
    why: str
    journeys: tuple[str, ...] = ("*",)

    def covers(self, journey: str, verdict: Verdict) -> bool:
        return (
            any(fnmatch(journey, one) for one in self.journeys)
            and any(fnmatch(verdict.change.name, one) for one in self.columns)
            and (self.only == "all" or not verdict.gains)
        )


def run(quick: bool) -> Iterator[Figure]:
    """Yield how many columns each journey reads, and how many changes came to what; fails where one is open."""
    part, of = map(int, (os.environ.get("PANAH_BENCH_PART") or "1/1").split("/"))
    kept = Kept(Path(os.environ.get("PANAH_BENCH_KEPT") or CACHE / "tried.jsonl"))
    wanted = (os.environ.get("PANAH_BENCH_JOURNEYS") or ",".join(JOURNEYS)).split(",")
    reasons = [Reason(**one) for one in tomllib.loads(LIST.read_text())["listed"]]
    chosen = [JOURNEYS.get(one) or import_string(one) for one in wanted][: 1 if quick else None]
    with override_settings(PANAH_ARGON2=CHEAP, MAILERS=AS_LOCAL_MAIL):
        for journey in chosen:
            walk_on(journey, kept, part=part, of=of, most=QUICK if quick else None)
    opened = []
    for journey in chosen:
        found = [settled(journey.name, one, reasons) for one in kept.verdicts(journey.name)]
        opened += [(journey.name, one) for one in found if one.verdict == OPEN]
        yield from counted(journey.name, found, kept.read.get(journey.name, []))
    for name, one in sorted(opened, key=lambda each: (not each[1].gains, each[0], each[1].change.name)):
        yield Figure(
            "columns",
            f"{name}, OPEN: {one.change.name}, {one.change.kind}: {one.what}",
            1,
            "change",
            None,
            one.change.step,
        )
    never_read(kept)
    if opened:
        raise SystemExit(f"{len(opened)} changes change what comes, and nobody notices")


def walk_on(journey: Journey, kept: Kept, *, part: int, of: int, most: int | None) -> None:
    """Try what was not tried yet of one part of a journey, and keep each verdict at once."""
    walk = Walk(journey)
    walk.build()
    kept.say_read(journey.name, sorted(set().union(*walk.read)))
    known = {one.change for one in kept.verdicts(journey.name)}
    mine = (
        one
        for one in walk.changes()
        if crc32(f"{journey.name} {one.step} {one.table} {one.kind}".encode()) % of == part - 1
    )
    for verdict in walk.judged(islice((one for one in mine if one not in known), most)):
        kept.say(journey.name, verdict)


def settled(journey: str, verdict: Verdict, reasons: list[Reason]) -> Verdict:
    """Return it as listed where the list has a reason for it."""
    if verdict.verdict == OPEN and any(one.covers(journey, verdict) for one in reasons):
        return Verdict(verdict.change, LISTED, verdict.what)
    return verdict


def counted(journey: str, found: list[Verdict], read: list[list[str]]) -> Iterator[Figure]:
    """Yield one line of the table, which is also said to whoever waits."""
    counts = Counter(one.verdict for one in found)
    yield Figure("columns", f"{journey}, read", len(read), "columns", None, len(found))
    for one in COUNTS:
        yield Figure("columns", f"{journey}, {one}", counts[one], "changes", None, len(found))
    row = "  ".join(f"{counts[one]} {one}" for one in COUNTS)
    sys.stderr.write(f"{journey:12} {len(read):5} read {len(found):5} changes  {row}\n")


def never_read(kept: Kept) -> None:
    """Say which columns no journey read, of the tables that some journey read."""
    read = {(table, column) for some in kept.read.values() for table, column in some}
    for table, model in sorted(tables().items()):
        never = [str(f.column) for f in model._meta.concrete_fields if (table, f.column) not in read]
        if never and any(there == table for there, _column in read):
            sys.stderr.write(f"never read: {table}: {', '.join(never)}\n")


class Kept:
    """What was tried, in a file of its own: a line of JSON for each verdict and for what each journey read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read: dict[str, list[list[str]]] = {}
        self._verdicts: dict[tuple[str, Change], Verdict] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        for line in path.read_text().splitlines() if path.exists() else ():
            self._take(json.loads(line))

    def _take(self, line: dict[str, object]) -> None:
        journey = str(line.pop("journey"))
        if "read" in line:
            self.read[journey] = line["read"]  # type: ignore[assignment]
        else:
            change = Change(**line["change"])  # type: ignore[arg-type]
            self._verdicts[journey, change] = Verdict(change, str(line["verdict"]), str(line["what"]))

    def _write(self, line: dict[str, object]) -> None:
        with self.path.open("a") as file:
            file.write(json.dumps(line) + "\n")
        self._take(line)

    def say_read(self, journey: str, read: list[tuple[str, str]]) -> None:
        if journey not in self.read:
            self._write({"journey": journey, "read": [list(one) for one in read]})

    def say(self, journey: str, verdict: Verdict) -> None:
        self._write({"journey": journey, **asdict(verdict)})

    def verdicts(self, journey: str) -> list[Verdict]:
        return [one for (name, _change), one in self._verdicts.items() if name == journey]
