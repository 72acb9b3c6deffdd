"""The attack that runs before anybody may publish: what does a reader learn, and what a society that took part?

It knows nothing of how a table was protected. It takes what is shown, here and in all earlier releases, and works out
what it can; only which cells matter comes from the exact counts. One finding, and the release is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from panah.programmes.release.attackers import ANYONE, own_counts, reduced, societies, wanted_from
from panah.programmes.release.bounds import Bounds, Contradiction, Floats, Knowledge
from panah.programmes.release.cells import (
    Counts,
    Mask,
    Place,
    ProtectedTable,
    Rule,
    State,
    Table,
    cell_name,
    with_totals,
)
from panah.programmes.release.coverage import Relation, relation
from panah.programmes.release.differencing import differences, period
from panah.programmes.release.joined import Columns, Joined
from panah.programmes.release.rows_attack import RowsTrial, attack_rows
from panah.programmes.release.sentences import Sentence, say
from panah.programmes.release.tables import solver_version


class Kind(StrEnum):
    """By which way something is learnt."""

    CELL = "cell"
    DIFFERENCE = "difference"
    ROWS = "rows"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an attacker learns. ``by``: the society that subtracts its own; empty: any reader."""

    kind: Kind
    sentence: Sentence
    by: str = ANYONE


@dataclass(frozen=True, slots=True)
class AttackReport:
    """What was learnt and what was tried. As private as the counts it is about."""

    findings: tuple[Finding, ...]
    tried: tuple[Sentence, ...]
    solver: str
    seed: int

    @property
    def passed(self) -> bool:
        """Say whether the release may go on: nothing was learnt."""
        return not self.findings


@dataclass(frozen=True, eq=False)
class ShownRelease:
    """What is published together. ``truth``: exact counts by the name of their table, where they are known.

    Of an earlier release they may be gone: then what was shown must do.
    """

    name: str
    tables: tuple[ProtectedTable, ...]
    truth: Mapping[str, Table] = field(default_factory=dict)
    has_rows: bool = False


def attack(
    release: ShownRelease,
    earlier: Sequence[ShownRelease] = (),
    *,
    trial: RowsTrial | None = None,
    seed: int = 1,
) -> AttackReport:
    """Attack a release beside all earlier ones, as any reader and as each society that contributed."""
    findings: list[Finding] = []
    tried: list[Sentence] = []
    if release.tables:
        attacked = _TablesAttack(release, earlier, seed)
        findings += attacked.findings()
        tried += attacked.tried
    if release.has_rows:
        said, about = attack_rows(trial, seed=seed)
        findings += [Finding(Kind.ROWS, one) for one in said]
        tried += about
    return AttackReport(tuple(findings), tuple(dict.fromkeys(tried)), solver_version(), seed)


@dataclass(frozen=True, eq=False)
class _Target:
    """A cell whose people are to stay uncertain; without ``strict`` nobody knows whether there are any."""

    sentence: tuple[str, dict[str, str]]
    kind: Kind
    unknowns: Columns
    strict: bool
    rule: Rule


class _TablesAttack:
    def __init__(self, release: ShownRelease, earlier: Sequence[ShownRelease], seed: int) -> None:
        self.release, self.seed = release, seed
        self.tried: list[Sentence] = []
        self._made: dict[tuple[ProtectedTable, ...], Joined] = {}
        self.earlier: list[tuple[ProtectedTable, Table | None]] = []
        for one in earlier:
            for table in one.tables:
                self._take_earlier(table, one.truth.get(table.name))
        self.attackers = sorted({who for truth in release.truth.values() for who in societies(truth)})
        named = ", ".join(self.attackers)
        self.tried.append(say("tried-cells", societies=named) if named else say("tried-cells-anyone"))

    def _take_earlier(self, table: ProtectedTable, truth: Table | None) -> None:
        how = {relation(table.population, one.population) for one in self.release.tables}
        if how <= {Relation.APART, Relation.OTHER_MEASURE}:
            if Relation.OTHER_MEASURE in how:
                self.tried.append(say("other-measure", earlier=period(table)))
            return
        self.earlier.append((table, truth))
        self.tried.append(say("tried-earlier", earlier=period(table)))

    def findings(self) -> Iterator[Finding]:
        for table in self.release.tables:
            if table.name not in self.release.truth:
                yield Finding(Kind.NOT_TRIED, say("no-truth", table=table.name))
        yield from self._plain({Relation.SAME})
        for who in (ANYONE, *self.attackers):
            known = []
            for table, truth in self.earlier:
                if who == ANYONE or truth is not None:
                    known.append((table, truth))
                else:
                    self.tried.append(say("not-tried-society", earlier=period(table), society=who))
            try:
                yield from self._as(who, known)
            except Contradiction:
                # Counts were corrected in between: what is left is to compare what both show.
                self.tried.append(say("contradiction", table=self.release.tables[0].name))
                if who == ANYONE:
                    yield from self._plain({Relation.WITHIN, Relation.AROUND})
                yield from self._as(who, [])

    def _plain(self, how: set[Relation]) -> Iterator[Finding]:
        for table in self.release.tables:
            for before, _ in self.earlier:
                if relation(before.population, table.population) in how:
                    for one in differences(table, before):
                        if one.small:
                            yield Finding(Kind.DIFFERENCE, one.sentence)

    def _as(self, who: str, earlier: Sequence[tuple[ProtectedTable, Table | None]]) -> list[Finding]:
        truths = [self.release.truth.get(one.name) for one in self.release.tables] + [
            one for _, one in earlier
        ]
        joined = self._joined((*self.release.tables, *(one for one, _ in earlier)))
        if joined.outer:
            self.tried.append(say("outer"))
        own = [_own(table, truth, who) for table, truth in zip(joined.tables, truths, strict=True)]
        knowledge = Knowledge(joined, own, seed=self.seed)
        targets: list[_Target] = []
        for number, truth in enumerate(truths):
            targets += self._cells(who, joined, number, truth)
            if number >= len(self.release.tables):
                targets += self._changes(who, joined, number, truth)
        wanted = _Wanted(targets)
        bounds = knowledge.bounds([one.unknowns for one in targets], wanted.settled)
        return _as_findings(who, targets, bounds, wanted)

    def _joined(self, tables: tuple[ProtectedTable, ...]) -> Joined:
        if tables not in self._made:
            self._made[tables] = Joined(tables)
        return self._made[tables]

    def _cells(self, who: str, joined: Joined, number: int, truth: Table | None) -> Iterator[_Target]:
        """The cells that must stay uncertain: of this release, and of those before, which it must not open."""
        table = joined.tables[number]
        is_new = number < len(self.release.tables)
        hidden = np.asarray(table.states == State.HIDDEN)
        wanted = hidden if truth is None else wanted_from(truth, table.rule, who)
        name = table.name if is_new else period(table)
        for place in _places(wanted):
            values = {"table": name, "cell": cell_name(table.dimensions, place)}
            unknowns = joined.cell(number, place)
            yield _Target((_code("cell", who), values), Kind.CELL, unknowns, truth is not None, table.rule)

    def _changes(
        self, who: str, joined: Joined, before: int, truth_before: Table | None
    ) -> Iterator[_Target]:
        """The people who are in this release and not in an earlier one, and the other way round."""
        earlier = joined.tables[before]
        old = set(joined.pieces_of(earlier.population))
        for number, table in enumerate(self.release.tables):
            new = set(joined.pieces_of(table.population))
            truth = self.release.truth.get(table.name)
            for code, pieces in (("added", new - old), ("left", old - new)):
                changed = _changed(truth, truth_before, who, added=code == "added")
                small = _everywhere(table) if changed is None else _small(changed, table.rule)
                for place in _places(small) if pieces else ():
                    values = {"table": table.name, "earlier": period(earlier)}
                    values["cell"] = cell_name(table.dimensions, place)
                    unknowns = joined.cell(number, place, sorted(pieces))
                    sentence = (_code(code, who), values)
                    strict = changed is not None
                    yield _Target(sentence, Kind.DIFFERENCE, unknowns, strict, table.rule)


def _own(table: ProtectedTable, truth: Table | None, who: str) -> Counts | None:
    if who == ANYONE:
        return np.zeros(table.values.shape, np.int64)
    return None if truth is None else with_totals(own_counts(truth, who))


def _changed(truth: Table | None, before: Table | None, who: str, *, added: bool) -> Counts | None:
    """How many people of others were really added, or left; None where nobody knows any more."""
    same = before and truth and reduced(before, truth.dimensions)
    if not same or not truth:
        return None
    how = relation(same.population, truth.population)
    if how is not (Relation.WITHIN if added else Relation.AROUND):
        return None
    more = truth.counts - own_counts(truth, who) - same.counts + own_counts(same, who)
    return with_totals(np.maximum(more if added else -more, 0))


def _small(rest: Counts, rule: Rule) -> Mask:
    return (rest > 0) & (rest < rule.threshold)


def _everywhere(table: ProtectedTable) -> Mask:
    return np.ones(table.values.shape, np.bool_)


class _Wanted:
    """When is a cell known too closely? Where nobody knows the truth: only if there are some for certain, and few."""

    def __init__(self, targets: Sequence[_Target]) -> None:
        self.strict = np.array([one.strict for one in targets], np.bool_)
        self.protection = np.array([one.rule.protection for one in targets])
        self.threshold = np.array([one.rule.threshold for one in targets])

    def is_found(self, low: Floats | Counts, high: Floats | Counts) -> Mask:
        close = high - low < self.protection
        return np.asarray(close & (self.strict | ((low >= 1) & (low < self.threshold))))

    def settled(self, low: Floats, high: Floats) -> Mask:
        """Which can be left: they may be so many, or so few, that nothing closer would be found."""
        return np.asarray((high - low >= self.protection) | (~self.strict & (low < 1)))


def _as_findings(who: str, targets: Sequence[_Target], bounds: Bounds, wanted: _Wanted) -> list[Finding]:
    found = wanted.is_found(bounds.low, bounds.high) & bounds.exact
    said = []
    for at in np.flatnonzero(found).tolist():
        code, values = targets[at].sentence
        low, high = int(bounds.low[at]), int(bounds.high[at])
        more = {} if who == ANYONE else {"society": who}
        said.append(Finding(targets[at].kind, say(code, **values, **more, low=low, high=high), who))
    return said


def _code(what: str, who: str) -> str:
    return f"{what}-anyone" if who == ANYONE else f"{what}-society"


def _places(where: Mask) -> Iterator[Place]:
    for row in np.argwhere(where):
        yield tuple(int(at) for at in row)
