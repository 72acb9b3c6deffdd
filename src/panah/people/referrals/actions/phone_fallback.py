"""What is told to, and heard from, somebody without a Panah: by telephone, written down by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import LazySentence
from panah.people.cases import actions as cases
from panah.people.referrals import events
from panah.people.referrals.actions.workflow import (
    BY_PHONE,
    CALL_WHETHER_ERASED,
    ERASED,
    FIRST,
    NO_LINE,
    TELL,
    TELL_WITHDRAWN,
    step,
    write,
)
from panah.people.referrals.queries import OpenedReferral
from panah.people.referrals.words import ReferralState, TheyErased

if TYPE_CHECKING:
    from panah.people.cases.models import Case


TRY_AGAIN, ASK_AGAIN = timedelta(hours=4), timedelta(days=3)


@transaction.atomic
def write_told(*, keys: Keyring, case: Case, opened: OpenedReferral, note: str, at: datetime) -> None:
    """Write down that they were told by telephone what waited to be told."""
    _happened(keys, case, opened, step("told_by_phone", at, keys, note=note), at)
    for purpose in (BY_PHONE, NO_LINE):
        work.complete_for(subject=opened.row.pk, purpose=purpose, by=keys.staff, at=at)


@transaction.atomic
def write_heard(*, keys: Keyring, case: Case, opened: OpenedReferral, note: str, at: datetime) -> None:
    """Write down what they told of the first days."""
    _happened(keys, case, opened, step("heard", at, keys, note=note), at)
    work.complete_for(subject=opened.row.pk, purpose=FIRST, by=keys.staff, at=at)


@transaction.atomic
def write_told_back(
    *,
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    how: str,
    fields: Iterable[str],
    note: str,
    at: datetime,
) -> None:
    """Write down that they were told of a withdrawal and what they say they have erased; what is open stays due."""
    if opened.row.state != ReferralState.WITHDRAWN or opened.row.conversation or opened.row.sent_at is None:
        raise Refusal(
            _("Nobody has to be told of this by telephone."),
            next_step=_("Look at the page of the referral: it says where it stands."),
            code="nothing-to-tell",
        )
    said, who, row = TheyErased(how), opened.called, opened.row
    happened = step("told_back", at, keys, they=said.value, fields=sorted(fields), note=note)
    _happened(keys, case, opened, happened, at, told_back=said.value)
    for purpose in (TELL, ERASED, BY_PHONE):
        work.complete_for(subject=row.pk, purpose=purpose, by=keys.staff, at=at)
    if said == TheyErased.NOT_REACHED:
        again = LazySentence(
            _("Tell %(who)s that the consent is withdrawn and ask them to delete it"), who=who
        )
        work.due(
            TELL_WITHDRAWN,
            cases.on_case(case, opened.row.pk),
            keys=keys,
            due_at=at + TRY_AGAIN,
            sentence=again,
            at=at,
        )
    elif said == TheyErased.WILL:
        ask = LazySentence(_("%(who)s has not said yet what was erased: ask"), who=who)
        work.due(
            CALL_WHETHER_ERASED,
            cases.on_case(case, opened.row.pk),
            keys=keys,
            due_at=at + ASK_AGAIN,
            sentence=ask,
            at=at,
        )


def _happened(
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    happened: dict[str, object],
    at: datetime,
    **more: object,
) -> None:
    value = {**opened.sealed, **more, "steps": [*opened.sealed["steps"], happened]}
    write(keys, case, opened, value, at)
    audit.record(event=events.BY_TELEPHONE, by=keys.staff, at=at, about=case.file_id)
