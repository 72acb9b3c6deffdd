"""Working off a table: every row checked, the good ones made into sealed cases, each row once and never again."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.tables.reading import Row, Table
from panah.ground.network import queries as network_queries
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work.words import Joined, Sentence
from panah.people.cases import actions as cases
from panah.people.cases.queries import numbers_here
from panah.people.cases.words import AgeGroup
from panah.people.imports import columns
from panah.people.imports.rules.noted import as_lines
from panah.people.imports.rules.rows import ImportedPerson, bounds, check

MARK = "import_mark"
DONE = b"done"
AT_ONCE = 500  # rows that are looked up together
MOST_WRONG = 1000  # more lines than this nobody reads: the rest is counted


@dataclass
class Report:
    """What became of a table: counts, and row by row what is wrong, by column and code, never a value."""

    rows: int = 0
    good: int = 0
    imported: int = 0
    skipped_known: int = 0
    wrong_rows: int = 0
    problems: int = 0
    wrong: list[tuple[int, str, str]] = field(default_factory=list)

    def add_wrong(self, row: int, problems: list[tuple[str, str]]) -> None:
        self.wrong_rows += 1
        self.problems += len(problems)
        room = MOST_WRONG - len(self.wrong)
        self.wrong += [(row, column, code) for column, code in problems[:room]]


@dataclass
class Work:
    """Where a table goes: whose society, which branch, from which source, to which focal points in turn."""

    society: Any
    source: str
    owners: list[Any]
    at: datetime
    branch: Any = None

    @property
    def today(self) -> Any:
        return self.at.date()


def checked(
    table: Table, work: Work, report: Report, *, after: int = 0
) -> Iterator[tuple[int, ImportedPerson, UUID]]:
    """Walk the table and yield the good rows that are not known yet: number, person, mark. The report is kept up.

    Of the first ``after`` rows only how often each was there is counted: they were worked off before.
    """
    seen: dict[UUID, bytes] = {}
    for some in batched(_good(table, work, report, after), AT_ONCE):
        # One question for many rows. Whoever comes meanwhile is seen when the case is made.
        known = vault.load_blobs(kind=MARK, keys=[mark for _number, _person, mark in some])
        # What was taken out of Panah has the cases' own numbers: they are here, or were until they were erased.
        ours = numbers_here(society=work.society.pk, texts=[person.row_id for _number, person, _mark in some])
        for number, person, mark in some:
            if seen.get(mark, person.digest) != person.digest:
                # Two people under one number (a family, thirty of one site): nobody is dropped unsaid.
                report.add_wrong(number, [(person.id_column, "id-twice")])
                continue
            report.good += 1
            if mark in seen or person.row_id in ours or _was_here(known.get(mark), mark, work):
                report.skipped_known += 1
            else:
                yield number, person, mark
            seen[mark] = person.digest
    report.wrong.sort(key=lambda one: one[0])


def _good(table: Table, work: Work, report: Report, after: int) -> Iterator[tuple[int, ImportedPerson, UUID]]:
    alike: Counter[bytes] = Counter()
    for row in table.rows:
        report.rows += 1
        if report.rows <= after and any(row.cells.get(name) for name in columns.ROW_ID):
            continue
        person = _person(row, work, report)
        if person is None:
            continue
        alike[person.digest] += 1
        if report.rows > after:
            yield row.number, person, _mark(work, person, alike[person.digest])


def _person(row: Row, work: Work, report: Report) -> ImportedPerson | None:
    if row.wrong:
        report.add_wrong(row.number, [("", row.wrong)])
        return None
    person, wrong = check(row.cells, today=work.today)
    if person is None:
        report.add_wrong(row.number, wrong)
    return person


def _mark(work: Work, person: ImportedPerson, times: int) -> UUID:
    # Without an id of its own a row is known by all it says; two people of whom the same is said stay two.
    bits: tuple[str | bytes, ...] = (
        ("id", person.row_id) if person.row_id else ("row", person.digest, str(times))
    )
    return vault.mark_of(society=work.society.pk, bits=(work.source.casefold(), *bits))


def _is_known(mark: UUID, work: Work) -> bool:
    return _was_here(vault.load_blob(kind=MARK, key=mark), mark, work)


def _was_here(kept: bytes | None, mark: UUID, work: Work) -> bool:
    if kept is None or kept == DONE:
        return kept == DONE
    # The process was stopped between the two stores: the case was made (perhaps erased since), or it was not.
    made = vault_queries.file_was_made(UUID(bytes=kept))
    if made:
        _settle(mark, work)
    return made


def check_table(*, table: Table, work: Work) -> Report:
    """Check every row and change nothing."""
    report = Report()
    for _one in checked(table, work, report):
        pass
    return report


def import_table(
    *,
    keys: Keyring,
    table: Table,
    work: Work,
    report: Report | None = None,
    all_or_none: bool = False,
    after: int = 0,
    progress: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Import the good rows, one transaction each; with ``all_or_none`` in one, which a wrong row undoes."""
    report = report or Report()
    rows = _walk(checked(table, work, report, after=after), report, progress)
    if all_or_none:
        _take_in_all(keys, work, rows, report)
        return report
    for _n, person, mark in rows:
        take_in(keys=keys, work=work, person=person, mark=mark, report=report)
    return report


def _take_in_all(
    keys: Keyring, work: Work, rows: Iterator[tuple[int, ImportedPerson, UUID]], report: Report
) -> None:
    try:
        with transaction.atomic():
            marks = [_take_in(keys, work, person, mark, report) for _n, person, mark in rows]
            if report.wrong_rows:
                raise not_all()
    except _Meanwhile:
        raise Refusal(
            _("Rows of this table come in by another window just now, so nothing was imported."),
            next_step=_("Wait until that is done, then bring the table again."),
            code="meanwhile",
        ) from None
    for mark in marks:
        _settle(mark, work)


class _Meanwhile(Exception):
    """The row came in by another window while this one made its case."""


def take_in(*, keys: Keyring, work: Work, person: ImportedPerson, mark: UUID, report: Report) -> bool:
    """Make the case of one row; False when it came in by another window meanwhile, and nothing was made."""
    try:
        with transaction.atomic():
            _take_in(keys, work, person, mark, report)
    except _Meanwhile:
        report.skipped_known += 1
        return False
    _settle(mark, work)
    return True


def not_all() -> Refusal:
    return Refusal(
        _("Some rows are wrong, so nothing was imported."),
        next_step=_("Mend them, or import the good rows alone."),
        code="not-all",
    )


def _walk(
    rows: Iterator[tuple[int, ImportedPerson, UUID]], report: Report, progress: Callable[[Report], None]
) -> Iterator[tuple[int, ImportedPerson, UUID]]:
    for one in rows:
        yield one
        progress(report)


def _take_in(keys: Keyring, work: Work, person: ImportedPerson, mark: UUID, report: Report) -> UUID:
    case = cases.import_case(
        keys=keys,
        owner=work.owners[report.imported % len(work.owners)],
        at=work.at,
        status=person.status,
        branch=work.branch,
        language=person.language,
        age_group=_age_group(person, work),
        identity=person.identity,
        codes=person.codes,
        note=_note(person),
        closing=person.closing,
    )
    keys.forget(case.file_id) if isinstance(keys, vault.SealingOnly) else None
    # The journal's line of the new case is a queue: whoever stood before us in it has left the mark.
    if _is_known(mark, work):
        raise _Meanwhile
    vault.store_blob(kind=MARK, key=mark, sealed=case.file_id.bytes, society=work.society.pk)
    report.imported += 1
    return mark


def _settle(mark: UUID, work: Work) -> None:
    # From now on the mark says only that the row was here: nothing leads from it to a case, erased or not.
    vault.store_blob(kind=MARK, key=mark, sealed=DONE, society=work.society.pk)


def _age_group(person: ImportedPerson, work: Work) -> str:
    born = bounds(person.born)
    if born is None:
        return AgeGroup.UNKNOWN
    age = network_queries.child_age(society=work.society, on=work.today)
    old, young = (_years(day, work.today) for day in born)
    return AgeGroup.CHILD if old < age else AgeGroup.ADULT if young >= age else AgeGroup.UNKNOWN


def _years(born: Any, today: Any) -> int:
    return int(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))


def _note(person: ImportedPerson) -> Sentence:
    if not person.noted:
        return ""
    lines = as_lines(person.noted, columns.ALL_NOTED)
    return Joined("\n", [gettext_lazy("From the table that was imported:"), *lines])
