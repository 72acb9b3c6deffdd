"""A release as one file that nobody can change unseen: data, dictionary, method, budget, contact, hashes, signature.

The manifest is what ``sha256sum -c`` reads, its signature what ``openssl pkeyutl`` checks: no program of ours is
needed. The same contents make the same bytes.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from panah.programmes.release.cells import ProtectedTable, State
from panah.programmes.release.coverage import Coverage
from panah.programmes.release.domain import Domain, to_be_signed

FORMAT = "panah release 1"
NOT_PUBLISHED = "NOT PUBLISHED: for whoever decides whether it leaves"
MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.sha256", "manifest.sig", "public-key.pem"
# Not in the manifest, which names everything else.
OUTSIDE = (MANIFEST, SIGNATURE)
STATES = {
    State.COUNT: "count",
    State.ZERO: "zero",
    State.HIDDEN: "not shown",
    State.NOT_ASKED: "not asked",
    State.ROUNDED: "rounded",
}
HOW_TO_VERIFY = """How to check this release without any program of ours

1. Unpack the file. In its folder: sha256sum -c manifest.sha256
   Every line must say OK, and no file may be there that the list does not name, but manifest.sha256 and manifest.sig.
   release.json must say on which day it was published. If it says NOT PUBLISHED, do not use it.
2. Get the public key of who published this from their own site, not from here, and compare it with public-key.pem.
3. openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.sha256 -sigfile manifest.sig
4. columns.toml says which columns and values there are: it is older than the people. Where columns.sig is there, the
   society signed it:
   openssl pkeyutl -verify -pubin -inkey columns-key.pem -rawin -in columns-signed.bin -sigfile columns.sig
   columns-signed.bin ends with columns.toml, byte by byte.
5. Ask who published it whether the release was withdrawn since: their list of withdrawn releases is signed alike.
"""
_OLDEST = (1980, 1, 1, 0, 0, 0)
_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
Line = Sequence[str | int]
Sheets = Iterable[tuple[str, Iterable[Line]]]


class Unit(StrEnum):
    """Units of description of the International Classification for Administrative Data on Trafficking in Persons."""

    EVENT = "event"
    VICTIM = "victim"
    PERPETRATOR = "perpetrator"
    REPORTING_ENTITY = "reporting entity"


@dataclass(frozen=True, slots=True)
class Budget:
    """What was promised and paid, as it stands in the package."""

    epsilon: str
    delta: str
    rho: str
    mechanism: str
    sentence: str


@dataclass(frozen=True, eq=False)
class Rows:
    """Synthetic microdata, in the columns of its domain: binaries 1 or empty, as the CTDC codebook has them."""

    domain: Domain
    lines: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SignedColumns:
    """The file that declares columns; signed by a society's 32-byte key, or by nobody."""

    text: bytes
    signature: bytes = b""
    public_key: bytes = b""


@dataclass(frozen=True, eq=False)
class Contents:
    """What goes into a package. ``method``: sentences for people; ``meanings``: what a column means, by its name."""

    release: str
    title: str
    contact: str
    # None: it is still to be decided whether it leaves.
    published: date | None
    population: Coverage
    tables: Sequence[ProtectedTable] = ()
    rows: Rows | None = None
    # Tables with error bars, made of protected counts: a name and its lines, the heads first.
    estimates: Sequence[tuple[str, Sequence[Line]]] = ()
    budget: Budget | None = None
    columns: SignedColumns | None = None
    unit: Unit = Unit.VICTIM
    method: Sequence[str] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)


def build(
    contents: Contents,
    *,
    as_workbook: Callable[[Sheets], bytes],
    sign: Callable[[bytes], bytes],
    public_key: bytes,
) -> bytes:
    """Return the package. ``sign``: Ed25519 over the bytes of the manifest, by the 32-byte ``public_key``."""
    files = _files(contents, as_workbook)
    files[PUBLIC_KEY] = pem(public_key)
    manifest = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    return _zip({MANIFEST: manifest, SIGNATURE: sign(manifest), **dict(sorted(files.items()))})


def pem(public_key: bytes) -> bytes:
    """Return a 32-byte Ed25519 public key as openssl reads it."""
    key = Ed25519PublicKey.from_public_bytes(public_key)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def as_csv(lines: Iterable[Line]) -> bytes:
    """Return lines as CSV in UTF-8. What a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_harmless(one) if isinstance(one, str) else one for one in line] for line in lines)
    return out.getvalue().encode()


def table_lines(table: ProtectedTable) -> Iterable[Line]:
    """A line a cell, totals too: its values, the count where one is shown, and in words what stands there."""
    yield [*(one.name for one in table.dimensions), "count", "state"]
    for place in table.places():
        value = int(table.values[place])
        yield [*table.labels(place), "" if value < 0 else value, STATES[table.state(place)]]


def dictionary_lines(contents: Contents) -> Iterable[Line]:
    """A line a column: where it stands, its name, what it means, which values it may have."""
    yield ["file", "column", "meaning", "values"]
    for number, table in enumerate(contents.tables, 1):
        for one in table.dimensions:
            yield [_table_file(number), one.name, contents.meanings.get(one.name, ""), " | ".join(one.values)]
        yield [
            _table_file(number),
            "count",
            f"people ({contents.unit})",
            "whole numbers; empty where not shown",
        ]
        yield [_table_file(number), "state", "what stands in the cell", " | ".join(STATES.values())]
    for column in contents.rows.domain.columns if contents.rows else ():
        meaning = contents.meanings.get(column.name, "")
        yield ["microdata.csv", column.name, meaning, " | ".join(column.values[1:]) + " | empty: not known"]


def _files(contents: Contents, as_workbook: Callable[[Sheets], bytes]) -> dict[str, bytes]:
    files = {
        _table_file(number): as_csv(table_lines(table)) for number, table in enumerate(contents.tables, 1)
    }
    sheets: list[tuple[str, Iterable[Line]]] = [("dictionary", dictionary_lines(contents))]
    sheets += [(f"table {number}", table_lines(table)) for number, table in enumerate(contents.tables, 1)]
    if contents.rows is not None:
        lines: list[Line] = [contents.rows.domain.names, *contents.rows.lines]
        files["microdata.csv"] = as_csv(lines)
    for name, estimated in contents.estimates:
        files[f"estimates/{name}.csv"] = as_csv(estimated)
    files |= _columns(contents.columns)
    return files | {
        "release.xlsx": same_bytes(as_workbook(sheets)),
        "dictionary.csv": as_csv(dictionary_lines(contents)),
        "release.json": _as_json(_about(contents)),
        "method.json": _as_json(_method(contents)),
        "method.txt": _method_text(contents),
        "HOW-TO-VERIFY.txt": HOW_TO_VERIFY.encode(),
    }


def _columns(said: SignedColumns | None) -> dict[str, bytes]:
    if said is None:
        return {}
    if not said.signature:
        return {"columns.toml": said.text}
    return {
        "columns.toml": said.text,
        "columns-signed.bin": to_be_signed(said.text),
        "columns.sig": said.signature,
        "columns-key.pem": pem(said.public_key),
    }


def _table_file(number: int) -> str:
    return f"tables/{number}.csv"


def _about(contents: Contents) -> dict[str, object]:
    return {
        "format": FORMAT,
        "release": contents.release,
        "title": contents.title,
        "published": contents.published.isoformat() if contents.published else NOT_PUBLISHED,
        "contact": contents.contact,
        "population": {
            "measure": contents.population.measure,
            "since": contents.population.since.isoformat(),
            "until": contents.population.until.isoformat(),
            "places": sorted(contents.population.places),
        },
        "unit of description (IC-TIP)": contents.unit,
        "tables": {_table_file(number): table.name for number, table in enumerate(contents.tables, 1)},
        "rows": len(contents.rows.lines) if contents.rows else 0,
    }


def _method(contents: Contents) -> dict[str, object]:
    budget = contents.budget
    return {
        "tables": {
            _table_file(number): {
                "method": table.rule.method,
                "threshold": table.rule.threshold,
                "protection": table.rule.protection,
                "rounded to": table.rule.base if table.states.max(initial=0) == State.ROUNDED else None,
                "seed": table.rule.seed,
                "solver": table.solver,
            }
            for number, table in enumerate(contents.tables, 1)
        },
        "domain": contents.rows.domain.hash if contents.rows else None,
        "budget": None
        if budget is None
        else {
            "epsilon": budget.epsilon,
            "delta": budget.delta,
            "rho": budget.rho,
            "mechanism": budget.mechanism,
        },
    }


def _method_text(contents: Contents) -> bytes:
    said = [contents.title, "", *contents.method]
    if contents.budget is not None:
        said += ["", contents.budget.sentence]
    return ("\n".join([*said, "", contents.contact]) + "\n").encode()


def _as_json(said: object) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def same_bytes(workbook: bytes) -> bytes:
    """Return an XLSX file without the hour at which it was made."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return _zip(
        {name: _CHANGED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", part) for name, part in parts.items()}
    )


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type, entry.create_system, entry.external_attr = (
                zipfile.ZIP_DEFLATED,
                3,
                0o644 << 16,
            )
            packed.writestr(entry, content)
    return out.getvalue()
