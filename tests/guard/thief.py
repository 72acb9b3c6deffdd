"""What a thief does with a stolen database: everything that can be read is read, everything that may join is tried.

He holds the main database and the shred store with their write-ahead logs, not the host's keys. Of a person he was told a
little: about how old, in which language, where and on which day she called, and that she sleeps in a shelter now. He
guesses which stay is hers.

Which signs say most he learns by himself: on his own Panah, with made-up people, where he knows which stay is whose
(``learnt``: for each sign, how much more often it is seen between a stay and its own case than between two others).
"""

from __future__ import annotations

import json
import math
import sqlite3
import struct
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

FRAME, LOG_BEGINS = 24, 32
LEFT_OUT = ("sqlite_", "django_", "directory_")
# Far apart, or not there.
NONE = "-"


@dataclass(eq=False)
class Row:
    """A row as it lies on the disk: its place in its table, and the transactions that wrote it and held it last."""

    table: str
    values: dict[str, Any]
    place: int = 0
    transaction: str = ""
    held: str = ""


@dataclass
class Stolen:
    """Every row of the databases, and what the write-ahead logs say was written together."""

    rows: list[Row]
    together: list[list[Row]] = field(default_factory=list)

    def of(self, table: str) -> list[dict[str, Any]]:
        return [row.values for row in self.rows if row.table == table]


# ---- reading ----------------------------------------------------------------------------------


def read_sqlite(*paths: Path) -> Stolen:
    """Read copies of SQLite databases with their logs."""
    found = Stolen([])
    for path in paths:
        # Of each table the rows as they were; after a transaction only tables are read anew whose pages it wrote.
        known: dict[str, dict[Any, Row]] = {}
        where: dict[int, str] = {}
        for image, written in _states(path):
            with _opened(image) as db:
                before, where = where, _tables_of_pages(db)
                touched = {tables[page] for tables in (before, where) for page in written if page in tables}
                now = {
                    table: {_key(row): row for row in _dump(db, table)}
                    for table in _touched(db, touched, known)
                }
            if known:
                both = [(now.get(table, {}), known.get(table, {})) for table in {*now, *touched}]
                found.together.append(
                    [new.get(key) or old[key] for new, old in both for key in new.keys() ^ old.keys()]
                )
            known |= now
        found.rows += _ranked([row for rows in known.values() for row in rows.values()])
    return found


def _key(row: Row) -> Any:
    return row.table, row.place, tuple(row.values.values())


def _ranked(rows: list[Row]) -> list[Row]:
    """Number the rows of each table by their place: how far two lie apart is counted in rows."""
    ranks: Counter[str] = Counter()
    for row in rows:
        ranks[row.table] += 1
        row.place = ranks[row.table]
    return rows


def _states(path: Path) -> Iterator[tuple[bytes, set[int]]]:
    """Yield the database as it was before the log, and after each transaction in it, with the pages that this wrote."""
    image = bytearray(path.read_bytes())
    log = path.with_name(path.name + "-wal")
    raw = log.read_bytes() if log.exists() else b""
    yield bytes(image), set()
    if len(raw) <= LOG_BEGINS:
        return
    written: set[int] = set()
    size, salt = struct.unpack(">I", raw[8:12])[0], raw[16:24]
    for at in range(LOG_BEGINS, len(raw) - size, size + FRAME):
        number, ends = struct.unpack(">II", raw[at : at + 8])
        if raw[at + 8 : at + 16] != salt:
            return
        image.extend(bytes(max(0, number * size - len(image))))
        image[(number - 1) * size : number * size] = raw[at + FRAME : at + FRAME + size]
        written.add(number)
        if ends:
            yield bytes(image), written
            written = set()


@contextmanager
def _opened(image: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        # A copy in memory has no log: the header must not promise one.
        db.deserialize(image[:18] + b"\x01\x01" + image[20:])
        db.row_factory = sqlite3.Row
        yield db


def _tables_of_pages(db: sqlite3.Connection) -> dict[int, str]:
    """Return which table or index each page belongs to; nothing where this SQLite does not tell."""
    with suppress(sqlite3.OperationalError):
        return {row["pageno"]: row["name"] for row in db.execute("SELECT name, pageno FROM dbstat")}
    return {}


def _touched(db: sqlite3.Connection, touched: set[str], known: Container[str]) -> list[str]:
    named = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = [row["name"] for row in named if not row["name"].startswith(LEFT_OUT)]
    return [one for one in tables if one in touched or one not in known or not touched]


def _dump(db: sqlite3.Connection, table: str) -> Iterator[Row]:
    for row in db.execute(f'SELECT rowid AS "_place", * FROM "{table}" ORDER BY rowid'):
        values = dict(row)
        yield Row(table, values, place=values.pop("_place"))


def read_postgres(connections: Iterable[Any]) -> Stolen:
    """Read every table with the place of each row in its file and the number of the transaction that wrote it."""
    found = Stolen([])
    for connection in connections:
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                if table.startswith(LEFT_OUT):
                    continue
                cursor.execute(
                    f'SELECT xmin::text, xmax::text, row_to_json(t)::text FROM "{table}" t ORDER BY ctid'
                )
                for place, (wrote, held, values) in enumerate(cursor.fetchall()):
                    numbers = [f"{connection.alias} {one}" if one != "0" else "" for one in (wrote, held)]
                    found.rows.append(Row(table, json.loads(values), place, *numbers))
    return found


# ---- what a value may be ----------------------------------------------------------------------


def parsed(value: object) -> Any:
    """Return a moment, an id or bytes where a stored value is one; both databases write them as text."""
    if isinstance(value, str):
        if len(value) == 32 or len(value) == 36:
            try:
                return UUID(value)
            except ValueError:
                pass
        if value[:2] == "20" and value[4:5] == "-" and len(value) > 15:
            try:
                moment = datetime.fromisoformat(value.replace(" ", "T"))
            except ValueError:
                return value
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if value.startswith("\\x"):
            return bytes.fromhex(value[2:])
    return value


def flat(value: object) -> Iterator[Any]:
    """Yield all that could join two rows: ids, moments, bytes, and texts or numbers long enough to be somebody's own."""
    if isinstance(value, str) and value[:1] in "{[":
        yield from (UUID(one) for one in _ids_in(value))
        return
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from flat(one)
        return
    value = parsed(value)
    if isinstance(value, str):
        if len(value) > 4 and (value.isupper() or any(c.isdigit() for c in value)):
            yield value
    elif isinstance(value, UUID | datetime) or (isinstance(value, bytes) and len(value) > 4):
        yield value


def _ids_in(text: str) -> Iterator[str]:
    for one in text.replace("[", '"').split('"'):
        if len(one) == 36 and one.count("-") == 4:
            yield one


# ---- what lies around a case and around a stay ------------------------------------------------


# Where something lies in an order, by who wrote it.
Places = dict[Any, list[float]]


@dataclass
class Subject:
    """A case or a stay with all rows that name it."""

    key: UUID
    plain: dict[str, Any]
    rows: list[Row]
    values: set[Any] = field(default_factory=set)
    moments: Places = field(default_factory=lambda: defaultdict(list))
    numbers: Places = field(default_factory=lambda: defaultdict(list))
    places: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    written: list[float] = field(default_factory=list)
    transactions: set[str] = field(default_factory=set)
    readers: set[UUID] = field(default_factory=set)
    sizes: list[int] = field(default_factory=list)
    anchors: set[Any] = field(default_factory=set)


ANYBODY = "anybody"
SECONDS_APART = (0.001, 1, 60, 300, 900, 1800, 3600, 7200, 4 * 3600, 12 * 3600, 36 * 3600)
ROWS_APART = (2, 3, 5, 8, 12, 20, 40, 80, 160)
FEW = 3
WHO = ("who", "owner_id", "opened_by_id", "done_by_id", "follows_id", "taken_by_id")


def acts(rows: Iterable[Row]) -> set[str]:
    """Return the transactions that may be an act of somebody: not those in which the node wrote one table anew.

    An act writes a few rows of several tables; a journal that is left of one is enough to know it.
    """
    tables: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for number in {row.transaction, row.held} - {""}:
            tables[number][row.table] += 1
    return {one for one, found in tables.items() if len(found) > 1 or found.total() <= FEW}


class Board:
    """The thief's table: all cases and all stays, and the signs between any two of them."""

    def __init__(self, stolen: Stolen) -> None:
        self.stolen = stolen
        self._named: dict[Any, list[Row]] = defaultdict(list)
        for row in stolen.rows:
            for name, value in row.values.items():
                if name not in ("before", "hash"):
                    for one in flat(value):
                        self._named[one].append(row)
        # Who works here, the society, its keys: what everybody has joins nobody.
        self._common = {one for one, rows in self._named.items() if len({id(row) for row in rows}) > 60}
        self._joins = acts(stolen.rows)
        self._written: dict[tuple[str, UUID], set[str]] = defaultdict(set)
        for number, rows in enumerate(stolen.together):
            for row in rows:
                for value in row.values.values():
                    for one in flat(value):
                        if isinstance(one, UUID):
                            self._written["log", one].add(f"log {number}")
        self.cases = [self._subject(one, "id", "file_id", "number") for one in stolen.of("cases_case")]
        self.stays = [self._subject(one, "id", "file_id") for one in stolen.of("shelter_stay")]
        shared = Counter(v for one in (*self.cases, *self.stays) for v in one.values)
        self._rare = {value for value, times in shared.items() if times <= 3}

    def _subject(self, plain: dict[str, Any], *names: str) -> Subject:
        anchors = {parsed(plain[name]) for name in names}
        rows = list({id(row): row for one in anchors for row in self._named.get(one, ())}.values())
        # What is due names the case, and a sealed sentence what is due.
        more = {parsed(row.values["id"]) for row in rows if row.table == "work_dueitem"}
        rows = list({id(r): r for r in [*rows, *(r for one in more for r in self._named[one])]}.values())
        found = Subject(parsed(plain["id"]), plain, rows, anchors=anchors)
        for row in rows:
            values = {name: parsed(value) for name, value in row.values.items()}
            found.values |= {
                v for n, value in values.items() if n not in ("before", "hash") for v in flat(value)
            }
            who = next((values[name] for name in WHO if values.get(name)), None)
            for value in values.values():
                if isinstance(value, datetime):
                    found.moments[who].append(value.timestamp())
            found.places[row.table].append(row.place)
            if row.transaction:
                found.transactions |= {row.transaction, row.held} & self._joins
                found.written.append(float(row.transaction.split()[1]))
            if row.table == "vault_grant" and values.get("staff_id"):
                found.readers.add(values["staff_id"])
            if row.table == "vault_part":
                found.sizes.append(len(values["sealed"] or b""))
            if row.table == "audit_entry":
                found.numbers[who].append(values["number"])
        for one in anchors:
            found.transactions |= self._written.get(("log", one), set())
        found.values -= anchors | self._common
        for by in (found.moments, found.numbers):
            by[ANYBODY] = [one for places in by.values() for one in places]
        for places in (
            *found.moments.values(),
            *found.numbers.values(),
            *found.places.values(),
            found.written,
        ):
            places.sort()
        return found

    def others(self, table: str, *names: str) -> dict[UUID, Subject]:
        """The same of another table: a report, a dialogue, a volunteer."""
        found = [self._subject(one, "id", *names) for one in self.stolen.of(table)]
        return {one.key: one for one in found}

    def joined(self, one: Subject, other: Subject, among: Iterable[Subject]) -> str:
        """Say what joins two subjects for certain: a row that names both, one transaction, a value of few; "" if nothing."""
        if one.values & other.anchors or other.values & one.anchors:
            return "named"
        if one.transactions & other.transactions:
            return "written in one transaction"
        both = one.values & other.values
        few = {value for value in both if sum(value in each.values for each in among) <= 3}
        return "an equal value" if few else ""

    def signs(self, case: Subject, stay: Subject) -> dict[str, str]:
        """Return what is seen between a case and a stay, each sign in a few steps."""
        follows, owner = parsed(stay.plain["follows_id"]), parsed(case.plain["owner_id"])
        own_time, time = _near(case.moments, stay.moments, SECONDS_APART)
        own_number, number = _near(case.numbers, stay.numbers, ROWS_APART)
        days = (
            (_day(stay.plain["from_day"]) - _day(case.plain["opened_at"])).days
            if case.plain["opened_at"]
            else 99
        )
        return {
            "written in one transaction": str(len(case.transactions & stay.transactions) > 0),
            "an equal value": str(len(case.values & stay.values & self._rare) > 0),
            "near in time, one colleague": own_time,
            "near in time": time,
            "near in the journal, one colleague": own_number,
            "near in the journal": number,
            "near by numbers of transactions": _step(_least(case.written, stay.written), ROWS_APART),
            **{f"near by order of rows of {t}": _order(case, stay, t) for t in SHARED_TABLES},
            "who follows holds the case": str(follows == owner),
            "who follows reads the case": str(follows in case.readers),
            "first night and day of opening": str(max(-1, min(days, 6))),
            "age and place": f"{case.plain['age_group']} {stay.plain['place_id']}",
            "sizes": str(min(6, abs(len(case.sizes) - len(stay.sizes)))),
        }


SHARED_TABLES = ("vault_file", "vault_part", "vault_grant", "work_dueitem", "vault_shredrow")
# What SECURITY.md says that anybody who holds the database knows.
ADMITTED = (
    "who follows holds the case", "who follows reads the case", "first night and day of opening", "age and place",
)  # fmt: skip


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value)[:10])


def _step(distance: float, steps: Iterable[float]) -> str:
    return next((f"<{one:g}" for one in steps if distance < one), NONE)


def _order(case: Subject, stay: Subject, table: str) -> str:
    return _step(_least(case.places[table], stay.places[table]), ROWS_APART)


def _least(left: list[float], right: list[float]) -> float:
    """Return how near two sorted lists of places come to each other."""
    least = math.inf
    for one in left if len(left) < len(right) else right:
        others = right if len(left) < len(right) else left
        at = bisect(others, one)
        least = min(least, *(abs(one - other) for other in others[max(0, at - 1) : at + 1]), math.inf)
    return least


def _near(case: Places, stay: Places, steps: Iterable[float]) -> tuple[str, str]:
    """How near a case and a stay come by what one colleague did in both, and by what anybody did."""
    both = case.keys() & stay.keys() - {None, ANYBODY}
    own = min((_least(case[who], stay[who]) for who in both), default=math.inf)
    return _step(own, steps), _step(_least(case[ANYBODY], stay[ANYBODY]), steps)


# ---- guessing ---------------------------------------------------------------------------------

Signs = dict[str, str]
Weights = dict[tuple[str, str], float]


def learnt(pairs: Iterable[tuple[Signs, bool]], known: Container[str]) -> Weights:
    """Return how much each known sign speaks for a stay being the case's own, from pairs of which that is known."""
    seen: dict[bool, Counter[tuple[str, str]]] = {True: Counter(), False: Counter()}
    many: Counter[bool] = Counter()
    for signs, own in pairs:
        many[own] += 1
        seen[own].update([one for one in signs.items() if one[0] in known])
    return {
        one: math.log(
            ((seen[True][one] + 0.5) / (many[True] + 1)) / ((seen[False][one] + 0.5) / (many[False] + 1))
        )
        for one in seen[True] | seen[False]
    }


def told(signs: Signs, weights: Weights) -> float:
    return sum(weights.get(one, 0.0) for one in signs.items())
