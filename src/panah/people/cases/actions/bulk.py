"""One act for several people of an event: each for itself, so that what is refused to one is done for the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.cases.actions.case_record import must_be_open
from panah.people.cases.actions.dates import set_follow_up
from panah.people.cases.models import Case
from panah.people.cases.queries.bulk import BulkAction
from panah.people.cases.queries.case_groups import GroupMember
from panah.people.cases.words import CasePart


def do_for_each(
    *,
    keys: Keyring,
    action: BulkAction,
    members: Iterable[GroupMember],
    data: Mapping[str, object],
    at: datetime,
) -> dict[UUID, Refusal | None]:
    """Do it for each, in a transaction of its own; returns what was refused to whom (None: done), by ``ref``."""
    found: dict[UUID, Refusal | None] = {}
    for one in members:
        try:
            with transaction.atomic():
                must_be_open(one.case)
                action.act(keys=keys, case=one.case, line=one.line, data=data, at=at)
        except Refusal as refusal:
            found[one.ref] = refusal
        else:
            found[one.ref] = None
    return found


def set_follow_up_once(
    *, keys: Keyring, case: Case, line: str, data: Mapping[str, datetime], at: datetime
) -> None:
    """One more follow-up on that day, unless there is one at the same time already."""
    del line
    due_at = data["due_at"]
    kept = vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.FOLLOW_UP)
    if any(one.value.get("due_at") == due_at.isoformat() for one in kept):
        raise Refusal(
            _("There is a follow-up at this time already."),
            next_step=_("Nothing to do, or choose another time."),
            code="follow-up-there",
        )
    set_follow_up(keys=keys, case=case, due_at=due_at, at=at)
