"""A case that another system kept until now: sealed like any other, with one quiet item instead of a first night."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work.words import Sentence, kept_text
from panah.people.cases import events
from panah.people.cases.actions.closing import retention_day
from panah.people.cases.actions.due_items import on_case
from panah.people.cases.actions.identification import at_nine
from panah.people.cases.actions.index_cards import update_search_card
from panah.people.cases.actions.opening import free_number, must_be_two
from panah.people.cases.models import Case
from panah.people.cases.words import (
    CLOSED_STATES,
    FROM_A_TABLE,
    HTCDS_STATUS,
    AgeGroup,
    CasePart,
    CaseState,
    Urgency,
)
from panah.people.cases.words.due_types import KEEP, REVIEW_IMPORTED, STILL_KEPT
from panah.people.cases.words.terms import ClosingReason

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Branch

LOOK_AT_CHILD, LOOK_AT_ADULT = timedelta(days=1), timedelta(days=7)


def _urgency(age_group: str, *, closed: bool) -> Urgency:
    if closed:
        return Urgency.LATER
    return Urgency.TODAY if age_group == AgeGroup.CHILD else Urgency.WEEK


@transaction.atomic
def import_case(
    *,
    keys: Keyring,
    owner: Staff,
    at: datetime,
    status: str = "Active",
    branch: Branch | None = None,
    language: str = "",
    age_group: str = AgeGroup.UNKNOWN,
    identity: Mapping[str, object] | None = None,
    codes: Mapping[str, object] | None = None,
    note: Sentence = "",
    closing: str = "",
) -> Case:
    """Make the case of one row. ``keys`` may be a ``vault.SealingOnly``: nothing that was there before is read.

    ``owner`` is a focal point, until someone is given the case. ``status`` is HTCDS ``cas_Status``. A closed case
    comes closed, its day of retention on the owner's list; an open one with one item: look at the risk, say who
    holds it.
    """
    file = vault.begin_file(keys=keys, kind=FileKind.CASE, staff=[owner], focal_points=True, at=at)
    must_be_two(file)
    state = next((s for s, code in HTCDS_STATUS.items() if code == status), CaseState.ACTIVE)
    closed = {"closed_at": at, "closed_by": owner} if state in CLOSED_STATES else {}
    case = Case.objects.create(
        society_id=keys.staff.society_id,
        branch=branch,
        number=free_number(),
        file_id=file,
        owner=owner,
        state=state,
        age_group=age_group,
        language=language,
        urgency=_urgency(age_group, closed=bool(closed)),
        opened_at=at,
        **closed,
    )
    _seal(
        keys,
        case,
        {
            CasePart.IDENTITY: identity,
            CasePart.CODES: codes,
            CasePart.CHILD: {"group": age_group} if age_group != AgeGroup.UNKNOWN else None,
            CasePart.CLOSING: _closing(state, closing),
        },
        note,
        at,
    )
    if identity:
        update_search_card(keys=keys, case=case, identity=identity, at=at)
    by = keys.staff if keys.staff.pk else None
    audit.record(event=events.IMPORTED, by=by, society=case.society_id, at=at, about=file)
    _add_item(keys, case, at)
    return case


def _closing(state: str, text: str) -> dict[str, str]:
    if state not in CLOSED_STATES:
        return {"text": text} if text else {}
    reason = {"reason": ClosingReason.HANDED_ON.value} if state == CaseState.CLOSED_REFERRED else {}
    return {**reason, "text": text, "own_view": ""}


def _seal(keys: Keyring, case: Case, parts: Mapping[str, Any], note: Sentence, at: datetime) -> None:
    for part, value in parts.items():
        if value:
            vault.write(keys=keys, file=case.file_id, part=part, value=value, at=at)
    if note:
        vault.add(
            keys=keys,
            file=case.file_id,
            part=CasePart.NOTE,
            value={"text": kept_text(note), "about": FROM_A_TABLE},
            at=at,
        )


def _add_item(keys: Keyring, case: Case, at: datetime) -> None:
    if case.is_open:
        wait = LOOK_AT_CHILD if case.age_group == AgeGroup.CHILD else LOOK_AT_ADULT
        work.due(REVIEW_IMPORTED, on_case(case), keys=keys, at=at, due_at=at + wait)
        return
    day = retention_day(keys=keys, case=case, at=at)
    work.due(
        KEEP,
        on_case(case),
        keys=keys,
        at=at,
        due_at=at_nine(case, day) if day else at + retention.CASE_WITHOUT_RULE.period,
        sentence="" if day else STILL_KEPT,
    )
