"""A request that names the person of a case: linked by whoever decides about it, and two decide whether she hears."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals.permissions import must_be_another
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import waiting_parts
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.people.cases import events
from panah.people.cases.actions.case_record import journal
from panah.people.cases.actions.due_items import complete_due, on_case
from panah.people.cases.models import Case
from panah.people.cases.permissions import leads, require
from panah.people.cases.queries.asked_after import asked_after
from panah.people.cases.rules import hears
from panah.people.cases.words import AskedKind, CasePart
from panah.people.cases.words.due_types import HEARS

WITHIN = timedelta(days=1)
PURPOSE = "hears"


@transaction.atomic
def link_request(
    *,
    keys: Keyring,
    case: Case,
    kind: AskedKind,
    request: UUID,
    file: UUID,
    asked: Mapping[str, object],
    at: datetime,
) -> None:
    """Seal into the case that a request names its person; two focal points are asked whether she hears of it.

    ``asked``: on, who, what. The request's own file (``file``) learns of the case later, by no row beside this one's.
    """
    _focal_point(keys)
    if any(one.value["request"] == str(request) for one in asked_after(keys=keys, file=case.file_id)):
        raise Refusal(_("This request is linked with this case already."), code="linked-already")
    value = {"kind": kind.value, "request": str(request), **asked, "votes": []}
    vault.add(keys=keys, file=case.file_id, part=CasePart.ASKED_AFTER, value=value, at=at)
    for decider in with_permission(case.society_id, Permission.CASES_LEAD)[:2]:
        work.due(HEARS, on_case(case), keys=keys, at=at, owner=decider)
    journal(events.CHANGED, keys=keys, case=case, at=at)
    # After everything that may refuse: what waits is not taken back with this transaction.
    linked = {"case": str(case.pk), "number": case.number}
    waiting_parts.add(keys=keys, file=file, part=CasePart.ASKED_AFTER, value=linked, at=at)


@transaction.atomic
def decide_whether_heard(*, keys: Keyring, case: Case, ref: UUID, says: str, why: str, at: datetime) -> None:
    """One word of a focal point: she hears of a request, or not. Two who say the same have decided."""
    _focal_point(keys)
    kept = vault_queries.read(keys=keys, file=case.file_id, part=CasePart.ASKED_AFTER, ref=ref)
    if kept is None:
        raise Refusal(_("This is no longer here."), next_step=_("Open the case again."), code="gone")
    votes = [one for one in kept.value["votes"] if one["by"] != str(keys.staff.pk)]
    must_be_another(keys.staff, [UUID(one["by"]) for one in votes])
    vote = {"by": str(keys.staff.pk), "says": says, "why": why, "at": at.isoformat()}
    value = {**kept.value, "votes": [*votes, vote]}
    vault.write(
        keys=keys,
        file=case.file_id,
        part=CasePart.ASKED_AFTER,
        value=value,
        ref=ref,
        at=at,
        based_on=kept.version,
    )
    if all(hears(one.value["votes"]) for one in asked_after(keys=keys, file=case.file_id)):
        complete_due(case=case, purpose=PURPOSE, by=keys.staff, at=at)
    journal(events.CHANGED, keys=keys, case=case, at=at)


def _focal_point(keys: Keyring) -> None:
    require(
        leads(keys.staff),
        _("Focal points decide about requests that name a person."),
        _("Ask one of them."),
        "not-a-focal-point",
    )
