"""Sessions as whoever keeps them sees them, and what their tests can carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404

from panah.ground.foundation.paging import page_by_day
from panah.ground.work.queries import items_of
from panah.programmes.prevention import library, rules
from panah.programmes.prevention.models import Session, TestResult
from panah.programmes.prevention.words import Compared, SessionState
from panah.programmes.training import effect
from panah.programmes.volunteers import queries as volunteers_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import DueItem
    from panah.programmes.prevention.models import Group


@dataclass(frozen=True)
class SessionRow:
    """A session on a list. ``no_access``: its place needs a permission, and none holds on that day."""

    row: Session
    title: str
    no_access: bool


@dataclass(frozen=True)
class Page:
    rows: list[SessionRow]
    more: str


def days_of(items: Iterable[DueItem]) -> dict[UUID, date]:
    """Return the day of each session that due items are about: it tells one line of a list from the next."""
    return dict(Session.objects.filter(pk__in={item.subject for item in items}).values_list("pk", "on"))


def last_of(group: Group) -> Session | None:
    """Return the latest session of a group: the next one is often for the same people."""
    found: Session | None = group.sessions.order_by("-on", "pk").first()
    return found


def sessions(*, to: Staff, over: bool = False, after: str = "", group: UUID | None = None) -> Page:
    """Return a page of sessions: those that are planned, or those that are over."""
    rows = Session.objects.visible(to=to).select_related("branch", "own_plan", "access", "group")
    if group is not None:
        rows = rows.filter(group=group)
    else:
        planned = SessionState.PLANNED
        rows = rows.exclude(state=planned) if over else rows.filter(state=planned)
    found, more = page_by_day(rows, "on", after)
    titles = library.titles_of(found)
    return Page([SessionRow(one, titles[str(one.pk)], lacks_access(one)) for one in found], more)


def session_or_404(pk: UUID, *, to: Staff) -> Session:
    rows = Session.objects.visible(to=to)
    related = rows.select_related("branch", "own_plan", "own_module", "access", "group", "leader", "adult")
    return get_object_or_404(related, pk=pk)


def lacks_access(session: Session) -> bool:
    """Say whether a session is planned, or was held, in a place without the permission that it needs."""
    if session.state == SessionState.CALLED_OFF or not rules.needs_access(session.place_kind):
        return False
    access = session.access
    return access is None or not rules.access_holds(
        access.state, access.decided_on, access.granted_until, session.on
    )


def may_not_lead_now(session: Session) -> bool:
    """Say whether whoever was to lead a planned session may not any more: something has run out since."""
    leader = session.leader
    if session.state != SessionState.PLANNED or leader is None:
        return False
    return "lead" not in volunteers_queries.may_do_on([leader], on=session.on)[leader.pk]


def tests_of(row: TestResult) -> effect.CountedTests:
    return effect.CountedTests(
        row.compared == Compared.PAIRED,
        row.took_before,
        row.took_after,
        row.passed_before,
        row.passed_after,
        row.gained,
        row.dropped,
    )


def changes_of(session: Session) -> list[tuple[TestResult, effect.Change]]:
    """Return each pair of tests of a session with the change that it shows, or why it shows none."""
    return [(row, effect.change(tests_of(row))) for row in session.tests.order_by("tested")]


def answered_on(session: Session, purpose: str) -> date | None:
    """Return for which day something about a session is due, or None."""
    found = items_of(session.pk, purpose=purpose)
    return found[0].due_at.date() if found else None
