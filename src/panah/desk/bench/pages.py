"""The list of cases and my day, over a register of a million."""

import gzip
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from jinja2 import Environment

from panah.cases.queries import lists
from panah.desk import queries
from panah.desk.bench import CASES, QUICK_CASES, Figure, cpu_ms, seed

BARE = Environment(autoescape=True).from_string(
    "<table>{% for r in rows %}<tr><td>{{ r.number }}<td>{{ r.due_at }}<td>{{ r.urgency }}<td>{{ r.age_group }}"
    "<td>{{ r.owner.name }}<td>{{ r.branch }}<td>{{ r.state }}</tr>{% endfor %}</table>"
)
BARE_DAY = Environment(autoescape=True).from_string(
    "<ol>{% for r in rows %}<li>{{ r.due_at }} {{ r.what }} {{ r.href }} {{ r.facts|join(' ') }}</li>{% endfor %}</ol>"
)


def run(quick: bool) -> Iterator[Figure]:
    """Yield the pages beside a bare view of the same rows with the same queries, grants and opened sentences."""
    total, times = (QUICK_CASES, 20) if quick else (CASES, 40)
    made = seed.node()
    seed.fifty_cases(made)
    seed.many_cases(made, total)
    client = seed.browser(made, "bakyt")
    yield _list(made, client, total, times)
    yield _day(made, client, total, times)
    yield _unwraps(made, total, times)
    yield _bytes(client)


def _list(made: Any, client: Any, total: int, times: int) -> Figure:
    def bare() -> str:
        staff = _fresh(made)
        now = timezone.now()
        found = lists.page_of(lists.Filter(), to=staff, now=now, end_of_day=now)
        return BARE.render(rows=found.rows)

    page = cpu_ms(lambda: _ok(client.get("/cases/")), times=times)
    return Figure("pages", "list of cases", page, "ms CPU", cpu_ms(bare, times=times), total)


def _day(made: Any, client: Any, total: int, times: int) -> Figure:
    def bare() -> str:
        staff = _fresh(made)
        day = queries.my_day(staff=staff, keys=made.keys("bakyt"), at=timezone.now())
        return BARE_DAY.render(rows=[*day.now, *day.today, *day.week, *day.later])

    page = cpu_ms(lambda: _ok(client.get("/")), times=times)
    return Figure("pages", "my day, 50 sealed sentences", page, "ms CPU", cpu_ms(bare, times=times), total)


def _unwraps(made: Any, total: int, times: int) -> Figure:
    """My day's opening of fifty sentences beside fifty bare unwraps."""
    from panah.work import queries as work

    items = list(work.open_items(to=made.staff["bakyt"])[: seed.SHOWN])
    files = [i.file for i in items if i.file]
    opened = cpu_ms(lambda: work.with_sentences(items, keys=made.keys("bakyt")), times=times)
    bare = cpu_ms(lambda: made.keys("bakyt").open_files(files), times=times)
    return Figure("pages", "50 sentences opened", opened, "ms CPU", bare, total)


def _bytes(client: Any) -> Figure:
    """The first page someone who signs in receives, compressed as a server would send it."""
    client.logout()
    body = client.get("/vault/sign-in").content
    packed = len(gzip.compress(body, 6))
    return Figure("pages", "bytes of the sign-in page, compressed", packed, "bytes", None, len(body))


def _fresh(made: Any) -> Any:
    # As a request has it: nothing about the colleague is remembered from the last one.
    return (
        type(made.staff["bakyt"]).objects.select_related("society", "branch").get(pk=made.staff["bakyt"].pk)
    )


def _ok(response: Any) -> None:
    if response.status_code != 200:
        raise RuntimeError(f"the page answered {response.status_code}")
