"""Exact tables are protected beside all that left before, and attacked. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from panah.programmes.evidence.kept_tables import EarlierRelease, read_exact, read_tables
from panah.programmes.release.attack import ShownRelease, attack
from panah.programmes.release.cells import ProtectedTable, Rule, Table
from panah.programmes.release.sentences import Sentence, say
from panah.programmes.release.tables import CannotProtect, protect_together
from panah.programmes.release.versions import versions

type Before = tuple[list[ProtectedTable], list[Table]]


def protect_beside(
    exact: Sequence[Table], earlier: Sequence[EarlierRelease]
) -> tuple[list[ProtectedTable], list[Sentence], list[Sentence]]:
    """Return the tables as they may be shown, what attacks learnt, and what they tried.

    With the exact counts of what left before, who was added or taken out since is protected too.
    """
    before: list[Before] = [(read_tables(one["tables"]), read_exact(one["exact"])) for one in earlier]
    again = [at for at, (_, tables) in enumerate(before) if _counts_the_same(tables, exact)]
    covered = versions(exact, [before[at][1] for at in again])
    if covered is None:
        return [], [say("came-and-went")], []
    people = exact[0].population
    now = [replace(one, population=covered[0]) for one in exact]
    for at, coverage in zip(again, covered[1:], strict=True):
        shown, tables = before[at]
        before[at] = (
            [replace(one, population=coverage) for one in shown],
            [replace(table, population=coverage) for table in tables],
        )
    try:
        protected = protect_together(
            now,
            Rule(),
            published=[one for shown, _ in before for one in shown],
            earlier=[table for _, tables in before for table in tables],
        )
    except CannotProtect as why:
        return [], [why.sentence], []
    found = attack(
        ShownRelease("this", tuple(protected), {one.name: one for one in now}),
        [
            ShownRelease("earlier", tuple(shown), {table.name: table for table in tables})
            for shown, tables in before
        ],
    )
    shown = [replace(one, population=people) for one in protected]
    return shown, [finding.sentence for finding in found.findings], list(found.tried)


def _counts_the_same(earlier: Sequence[Table], now: Sequence[Table]) -> bool:
    """Say whether an earlier release counted the same people of the same year, by the same tables."""
    return [(one.name, one.population, one.dimensions) for one in earlier] == [
        (one.name, one.population, one.dimensions) for one in now
    ]
