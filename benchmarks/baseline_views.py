"""The floor of the pages: bare views of the same rows.

A bare view is reached by the same door as the page (session, staff, vault: that is what grants are asked through), asks
every question of the database that the page asks, opens the same sealed sentences, and writes the same cells with the
same covers into one short template. What the page costs above it is ours: the frame, forms, links, words, tones, dates.
``same_queries`` fails the bench when the two do not ask the same, so that the floor is neither padded nor starved.
"""

from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone
from jinja2 import Environment

from panah.desk import first_week, queries
from panah.ground.accounts.queries import names_with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals import queries as approvals_queries
from panah.ground.kit import nav
from panah.ground.network.queries import branch_names
from panah.ground.work import queries as work_queries
from panah.people.cases.queries import lists
from panah.people.hotline import queries as hotline_queries

_BARE = Environment(autoescape=True)
LIST = _BARE.from_string(
    "<table>{% for r in rows %}<tr><td>{{ r.number }} {{ labels[r.pk] }}<td>{{ r.due_kind }} {{ r.due_at }}"
    "<td>{{ r.urgency }}"
    "<td><span class=covered>name</span> {{ r.age_group }}<td>{{ r.owner.name }}<td>{{ r.branch.name_en }}"
    "<td>{{ r.opened_at }}<td>{{ r.state }}</tr>{% endfor %}</table>"
)
DAY = _BARE.from_string(
    "<ol>{% for r in rows %}<li>{{ r.due_at }} {{ r.what }} {{ r.href }} {{ r.number }} {{ r.facts|join(' ') }}</li>"
    "{% endfor %}</ol>{% for d in duty %}<p>{{ d.what }}{% for p in d.people %} {{ p[0] }} {{ p[1] }}{% endfor %}</p>"
    "{% endfor %}"
)


def frame(staff: Any) -> tuple[Any, ...]:
    """What the frame of every page asks: pages, an open danger call, a waiting chat, what can she stop, numbers."""
    places = [place for place in nav.MENU if place.visible(staff)]
    now = timezone.now()
    alerts = (
        work_queries.alarms_for(to=staff),
        hotline_queries.waiting_chats(to=staff, at=now),
        approvals_queries.told_of(staff, at=now),
    )
    open_dangers = [one for of_room in nav.OPEN_DANGERS for one in of_room(staff)]
    return *alerts, *open_dangers, *(place.counted(staff) for place in places)


def bare_list(request: Any) -> HttpResponse:
    now = timezone.now()
    found = lists.page_of(lists.CaseFilter(), to=request.staff, now=now, end_of_day=now)
    society = request.staff.society_id
    names_with_permission(society, Permission.CASES_WORK)
    branch_names(society)
    labels = lists.working_labels(found.rows, keys=request.keys)
    frame(request.staff)
    return HttpResponse(LIST.render(rows=found.rows, labels=labels))


def bare_day(request: Any) -> HttpResponse:
    staff, at = request.staff, timezone.now()
    queries.missing(staff=staff)
    day = queries.my_day(staff=staff, keys=request.keys, at=at)
    work_queries.just_ended(by=staff, keys=request.keys, at=at)
    duty = queries.duty_now(staff=staff, at=at)
    work_queries.week_mail_stopped(staff)
    if staff.is_focal_point and (day.empty or first_week.is_first_week(staff=staff, at=at)):
        first_week.first_week(staff=staff, at=at)
    frame(staff)
    return HttpResponse(DAY.render(rows=[*day.now, *day.today, *day.week, *day.later], duty=duty))


urlpatterns = [
    path("bare/list", bare_list),
    path("bare/day", bare_day),
    path("", include("panah.config.urls")),
]


def asked(client: Any, address: str) -> list[str]:
    """Return every question that a page asks of any database, in order."""
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as all_of_them:
        for alias in settings.DATABASES:
            all_of_them.enter_context(connections[alias].execute_wrapper(note))
        client.get(address)
    return seen


def same_queries(client: Any, page: str, bare: str) -> int:
    """Return how many questions the page asks, or fail when the bare view does not ask the same."""
    client.get(page)  # the first page of a sign-in also writes down what was pinned
    ours, theirs = sorted(asked(client, page)), sorted(asked(client, bare))
    if ours != theirs:
        more, less = [q for q in ours if q not in theirs], [q for q in theirs if q not in ours]
        raise RuntimeError(f"{page} and its floor do not ask the same: {more} {less}")
    return len(ours)
