"""Naming the second reader: a focal point names, the officer confirms."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.accounts.roles import Permission, require
from panah.ground.approvals.acts import waiting_time
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.errors import not_admitted
from panah.people.complaints import events, permissions, queries
from panah.people.complaints.models import SecondReader

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def name_second(*, staff: Staff, by: Staff, at: datetime) -> SecondReader:
    """A focal point names another colleague; a naming not yet confirmed is replaced."""
    require(
        by,
        Permission.COMPLAINTS_LEAD,
        _("A focal point names the second reader."),
        _("Ask a focal point of your society."),
        status=409,
    )
    if staff.pk == by.pk:
        raise Refusal(
            _("You cannot name yourself."),
            next_step=_(
                "Name a colleague who leads nobody and is led by nobody a complaint is likely about."
            ),
            code="not-oneself",
        )
    if staff.society_id != by.society_id or permissions.is_officer(staff):
        raise Refusal(
            _("The second reader is another colleague of your society than the data protection officer."),
            next_step=_("Choose somebody else."),
            code="not-the-officer",
        )
    if vault_queries.key_state(staff).state != "admitted":
        raise not_admitted()
    SecondReader.objects.filter(society=by.society_id, ended_at=None, confirmed_at=None).update(ended_at=at)
    row = SecondReader.objects.create(society_id=by.society_id, staff=staff, named_by=by, named_at=at)
    audit.record(event=events.NAMED, by=by, at=at, facts={"whom": str(staff.pk)})
    return row


def _must_decide(row: SecondReader, by: Staff) -> None:
    officers = queries.officers(row.society_id)
    if row.society_id != by.society_id or not permissions.may_confirm(by, named=row, officers=officers):
        raise Refusal(
            _("You cannot confirm this second reader."),
            next_step=_(
                "The data protection officer confirms; without one, a focal point who did not name the colleague."
            ),
            code="not-the-confirmer",
        )


def _must_have_waited(row: SecondReader, at: datetime) -> None:
    """Refuse before the waiting time is over, and when the key of whoever was named is younger than the naming."""
    since = vault_queries.admitted_since(row.society_id)
    if since.get(row.staff_id, at) > row.named_at:
        raise Refusal(
            _("This colleague's key was made anew after the naming."),
            next_step=_("Decline, call the colleague, and let a focal point name anew."),
            code="role-too-young",
        )
    if at < row.named_at + waiting_time():
        raise Refusal(
            _("The waiting time is not over."),
            next_step=_("Call the colleague meanwhile. You can decline at any time."),
            code="waiting-time",
        )


@transaction.atomic
def confirm(*, row: SecondReader, by: Staff, at: datetime) -> None:
    """Confirm the one who was named: new matters go there too. The one before gets nothing new."""
    _must_decide(row, by)
    _must_have_waited(row, at)
    SecondReader.objects.filter(society=row.society_id, ended_at=None, confirmed_at__isnull=False).update(
        ended_at=at
    )
    row.confirmed_by, row.confirmed_at = by, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(event=events.CONFIRMED, by=by, at=at, facts={"whom": str(row.staff_id)})


@transaction.atomic
def decline(*, row: SecondReader, by: Staff, at: datetime) -> None:
    """Say no to the one who was named; the second reader before stays."""
    _must_decide(row, by)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(event=events.DECLINED, by=by, at=at, facts={"whom": str(row.staff_id)})
