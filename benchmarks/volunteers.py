"""The register of volunteers: a table coming in beside reading it and a bare bulk insert, and its pages at two sizes.

The table is the one that societies have: a workbook with twelve kinds of fault in three rows of a hundred. The floor of
a page is its own questions, asked of the database again and nothing done with the rows; at every size after the first
it also stands beside itself at the first: that is how flat it is.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from benchmarks import seed
from benchmarks.figures import Figure, beside
from panah.ground.foundation import tenancy
from panah.practice.cast import Practice
from panah.programmes.training.models import Training
from panah.programmes.volunteers import actions, queries, sealed_details
from panah.programmes.volunteers.importing.reading import open_for
from panah.programmes.volunteers.importing.words import ImportState
from panah.programmes.volunteers.models import DoublePair, ImportedRow, Membership, TableImport, Volunteer
from panah.programmes.volunteers.rules import TRAINING

SIZES, QUICK_SIZES = (20_000, 200_000), (5_000,)
MADE_BY = """
import sys
from pathlib import Path
from benchmarks import volunteer_table
made = volunteer_table.made_up(int(sys.argv[2]), branches=("Arna", "Besh"), seed=int(sys.argv[2]))
Path(sys.argv[1]).write_bytes(volunteer_table.workbook(made.lines, made.merged))
"""
FOREVER = timedelta(hours=2)


def run(quick: bool) -> Iterator[Figure]:
    """Yield, for each size, the import, the doubles and the pages. A fresh process writes the workbook."""
    made, first = seed.node(), dict[str, float]()
    for size in _sizes(quick):
        file = Path(settings.HOME) / f"volunteers-{size}.xlsx"
        subprocess.run([sys.executable, "-c", MADE_BY, str(file), str(size)], check=True)
        body = file.read_bytes()
        file.unlink()
        with tenancy.tenant_context(made.staff["bakyt"].society_id):
            yield from _import(made, body, size)
            for figure in _pages(made, size):
                yield figure
                if figure.case in first:
                    said = f"{figure.case}, beside the smallest register"
                    yield Figure("volunteers", said, figure.value, figure.unit, first[figure.case], size)
                first.setdefault(figure.case, figure.value)
            _empty()


def _sizes(quick: bool) -> list[int]:
    asked = os.environ.get("PANAH_BENCH_ROWS", "")
    return [int(one) for one in asked.split(",")] if asked else list(QUICK_SIZES if quick else SIZES)


def _import(made: Practice, body: bytes, size: int) -> Iterator[Figure]:
    bakyt, now = made.staff["bakyt"], timezone.now()
    # Both floors first, and into empty tables: the same work then begins where they began.
    read = _seconds(lambda: sum(1 for _row in open_for(body).rows))
    inserted = _bare_insert(made, size)
    actions.bring_table(by=bakyt, body=body, branch=None, at=now)
    table = TableImport.objects.get()
    actions.choose_columns(by=bakyt, chosen=queries.about_of(table)["guess"], at=now)
    _begin_peak()
    checked = _seconds(lambda: actions.work_on_tables(at=now, patience=FOREVER))
    actions.let_in(by=bakyt, at=now)
    # The comparing that follows by itself is measured apart.
    came = 0.0
    while TableImport.objects.get().state == ImportState.COMING:
        came += _seconds(lambda: actions.work_on_tables(at=now, patience=timedelta(0)))
    peak = _peak()
    compared = _seconds(lambda: actions.work_on_tables(at=now, patience=FOREVER))
    table.refresh_from_db()
    floor = read + inserted
    yield Figure("volunteers", "import, read and checked", checked, "s", read, table.rows)
    yield Figure("volunteers", "import, coming in", came, "s", inserted, table.came_in)
    yield Figure(
        "volunteers", "import, whole, beside reading and a bare insert", checked + came, "s", floor, size
    )
    yield Figure(
        "volunteers",
        "import, rows a second",
        table.rows / (checked + came),
        "rows/s",
        table.rows / floor,
        size,
    )
    yield Figure(
        "volunteers", "import, rows named as faulty", table.faulty / table.rows, "share", None, table.rows
    )
    yield Figure("volunteers", "import, highest memory of the worker", peak, "MB", None, size)
    pairs = DoublePair.objects.count()
    yield Figure("volunteers", "doubles looked for", compared, "s", _seconds(_equal_names), size)
    yield Figure("volunteers", "doubles proposed", pairs, "pairs", None, size)
    actions.drop_table(by=bakyt, at=now)


def _equal_names() -> None:
    """The floor of looking for doubles: the same rows read, and whoever has the very same name put together."""
    together: dict[str, list[object]] = {}
    for pk, key, _name, _year in Volunteer.objects.values_list("pk", "name_key", "name", "born_year"):
        together.setdefault(key, []).append(pk)


def _bare_insert(made: Practice, count: int) -> float:
    """Write so many rows of the same tables as Django does it, into empty tables, and take them away again."""
    bakyt, amina = made.staff["bakyt"], made.staff["amina"]
    held = {"society_id": bakyt.society_id, "branch_id": amina.branch_id}
    sealed = os.urandom(250)  # as much as a telephone, a day of birth and a line of history

    def write() -> None:
        for start in range(0, count, 1000):
            rows = [
                Volunteer(
                    name=f"Bench Person {n}",
                    name_key=f"benS persan {n}",
                    details=sealed,
                    born_year=1990,
                    **held,
                )
                for n in range(start, min(start + 1000, count))
            ]
            Volunteer.objects.bulk_create(rows)
            Membership.objects.bulk_create(
                [Membership(volunteer=one, since=timezone.localdate(), **held) for one in rows]
            )
            ImportedRow.objects.bulk_create(
                [ImportedRow(society_id=bakyt.society_id, mark=os.urandom(32), volunteer=one) for one in rows]
            )

    taken = _seconds(write)
    _empty()
    return taken


def _pages(made: Practice, size: int) -> Iterator[Figure]:
    _work_with_some()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    bakyt, ibrat = seed.browser(made, "bakyt"), seed.browser(made, "ibrat")
    second = re.search(r'href="\?([^"]*after=[^"]+)"', bakyt.get("/volunteers/").text)
    pages = (
        ("list, whole society", bakyt, "/volunteers/"),
        ("list, one branch", ibrat, "/volunteers/"),
        ("list, the next page", bakyt, f"/volunteers/?{second[1].replace('&amp;', '&') if second else ''}"),
        ("list, by language", bakyt, "/volunteers/?language=tk"),
        ("list, by language, one branch", ibrat, "/volunteers/?language=tk"),
        ("list, by what somebody may do", bakyt, "/volunteers/?may=answer"),
        ("list, by what somebody may do, one branch", ibrat, "/volunteers/?may=answer"),
        ("list, by what nobody may do", bakyt, "/volunteers/?may=lead"),
        ("list, what runs out", bakyt, "/volunteers/?state=expiring"),
        ("list, what runs out, one branch", ibrat, "/volunteers/?state=expiring"),
        ("counts by age and sex, whole society", bakyt, "/volunteers/figures/"),
        ("counts by age and sex, one branch", ibrat, "/volunteers/figures/"),
        ("doubles", bakyt, "/volunteers/doubles/"),
        ("doubles, one branch", ibrat, "/volunteers/doubles/"),
    )
    for case, client, address in pages:
        yield _beside(case, partial(_read, client, address), size)
    yield _beside("list, by name", partial(_look_for, bakyt, "асанова"), size)
    yield _beside("list, by a name that nobody has", partial(_look_for, bakyt, "ххщщ"), size)


def _work_with_some() -> None:
    """Vet and train one in a hundred for a line, and vet another; one in a hundred helps in the other branch too."""
    branches = list(Volunteer.objects.order_by().values_list("branch", flat=True).distinct())
    today = timezone.localdate()
    until = today + timedelta(days=400)
    with transaction.atomic():
        for number, row in enumerate(Volunteer.objects.order_by("name_key", "pk").iterator()):
            if number % 50 == 0:
                row.code_signed_on, row.vetted_until, row.safeguarding_until = today, until, until
                sealed_details.keep_standing(row, sealed_details.STANDING)
                row.save()
            for teaches in TRAINING["answer"] if number % 100 == 0 else ():
                training = Training(society_id=row.society_id, volunteer=row, teaches=teaches)
                training.since, training.until = today, until
                training.save()
            if number % 100 == 1:
                elsewhere = branches[row.branch_id == branches[0]]
                held = {"society_id": row.society_id, "branch_id": elsewhere, "elsewhere": True}
                Membership.objects.create(volunteer=row, since=today, **held)


def _beside(case: str, read: Callable[[], None], size: int) -> Figure:
    """A page beside its own questions."""
    read()
    value, floor = beside(read, partial(_ask_again, _asked(read)), times=5)
    return Figure("volunteers", case, value, "ms CPU", floor, size)


def _asked(read: Callable[[], None]) -> list[tuple[str, object]]:
    """Return what a page reads from the database, in order."""
    seen: list[tuple[str, object]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("(").startswith("SELECT"):
            seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        read()
    return seen


def _ask_again(asked: list[tuple[str, Any]]) -> None:
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(sql, params)
            cursor.fetchall()


def _empty() -> None:
    for model in (Training, DoublePair, ImportedRow, Membership, Volunteer):
        model.objects.all()._raw_delete("default")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _begin_peak() -> None:
    """Forget the highest memory so far: the system counts anew."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _read(client: Client, address: str) -> None:
    _ok(client.get(address))


def _look_for(client: Client, name: str) -> None:
    _ok(client.post("/volunteers/", {"name": name}, follow=True))


def _ok(response: HttpResponseBase) -> None:
    if response.status_code != 200:
        raise RuntimeError(f"the page answered {response.status_code}")
