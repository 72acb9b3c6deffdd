"""What a release is made of, and what attacks on it find. Plain Python: it runs in a process of its own.

Nothing here opens a file or knows a key: rows come in, what may be packed goes out.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NotRequired, TypedDict

import numpy as np

from panah.programmes.evidence import ctdc
from panah.programmes.evidence.kept_tables import (
    EarlierRelease,
    ExactTable,
    KeptTable,
    write_exact,
    write_tables,
)
from panah.programmes.evidence.protecting import protect_beside
from panah.programmes.release.attack import ShownRelease, attack
from panah.programmes.release.cells import Dimension, ProtectedTable, Table, count_rows
from panah.programmes.release.coverage import Coverage
from panah.programmes.release.domain import Domain
from panah.programmes.release.estimate import Estimate
from panah.programmes.release.made_up import with_classes
from panah.programmes.release.rows_attack import RowsTrial
from panah.programmes.release.sentences import Sentence
from panah.programmes.release.synthesis import prepare, rehearse
from panah.programmes.release.utility import Quality

# Which tables there are is said here, older than any data: deleting a rare value changes nothing in their shape.
TABLES = (
    ("by-country", ("CountryOfExploitation", "gender")),
    ("by-citizenship", ("citizenship", "gender")),
    ("by-kind", ("gender", "isForcedLabour", "isSexualExploit", "isOtherExploit")),
)
NOT_KNOWN = "not known"
# Told how far it is: a stage, and of it a share from 0 to 1.
type Progress = Callable[[str, float], None]
# So many made-up people are counted, and as many are not, when the way of making rows is attacked.
PEOPLE_TRIED = 1000


class Estimated(TypedDict):
    """A table with error bars: its columns, and lines of values, count, low and high."""

    columns: list[str]
    lines: list[list[str | int]]


class Paid(TypedDict):
    """What rows cost, and by what they were made private."""

    rho: str
    mechanism: str
    seed: int


class Missed(TypedDict):
    """Of made-up people: by how many people counts of so many columns together were missed, and what was lost."""

    columns: int
    people: float
    lost: float


class Rehearsed(TypedDict):
    """What a rehearsal with so many made-up people showed, at this epsilon."""

    people: int
    epsilon: str
    seconds: int
    missed: list[Missed]


class KeptColumns(TypedDict):
    """The file of columns as it goes into the package; without a signature: the one that Panah brings."""

    text: str
    signature: str
    public: str
    signed_on: str


class Data(TypedDict):
    """What may be packed of a release."""

    tables: list[KeptTable]
    rows: NotRequired[list[list[str]]]
    estimates: NotRequired[list[Estimated]]
    # Lines of how good rows and tables are, told within the budget.
    quality: NotRequired[list[list[str | int]]]
    paid: NotRequired[Paid]
    # Ids of the releases that had left when it was attacked.
    beside: NotRequired[list[str]]
    # Of whom the tables are, by name, where they are of several societies.
    societies: NotRequired[list[str]]
    rehearsed: NotRequired[Rehearsed]
    # Of a joint release: what each society gave, as it published it.
    given: NotRequired[list[ExactTable]]
    columns: NotRequired[KeptColumns]


class Line(TypedDict):
    """A line of the report: a sentence by its code, and whether it broke something."""

    code: str
    values: dict[str, str]
    fails: bool


@dataclass(frozen=True)
class ReleaseRequest:
    """What a release is made from.

    ``place``: by what its people are told from those of other societies; a name may change. ``columns``: the text of
    the file that declares them. ``earlier``: what left before. ``rehearse``: with so many made-up people, and no more.
    """

    product: str
    year: int
    society: str
    place: str
    made_up: bool
    columns: str
    rows: list[dict[str, str]]
    epsilon: float = 0.0
    delta: float = 0.0
    earlier: list[EarlierRelease] = field(default_factory=list)
    rehearse: int = 0

    @property
    def domain(self) -> Domain:
        return ctdc.domain(self.columns)


@dataclass(frozen=True)
class ReleaseResult:
    """What may be packed, and what the attacks found. ``exact``: counts to be sealed to the facts key."""

    data: Data
    report: list[Line]
    passed: bool
    exact: list[ExactTable] = field(default_factory=list)


def _silent(_stage: str, _done: float) -> None: ...


def make(asked: ReleaseRequest, progress: Progress = _silent) -> ReleaseResult:
    """Make one product and attack it; or rehearse it."""
    if asked.rehearse:
        return _rehearsal(asked, progress)
    return _tables(asked, progress) if asked.product == "tables" else _rows(asked, progress)


def _rehearsal(asked: ReleaseRequest, progress: Progress) -> ReleaseResult:
    """Made-up people by the declared columns alone: it costs nobody's budget, and tells how good rows would be."""
    made = rehearse(asked.domain, asked.rehearse, asked.epsilon, asked.delta, 1, progress=progress)
    missed: list[Missed] = [
        {"columns": order, "people": round(one.error, 1), "lost": round(one.lost, 4)}
        for order, one in enumerate(made.differences, 1)
    ]
    rehearsed: Rehearsed = {
        "people": asked.rehearse,
        "epsilon": f"{asked.epsilon:g}",
        "seconds": round(made.seconds),
        "missed": missed,
    }
    return ReleaseResult({"tables": [], "rehearsed": rehearsed}, [], passed=True)


# -- tables of exact counts --------------------------------------------------------------------


def _tables(asked: ReleaseRequest, progress: Progress) -> ReleaseResult:
    progress("tables", 0)
    exact = _counted(asked)
    return tables_result(exact, *protect_beside(exact, asked.earlier))


def tables_result(
    exact: Sequence[Table],
    shown: Sequence[ProtectedTable],
    learnt: Sequence[Sentence],
    tried: Sequence[Sentence],
) -> ReleaseResult:
    """Return tables and what attacks on them found, as they are kept."""
    return ReleaseResult(
        {"tables": write_tables(shown)},
        report_of(learnt, tried),
        passed=not learnt,
        exact=write_exact(exact) if shown else [],
    )


def population(year: int, place: str, *, made_up: bool) -> Coverage:
    """Whom a release of a year counts. ``place``: the society's id."""
    measure = "made-up people" if made_up else "people with a case who agreed to be counted"
    return Coverage(measure, date(year, 1, 1), date(year, 12, 31), frozenset({place}))


def _counted(asked: ReleaseRequest) -> list[Table]:
    domain = asked.domain
    codes = domain.encode_records(asked.rows)
    people = population(asked.year, asked.place, made_up=asked.made_up)
    found = []
    for name, columns in TABLES:
        at = [domain.names.index(one) for one in columns]
        dimensions = [
            Dimension(one, (NOT_KNOWN, *domain.columns[place].values[1:]))
            for one, place in zip(columns, at, strict=True)
        ]
        whose = np.zeros(len(codes), np.int64)
        found.append(count_rows(name, people, dimensions, codes[:, at], [asked.society], whose))
    return found


# -- rows --------------------------------------------------------------------------------------


def _rows(asked: ReleaseRequest, progress: Progress) -> ReleaseResult:
    domain = asked.domain
    made = prepare(
        domain.encode_records(asked.rows), domain, asked.epsilon, asked.delta, _seed(), progress=progress
    )
    progress("attack", 0)
    found = attack(ShownRelease("this", (), has_rows=True), trial=_rows_trial(asked))
    data: Data = {
        "tables": [],
        "rows": [list(one) for one in domain.decode(made.rows)],
        "estimates": [_estimated(domain, one) for one in made.tables.values() if len(one.table) <= 2],
        "quality": [_quality(one) for one in made.quality],
        "paid": {"rho": str(made.method.rho), "mechanism": made.method.mechanism, "seed": made.method.seed},
    }
    return ReleaseResult(data, report_of([one.sentence for one in found.findings], found.tried), found.passed)


def _seed() -> int:
    # Of the model and the drawing, which see noisy counts alone: it may be published, the noise has none.
    return secrets.randbelow(2**31)


def _rows_trial(asked: ReleaseRequest) -> RowsTrial:
    """Attack the way of making rows on made-up people under the same budget: real ones would have to pay for it."""
    domain = asked.domain
    everybody = with_classes(domain, 2 * PEOPLE_TRIED, 1)
    counted, others = everybody[:PEOPLE_TRIED], everybody[PEOPLE_TRIED:]
    return RowsTrial(prepare(counted, domain, asked.epsilon, asked.delta, 1).rows, counted, others)


def _quality(one: Quality) -> list[str | int]:
    shares = [f"{100 * share:.2f}" for share in (one.lost, one.fabricated)]
    return [one.order, one.combinations, f"{one.tables:.1f}", f"{one.rows:.1f}", *shares]


def _estimated(domain: Domain, one: Estimate) -> Estimated:
    """A table of one or two columns with its error bars: the cells that are not surely empty."""
    columns = [domain.columns[at] for at in one.table]
    lines = [
        [
            *(column.values[at] or NOT_KNOWN for column, at in zip(columns, place, strict=True)),
            *_bar(one, place),
        ]
        for place in np.ndindex(*one.counts.shape)
        if round(float(one.counts[place] + one.half[place])) > 0
    ]
    return {"columns": [column.name for column in columns], "lines": lines}


def _bar(one: Estimate, place: tuple[int, ...]) -> tuple[int, int, int]:
    count, half = float(one.counts[place]), float(one.half[place])
    return round(count), max(0, round(count - half)), round(count + half)


# -- the report --------------------------------------------------------------------------------


def report_of(learnt: Iterable[Sentence], tried: Iterable[Sentence]) -> list[Line]:
    return [*(_line(one, fails=True) for one in learnt), *(_line(one, fails=False) for one in tried)]


def _line(sentence: Sentence, *, fails: bool) -> Line:
    return {"code": sentence.code, "values": dict(sentence.values), "fails": fails}
