"""The list of cases: filters over work facts, three orders, keyset paging, no count over all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from panah.ground.accounts.roles import Permission
from panah.ground.foundation.compiled_queries import Viewer, prepared
from panah.ground.foundation.registry import Registry
from panah.ground.kit.nav import is_closed
from panah.ground.vault import queries as vault_queries
from panah.ground.work.words import AgeGroup, DueKind
from panah.people.cases.models import Case
from panah.people.cases.permissions import leads
from panah.people.cases.queries import visible
from panah.people.cases.words import NOTHING_DUE, CasePart, CaseState, Urgency

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring

PAGE = 50
MOST = 5000  # an export is read by a person: more than this she narrows first


@dataclass(frozen=True)
class ListAction:
    """A way from the list of cases to a page of a room above; ``filtered`` takes the filter along."""

    label: StrOrPromise
    allowed: Callable[[Staff], bool]
    filtered: bool = False


# By the name of the address.
LIST_ACTIONS: Registry[ListAction] = Registry("ways from the list of cases")


def list_actions(ask: CaseFilter, staff: Staff) -> list[tuple[str, StrOrPromise]]:
    """(address, words) of what the reader may do from here."""
    return [
        (reverse(name) + (ask.query() if action.filtered else ""), action.label)
        for name, action in LIST_ACTIONS.items()
        if action.allowed(staff) and not is_closed(staff, name)
    ]


@dataclass(frozen=True)
class CaseFilter:
    """The filter of the list. When empty: the open cases that she may see."""

    state: str = "open"  # open, closed or one of State
    urgency: str = ""
    age: str = ""
    due: str = ""  # late, today, week, none
    who: str = ""  # me, or a colleague's id
    branch: str = ""
    sort: str = "due"  # due, new, old
    after: str = ""

    def query(self, **change: str) -> str:
        """The address that asks for this, with some of it changed."""
        from urllib.parse import urlencode

        kept = {k: v for k, v in {**self.__dict__, "after": "", **change}.items() if v}
        return "?" + urlencode(kept) if kept else "?"


@dataclass
class CaseListPage:
    """One page of the list: the rows, and where it goes on (empty at the end)."""

    rows: list[Case] = field(default_factory=list)
    after: str = ""


def _narrow(
    rows: QuerySet[Case], ask: CaseFilter, *, to: Staff | Viewer, now: datetime, end_of_day: datetime
) -> QuerySet[Case]:
    if not leads(to):
        # Who leads may see nearly all and walks the order of the list; whoever holds a few begins at her grants.
        rows = rows.filter(file_id__in=vault_queries.files_of(to))
    if ask.state in ("open", "closed"):
        rows = rows.filter(closed_at__isnull=ask.state == "open")
    elif ask.state in CaseState:
        rows = rows.filter(state=ask.state)
    if ask.urgency in Urgency:
        rows = rows.filter(urgency=ask.urgency)
    if ask.age in AgeGroup:
        rows = rows.filter(age_group=ask.age)
    if ask.who:
        rows = rows.filter(owner=to.pk if ask.who == "me" else _uuid(ask.who))
    if ask.branch:
        rows = rows.filter(branch=_uuid(ask.branch))
    return rows.filter(_due(ask.due, now, end_of_day)) if ask.due else rows


def _due(due: str, now: datetime, end_of_day: datetime) -> Q:
    from datetime import timedelta

    return {
        "late": Q(due_at__lte=now),
        "today": Q(due_at__lte=end_of_day),
        "week": Q(due_at__lte=end_of_day + timedelta(days=6)),
        "none": Q(due_at=NOTHING_DUE),
    }.get(due, Q())


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _order(rows: QuerySet[Case], ask: CaseFilter) -> QuerySet[Case]:
    order = {"new": ("-opened_at", "id"), "old": ("opened_at", "id")}.get(ask.sort, ("due_at", "id"))
    if ask.after:
        rows = rows.filter(_beyond(ask))
    return rows.order_by(*order)


def _beyond(ask: CaseFilter) -> Q:
    moment, _, pk = ask.after.partition("_")
    try:
        at, last = datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        return Q()
    if at.tzinfo is None:
        return Q()
    column = "due_at" if ask.sort not in ("new", "old") else "opened_at"
    step = "lt" if ask.sort == "new" else "gt"
    # A plain bound first: with it both databases walk the index instead of sorting.
    return Q(**{f"{column}__{step}e": at}) & (
        Q(**{f"{column}__{step}": at}) | Q(**{column: at, "id__gt": last})
    )


# What a line of the list shows; the rest of the row is not carried out of the database.
SHOWN = (
    *(
        "number",
        "file_id",
        "due_at",
        "due_kind",
        "urgency",
        "age_group",
        "state",
        "opened_at",
        "closed_at",
        "erased_at",
    ),
    *("owner__name", "branch__name_en", "branch__name_ru", "branch__names"),
)


def _list_rows(ask: CaseFilter, *, to: Staff | Viewer, now: datetime, end_of_day: datetime) -> QuerySet[Case]:
    rows = _narrow(visible(to=to), ask, to=to, now=now, end_of_day=end_of_day)
    return _order(rows, ask).select_related(None).select_related("owner", "branch").only(*SHOWN)


def page_of(
    ask: CaseFilter, *, to: Staff, now: datetime, end_of_day: datetime, size: int = PAGE
) -> CaseListPage:
    """One page of the list; one query."""
    if (ask, size) == (CaseFilter(), PAGE):
        rows = _first_page(leads(to), staff=to.pk, society=to.society_id)
    else:
        rows = list(_list_rows(ask, to=to, now=now, end_of_day=end_of_day)[: size + 1])
    if len(rows) <= size:
        return CaseListPage(rows)
    last = rows[size - 1]
    at = last.due_at if ask.sort not in ("new", "old") else last.opened_at
    return CaseListPage(rows[:size], f"{at.isoformat()}_{last.pk}")


@prepared
def _first_page(leading: bool, *, staff: UUID, society: UUID) -> QuerySet[Case]:
    """The list as it opens, with nothing chosen: most look at no other."""
    to = Viewer(staff, society, frozenset(Permission.CASES_LEAD.roles if leading else ()))
    # Nothing is chosen, so no hour comes into it.
    return _list_rows(CaseFilter(), to=to, now=NOTHING_DUE, end_of_day=NOTHING_DUE)[: PAGE + 1]


def working_labels(rows: list[Case], *, keys: Keyring | None) -> dict[UUID, str]:
    """Return the sealed words that tell cases apart, by the id of the case; none while the vault is locked."""
    found = working_labels_by_file([case.file_id for case in rows], keys=keys)
    return {case.pk: found[case.file_id] for case in rows if case.file_id in found}


def working_labels_by_file(files: Iterable[UUID], *, keys: Keyring | None) -> dict[UUID, str]:
    """Return the same by file, of those files that open and are a case's: for lists that show what is due."""
    found = vault_queries.read_whole(keys=keys, files=files, part=CasePart.WORKING_LABEL)
    return {file: str(one.value.get("text", "")) for file, one in found.items()}


def every_row(ask: CaseFilter, *, to: Staff, now: datetime, end_of_day: datetime) -> list[Case]:
    """Everything that the list shows, beyond the first page too (at most MOST): for taking it out."""
    found = _order(_narrow(visible(to=to), ask, to=to, now=now, end_of_day=end_of_day), ask)
    return list(found[:MOST])


def what_is_due(case: Case) -> str:
    """The neutral word of what is due next."""
    return str(DueKind(case.due_kind).label) if case.due_kind else ""


@lru_cache(maxsize=16)
def labels(language: str) -> dict[str, dict[str, str]]:
    """Return the words of every code on a line, by column: a page says each of them fifty times."""
    columns = {"urgency": Urgency, "age_group": AgeGroup, "state": CaseState, "due_kind": DueKind}
    with translation.override(language):
        return {
            column: {"": "", **{code: str(word) for code, word in known.choices}}
            for column, known in columns.items()
        }
