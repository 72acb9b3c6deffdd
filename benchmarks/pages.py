"""The list of cases and my day, over a register of a million."""

import gzip
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

from benchmarks import seed
from benchmarks.baseline_views import same_queries
from benchmarks.figures import CASES, QUICK_CASES, Clock, Figure, beside, cpu_ms
from panah.ground.foundation import tenancy
from panah.ground.kit import static_build
from panah.ground.vault import opened_grants
from panah.people.cases.queries import lists

# What a database server does is no processor time of ours: there the clock on the wall counts too.
CLOCKS: dict[str, tuple[tuple[Clock, str], ...]] = {
    "sqlite": ((time.process_time, "ms CPU"),),
    "postgresql": ((time.process_time, "ms CPU"), (time.perf_counter, "ms by the clock")),
}
FILTERS = (
    ("?sort=new", "newest first"),
    ("?urgency=now&age=child&sort=old", "urgent, children, oldest first"),
    ("?due=late", "late"),
    ("?state=closed&sort=new", "closed, newest first"),
)


def run(quick: bool) -> Iterator[Figure]:
    """Yield the pages beside a bare view of the same rows with the same queries, grants, covers and sentences."""
    total, times = (QUICK_CASES, 30) if quick else (CASES, 60)
    made = seed.node()
    seed.open_cases(made)
    seed.many_cases(made, total)
    seed.serve()
    with tenancy.tenant_context(made.staff["bakyt"].society_id):
        yield from _measured(made, total, times)


def _measured(made: Any, total: int, times: int) -> Iterator[Figure]:
    client = seed.browser(made, "bakyt")
    for clock, unit in CLOCKS[connection.vendor]:
        took = Took(total, times, clock, unit)
        with override_settings(ROOT_URLCONF="benchmarks.baseline_views"):
            yield from _page(client, "list of cases", "/cases/", "/bare/list", took)
            yield from _page(client, "my day, 50 sealed sentences", "/", "/bare/day", took)
        yield from _unwraps(made, took)
        yield from _orders(client, made, took)
        yield from _few_among_many(made, took)
    yield from _bytes(client)


@dataclass(frozen=True)
class Took:
    """How a page is measured: how many cases there are, how often, by which clock, in what."""

    total: int
    times: int
    clock: Clock
    unit: str

    def beside(self, case: str, work: Callable[[], object], floor: Callable[[], object]) -> Figure:
        value, least = beside(work, floor, times=self.times, clock=self.clock)
        return Figure("pages", case, value, self.unit, least, self.total)

    def ms(self, work: Callable[[], object]) -> float:
        return cpu_ms(work, times=self.times, clock=self.clock)


def _page(client: Any, case: str, page: str, bare: str, took: Took) -> Iterator[Figure]:
    asked = same_queries(client, page, bare)
    yield took.beside(case, lambda: _ok(client.get(page)), lambda: _ok(client.get(bare)))
    yield Figure("pages", f"{case}: queries", asked, "queries", asked, took.total)


def _unwraps(made: Any, took: Took) -> Iterator[Figure]:
    """My day's opening of fifty sentences beside fifty bare unwraps; and again, by a process that knows the grants."""
    from panah.ground.work import queries as work_queries

    items = list(work_queries.open_items(to=made.staff["bakyt"])[: seed.SHOWN])
    files = [i.file for i in items if i.file]

    def sentences() -> None:
        work_queries.with_sentences(items, keys=made.keys("bakyt"))

    def first(work: Callable[[], object]) -> None:
        opened_grants.forget_all()
        work()

    # The floor of both: the seals themselves, which only the first time are opened.
    bare = partial(first, lambda: made.keys("bakyt").open_files(files))
    yield took.beside("50 sentences opened, first time", partial(first, sentences), bare)
    warm = took.ms(sentences)
    yield Figure("pages", "50 sentences opened, every other time", warm, took.unit, took.ms(bare), took.total)


def _orders(client: Any, made: Any, took: Took) -> Iterator[Figure]:
    """The list under each filter and order, and its last page, beside its first: an index serves all of them alike."""
    first = took.ms(lambda: _ok(client.get("/cases/")))
    for query, said in FILTERS:
        value = took.ms(partial(_read, client, "/cases/" + query))
        yield Figure("pages", f"list of cases, {said}", value, took.unit, first, took.total)
    mark = _last_page(made)
    value = took.ms(lambda: _ok(client.get("/cases/", {"after": mark})))
    yield Figure("pages", "list of cases, the last page", value, took.unit, first, took.total)


def _last_page(made: Any) -> str:
    """Return where the last page of the open cases begins."""
    from django.apps import apps

    rows = apps.get_model("cases.Case").objects.filter(society=made.staff["bakyt"].society, closed_at=None)
    row = rows.order_by("-due_at", "-id")[lists.PAGE // 2]
    return f"{row.due_at.isoformat()}_{row.pk}"


def _few_among_many(made: Any, took: Took) -> Iterator[Figure]:
    """The list of a caseworker who may see a thousandth of the register, beside that of who may see all of it."""
    leader, few = seed.browser(made, "bakyt"), seed.browser(made, "amina")
    yield replace(took, times=min(took.times, 10)).beside(
        "list of cases, a caseworker among many",
        lambda: _ok(few.get("/cases/")),
        lambda: _ok(leader.get("/cases/")),
    )


def _bytes(client: Any) -> Iterator[Figure]:
    """What a browser that has nothing yet must load, compressed as `serve` sends it: pages, style sheets, scripts."""
    from pathlib import Path

    files = static_build.collect(Path(settings.HOME) / "static")
    day = client.get("/", headers={"Accept-Encoding": "gzip"})
    yield _loaded("bytes of my day with 50 lines and all it loads, first time", day, files)
    yield Figure("pages", "bytes of my day, every other time", len(day.content), "bytes", None, 1)
    client.logout()
    door = client.get("/vault/sign-in")
    yield _loaded("bytes of the sign-in page and all it loads, first time", door, files)


def _loaded(case: str, page: Any, files: Any) -> Figure:
    body = page.content
    plain = (
        gzip.decompress(body).decode() if page.headers.get("Content-Encoding") == "gzip" else body.decode()
    )
    total, count = static_build.weight(plain, files)
    return Figure("pages", case, len(body) + total, "bytes", None, count + 1)


def _read(client: Any, address: str) -> None:
    _ok(client.get(address))


def _ok(response: Any) -> None:
    if response.status_code != 200:
        raise RuntimeError(f"the page answered {response.status_code}")
