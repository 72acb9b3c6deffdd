"""What a society and an organisation have agreed on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.directory import events
from panah.ground.directory.models import Agreement, Organization
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.network.permissions import policy

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society


@transaction.atomic
def record_agreement(
    *,
    organization: Organization,
    society: Society,
    starts_on: date,
    ends_on: date | None,
    scope: str,
    by: Staff,
    at: datetime,
) -> Agreement:
    """Write down what the society and the organisation have agreed on."""
    policy.require(by, society)
    _must_end_after_start(starts_on, ends_on)
    agreement = Agreement.objects.create(
        organization=organization, society=society, starts_on=starts_on, ends_on=ends_on, scope=scope
    )
    audit.record(event=events.AGREEMENT_SAVED, by=by, at=at, about=agreement.pk)
    return agreement


@transaction.atomic
def change_agreement(
    *,
    agreement: Agreement,
    starts_on: date,
    ends_on: date | None,
    scope: str,
    by: Staff,
    at: datetime,
    seen: str | None = None,
) -> Agreement:
    """Correct the days or the scope, or end it earlier: the page keeps no older wording, the paper does."""
    policy.require(by, agreement)
    refuse_if_changed(agreement, seen=seen)
    _must_end_after_start(starts_on, ends_on)
    agreement.starts_on, agreement.ends_on, agreement.scope = starts_on, ends_on, scope
    agreement.edited_at = at
    agreement.save()
    audit.record(event=events.AGREEMENT_CHANGED, by=by, at=at, about=agreement.pk)
    return agreement


def _must_end_after_start(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(
            _("The agreement would end before it starts."),
            next_step=_("Look at both days again; leave the end empty if there is none."),
            code="ends-before-start",
        )
