"""The list of cases and my day, over a register of a million."""

import gzip
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.test.utils import override_settings

from panah.cases.queries import lists
from panah.desk.bench import CASES, QUICK_CASES, Figure, beside, cpu_ms, seed
from panah.desk.bench.bare import same_queries
from panah.kit import assets

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
    seed.fifty_cases(made)
    seed.many_cases(made, total)
    client = seed.browser(made, "bakyt")
    with override_settings(ROOT_URLCONF="panah.desk.bench.bare"):
        yield from _page(client, "list of cases", "/cases/", "/bare/list", total, times)
        yield from _page(client, "my day, 50 sealed sentences", "/", "/bare/day", total, times)
    yield _unwraps(made, total, times)
    yield from _orders(client, made, total, times)
    yield from _few_among_many(made, total, times)
    yield from _bytes(client)


def _page(client: Any, case: str, page: str, bare: str, total: int, times: int) -> Iterator[Figure]:
    asked = same_queries(client, page, bare)
    value, floor = beside(lambda: _ok(client.get(page)), lambda: _ok(client.get(bare)), times=times)
    yield Figure("pages", case, value, "ms CPU", floor, total)
    yield Figure("pages", f"{case}: queries", asked, "queries", asked, total)


def _unwraps(made: Any, total: int, times: int) -> Figure:
    """My day's opening of fifty sentences beside fifty bare unwraps."""
    from panah.work import queries as work

    items = list(work.open_items(to=made.staff["bakyt"])[: seed.SHOWN])
    files = [i.file for i in items if i.file]
    opened, bare = beside(
        lambda: work.with_sentences(items, keys=made.keys("bakyt")),
        lambda: made.keys("bakyt").open_files(files),
        times=times,
    )
    return Figure("pages", "50 sentences opened", opened, "ms CPU", bare, total)


def _orders(client: Any, made: Any, total: int, times: int) -> Iterator[Figure]:
    """The list under each filter and order, and its last page, beside its first: an index serves all of them alike."""
    first = cpu_ms(lambda: _ok(client.get("/cases/")), times=times)
    for query, said in FILTERS:
        value = cpu_ms(partial(_read, client, "/cases/" + query), times=times)
        yield Figure("pages", f"list of cases, {said}", value, "ms CPU", first, total)
    mark = _last_page(made)
    value = cpu_ms(lambda: _ok(client.get("/cases/", {"after": mark})), times=times)
    yield Figure("pages", "list of cases, the last page", value, "ms CPU", first, total)


def _last_page(made: Any) -> str:
    """Return where the last page of the open cases begins."""
    from django.apps import apps

    rows = apps.get_model("cases.Case").objects.filter(society=made.staff["bakyt"].society, closed_at=None)
    row = rows.order_by("-due_at", "-id")[lists.PAGE // 2]
    return f"{row.due_at.isoformat()}_{row.pk}"


def _few_among_many(made: Any, total: int, times: int) -> Iterator[Figure]:
    """The list of a caseworker who may see a thousandth of the register, beside that of who may see all of it."""
    leader, few = seed.browser(made, "bakyt"), seed.browser(made, "amina")
    value, floor = beside(
        lambda: _ok(few.get("/cases/")), lambda: _ok(leader.get("/cases/")), times=min(times, 10)
    )
    yield Figure("pages", "list of cases, a caseworker among many", value, "ms CPU", floor, total)


def _bytes(client: Any) -> Iterator[Figure]:
    """What a browser that has nothing yet must load, compressed as `serve` sends it: pages, style sheets, scripts."""
    from pathlib import Path

    files = assets.collect(Path(settings.HOME) / "static")
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
    total, count = assets.weight(plain, files)
    return Figure("pages", case, len(body) + total, "bytes", None, count + 1)


def _read(client: Any, address: str) -> None:
    _ok(client.get(address))


def _ok(response: Any) -> None:
    if response.status_code != 200:
        raise RuntimeError(f"the page answered {response.status_code}")
