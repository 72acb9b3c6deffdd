"""Reading tables with their notes, and who takes them in."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals import queries as approvals_queries
from panah.ground.approvals.words import State
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.reading import Table, open_table
from panah.ground.vault import queries as vault_queries
from panah.people.cases import queries as cases_queries
from panah.people.imports import columns, words
from panah.people.imports.permissions import EXPORT

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.approvals.models import Request
    from panah.ground.network.models import Society
    from panah.people.cases.models import Case


class NotATable(Refusal):
    """The file cannot be read; the sentence says why and what to do."""


def unreadable(problem: Unreadable) -> NotATable:
    return NotATable(words.say_unreadable(problem.code, problem.more), code=problem.code)


def table_in(
    file: BinaryIO, *, sheet: str = "", known: Mapping[str, str] | None = None, any_header: bool = False
) -> tuple[Table, list[str]]:
    """Return the table and sentences about its columns, or raise NotATable. Walking its rows may raise Unreadable.

    ``known`` are headings that are understood beside the columns' own names; see ``open_table``.
    """
    try:
        table = open_table(file, known or columns.known(), sheet=sheet, any_header=any_header)
    except Unreadable as problem:
        raise unreadable(problem) from None
    notes = [words.say_note(code, column) for code, column in table.notes[:50]]
    return table, notes if any_header else [*notes, *about_columns(table.columns)]


def about_columns(names: Collection[str]) -> list[str]:
    """Return what is to be said of the columns of a table that are understood."""
    notes = [
        words.say_note(code, name)
        for code, special in (
            ("deprecated-noted", columns.DEPRECATED_NOTED),
            ("deprecated-left", columns.DEPRECATED_LEFT),
            ("consent-left", columns.CONSENT_LEFT),
        )
        for name in special
        if name in names
    ]
    return (
        notes
        if any(column in names for column in columns.ROW_ID)
        else [*notes, words.say_note("no-row-id", "")]
    )


def owners(society: Society) -> list[Any]:
    """The focal points who hold imported cases in turn until someone is given them."""
    colleagues = [
        s
        for s in with_permission(society.pk, Permission.CASES_LEAD)
        if vault_queries.key_state(s).state == "admitted"
    ]
    if len(colleagues) < 2 or not vault_queries.society_is_ready(society.pk):
        raise Refusal(
            _("Cases can be sealed once the society has its keys and two focal points."),
            next_step=_("The focal points hold the key ceremony first."),
            code="no-society-keys",
        )
    return colleagues


def asked_or_404(pk: UUID, *, to: Staff) -> Request:
    """Return an export that two people decide, for whoever asked for it or was told."""
    request = approvals_queries.request_or_404(pk, to=to)
    if request.act != EXPORT.name:
        raise Http404
    return request


def case_ids(request: Request) -> list[str]:
    """Return which cases stand in the list of an export; none of one that has ended."""
    waits = request.state == State.WAITING
    return [case_id for case_id in request.facts["cases"].split(",") if case_id] if waits else []


def mark_of(request: Request) -> str:
    """Return what tells one list from another, for the page that shows it."""
    return sha256(json.dumps(request.facts, sort_keys=True).encode()).hexdigest()


def cases_of(request: Request, *, to: Staff) -> list[Case]:
    """Return the cases of the list that this colleague may see, by number."""
    cases = cases_queries.visible(to=to).filter(pk__in=case_ids(request), erased_at=None)
    return list(cases.order_by("number"))
