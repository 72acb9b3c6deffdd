"""What a release may hold, declared before there was data: its columns, their values and their bins.

A domain comes from a TOML file that the society signed (Ed25519). Nothing of it is learnt from rows: a value that it
does not declare becomes the column's declared *other*, never a new value, and how often that happened is told to
nobody, for it would be a count of people that no budget paid for.

    version = "2026-1"
    declared_on = 2026-11-01
    [lists]
    countries = ["AFG", "KAZ"]
    [[column]]
    name = "citizenship"
    values_of = "countries"      # or values = ["Man", "Woman"], or years = [2002, 2030]
    other = "ZZZ"                # declared beside the values; without it: nothing known
    [[column]]
    name = "ageBroad"
    values = ["0--8", "9--17", "18+"]
    begins = [0, 9, 18]          # whole numbers go into the value that begins at or below them
    [[column]]
    name = "meansThreats"
    flag = true                  # 1 or empty
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from importlib import resources
from math import prod

import numpy as np
import numpy.typing as npt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from panah.programmes.release.errors import BadDomain, NotSigned

Codes = npt.NDArray[np.uint16]
"""Rows as numbers, shape (rows, columns): the place of each value among its column's values; 0 is *nothing known*."""

EMPTY = ""
MOST_VALUES = 1_000
MOST_COLUMNS = 64
SHIPPED = ("ctdc",)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
# No line ends and nothing that a spreadsheet takes for a formula: values go into CSV and XLSX as they stand.
_VALUE = re.compile(r"[^\W_][^\x00-\x1f\x7f\u2028\u2029]{0,63}")
_SIGNED_AS = b"release columns"


class Kind(StrEnum):
    """How a column's text becomes one of its values."""

    FLAG = "flag"
    CHOICE = "choice"
    BINS = "bins"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``values[0]`` is empty: nothing known. ``begins``: of bins, the least number of each other value."""

    name: str
    values: tuple[str, ...]
    kind: Kind = Kind.CHOICE
    other: str = EMPTY
    begins: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would leave a text without exactly one value."""
        said = self.values[1:]
        if not _NAME.fullmatch(self.name):
            raise BadDomain("name", column=self.name[:80])
        if not said or self.values[0] != EMPTY or len(self.values) > MOST_VALUES:
            raise BadDomain("how-many-values", column=self.name, most=MOST_VALUES - 1)
        if len(set(self.values)) < len(self.values) or not all(map(_VALUE.fullmatch, said)):
            raise BadDomain("values", column=self.name)
        if self.other not in self.values:
            raise BadDomain("other", column=self.name, value=self.other[:80])
        if self.kind is Kind.FLAG and said != ("1",):
            raise BadDomain("flag", column=self.name)
        if (self.kind is Kind.BINS) != bool(self.begins):
            raise BadDomain("bins", column=self.name)
        if self.begins and (len(self.begins) != len(said) or list(self.begins) != sorted(set(self.begins))):
            raise BadDomain("rising-bins", column=self.name)

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True)
class Domain:
    """Columns in their order. ``declared_on`` must lie before the first day of the data (``is_older_than``)."""

    version: str
    declared_on: date
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        """Refuse a table that nobody could publish."""
        if not self.columns or len(self.columns) > MOST_COLUMNS:
            raise BadDomain("how-many-columns", most=MOST_COLUMNS)
        if len({column.name.casefold() for column in self.columns}) < len(self.columns):
            raise BadDomain("column-twice")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many values each column has, *nothing known* among them."""
        return tuple(map(len, self.columns))

    @property
    def hash(self) -> str:
        """SHA-256 of what is declared, in hexadecimal: the same for the same columns, values and bins in one order."""
        meant = [self.version, self.declared_on.isoformat(), [asdict(column) for column in self.columns]]
        return sha256(json.dumps(meant, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()

    def is_older_than(self, day: date) -> bool:
        """Say whether everything here was declared before that day."""
        return self.declared_on < day

    def cells(self, columns: Sequence[int]) -> int:
        """How many cells a table over these columns has."""
        return prod(self.sizes[at] for at in columns)

    def only(self, *names: str) -> Domain:
        """Return the domain of some of the columns, in this domain's order; declared with them, so no look at data."""
        if unknown := set(names) - set(self.names):
            raise BadDomain("not-declared", columns=", ".join(sorted(unknown)))
        return Domain(self.version, self.declared_on, tuple(c for c in self.columns if c.name in names))

    def encode(self, rows: Iterable[Sequence[str]]) -> Codes:
        """Return rows of text (in the order of the columns) as codes; what is not declared becomes *other*."""
        readers = [_reader(column) for column in self.columns]
        flat = [read(text) for row in rows for read, text in zip(readers, row, strict=True)]
        return np.asarray(flat, np.uint16).reshape(-1, len(readers))

    def encode_records(self, records: Iterable[Mapping[str, object]]) -> Codes:
        """Return records by column name as codes. What a record does not name is not known; other names do nothing."""
        return self.encode(
            ["" if record.get(name) is None else str(record[name]) for name in self.names]
            for record in records
        )

    def decode(self, codes: Codes) -> Iterator[tuple[str, ...]]:
        """Yield each row of codes as text."""
        values = [column.values for column in self.columns]
        for row in codes.tolist():
            yield tuple(column[code] for column, code in zip(values, row, strict=True))

    def fits(self, codes: Codes) -> bool:
        """Say whether these are rows of this domain: two dimensions, as many columns, codes that mean something."""
        shaped = codes.ndim == 2 and codes.shape[1] == len(self.sizes) and codes.dtype.kind == "u"
        return shaped and (len(codes) == 0 or bool((codes.max(0) < np.asarray(self.sizes)).all()))


class _Reader(dict[str, int]):
    """The code of a text; for a text that the column does not declare, the code of its *other*."""

    def __init__(self, column: Column) -> None:
        super().__init__({value.casefold(): code for code, value in enumerate(column.values)})
        self.begins = column.begins
        self.other = column.values.index(column.other)
        if column.kind is Kind.FLAG:
            self["0"] = 0

    def __missing__(self, text: str) -> int:
        if self.begins and text.isascii() and text.isdecimal() and len(text) < 10:
            return bisect_right(self.begins, int(text)) or self.other
        return self.other


def _reader(column: Column) -> Callable[[str], int]:
    found = _Reader(column)
    return lambda text: found[text.strip().casefold()]


def read_domain(text: bytes) -> Domain:
    """Read a domain from the bytes of its file, signed or not. Raises ``BadDomain`` with what is wrong."""
    try:
        said = tomllib.loads(text.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadDomain("not-toml", problem=str(problem)[:120]) from None
    version, declared_on, columns = said.get("version"), said.get("declared_on"), said.get("column")
    if not isinstance(version, str) or not version or type(declared_on) is not date:
        raise BadDomain("head")
    if not isinstance(columns, list) or not all(isinstance(one, dict) for one in columns):
        raise BadDomain("no-columns")
    lists = said.get("lists", {})
    return Domain(
        version, declared_on, tuple(_column(one, lists if isinstance(lists, dict) else {}) for one in columns)
    )


def to_be_signed(text: bytes) -> bytes:
    """Return what a society signs of a domain's file, so that the signature is good for nothing else.

    Laid out like all that its key signs: each part after its length in four bytes.
    """
    parts = (_SIGNED_AS, text)
    return b"panah/1" + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def read_signed(text: bytes, signature: bytes, public_key: bytes) -> Domain:
    """Read a domain that the society signed (Ed25519 over ``to_be_signed``). Raises ``NotSigned`` or ``BadDomain``."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, to_be_signed(text))
    except (InvalidSignature, ValueError):
        raise NotSigned("signature") from None
    return read_domain(text)


def shipped(name: str = "ctdc") -> bytes:
    """Return the bytes of a domain's file that Panah brings, for a society to read, change and sign."""
    if name not in SHIPPED:
        raise BadDomain("not-shipped", files=", ".join(SHIPPED))
    return resources.files("panah.programmes.release").joinpath("data", f"{name}.toml").read_bytes()


def _column(said: Mapping[str, object], lists: Mapping[str, object]) -> Column:
    name, other, begins = said.get("name"), said.get("other", EMPTY), said.get("begins", [])
    if unknown := said.keys() - {"name", "label", "values", "values_of", "years", "flag", "begins", "other"}:
        raise BadDomain("unknown-keys", column=str(name)[:80], keys=", ".join(sorted(unknown))[:120])
    if not isinstance(name, str) or not isinstance(other, str):
        raise BadDomain("texts")
    if not isinstance(begins, list) or not all(type(one) is int and one >= 0 for one in begins):
        raise BadDomain("begins", column=name[:80])
    if said.get("flag") is True:
        return Column(name, (EMPTY, "1"), Kind.FLAG)
    values = [EMPTY, *_values(name, said, lists)]
    if other not in values:
        values.append(other)
    return Column(name, tuple(values), Kind.BINS if begins else Kind.CHOICE, other, tuple(begins))


def _values(name: str, said: Mapping[str, object], lists: Mapping[str, object]) -> list[str]:
    match said:
        case {"years": [int(first), int(last)]} if 0 < first <= last < 10_000:
            return [str(year) for year in range(first, last + 1)]
        case {"values": list(values)}:
            pass
        case {"values_of": str(which)}:
            found = lists.get(which)
            values = found if isinstance(found, list) else []
        case _:
            values = []
    if not values or not all(isinstance(one, str) for one in values):
        raise BadDomain("holds", column=name[:80])
    return values
