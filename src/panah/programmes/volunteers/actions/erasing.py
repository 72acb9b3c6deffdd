"""Erasing: on request, and what was kept long enough after leaving. Certificates and hours go with the row."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.months import months_after
from panah.ground.network import queries as network_queries
from panah.ground.network.words import RuleKey
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.programmes.volunteers import events, permissions, sealed_details
from panah.programmes.volunteers.actions.register import must_keep, put_on_focal_points_lists
from panah.programmes.volunteers.models import IncidentReport, Volunteer
from panah.programmes.volunteers.words import VETTING, Happened, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society

ERASE = "erase"


def erase_volunteer(*, by: Staff, keys: Keyring | None, row: Volunteer, at: datetime) -> bool:
    """Erase a volunteer for good, or (False) put it on the focal points' lists where a sealed file goes along."""
    must_keep(by, row)
    if row.file_id is None:
        _erase(by, row, at)
        return True
    if not permissions.decides(by):
        _ask_focal_points(row, at)
        return False
    if keys is None:
        raise Refusal(_("Open your vault first."), code="locked")
    vault.erase(keys=keys, file=row.file_id, at=at)
    return True


@transaction.atomic
def _erase(by: Staff, row: Volunteer, at: datetime) -> None:
    _drop(row, at)
    audit.record(event=events.ERASED, by=by, at=at)


def _drop(row: Volunteer, at: datetime) -> None:
    work.cancel_for(subject=row.pk, at=at)
    row.delete()


@transaction.atomic
def forget_volunteer(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """For the vault's registry: a file of this room is being erased; the volunteer, or the report, goes along."""
    for row in Volunteer.objects.filter(file=file):
        _drop(row, at)
        audit.record(event=events.ERASED, by=keys.staff, at=at)
    for report in IncidentReport.objects.filter(file=file):
        work.cancel_for(subject=report.pk, at=at)
        report.delete()


@transaction.atomic
def _ask_focal_points(row: Volunteer, at: datetime) -> None:
    put_on_focal_points_lists(society=row.society_id, room=VETTING, purpose=ERASE, subject=row.pk, at=at)


def _asked_on(row: Volunteer) -> date | None:
    """The day on which somebody asked to join; None under the key of another host."""
    history = (sealed_details.readable(row) or {}).get("history", [])
    days = [one["on"] for one in history if one["what"] == Happened.ASKED]
    return date.fromisoformat(days[-1]) if days else None


@transaction.atomic
def erase_what_was_kept_long_enough(*, society: UUID, at: datetime) -> int:
    """Erase who left, and requests that were refused or never answered, after their time; returns how many.

    For the worker.
    """
    today = timezone.localtime(at).date()
    refused = Volunteer.objects.filter(society=society, state=VolunteerState.REFUSED)
    since = today - retention.VOLUNTEER_REFUSED.period
    old = list(refused.filter(left_on__lt=since))
    asked = Volunteer.objects.filter(society=society, state=VolunteerState.ASKED)
    old += [row for row in asked if (_asked_on(row) or since) < since]
    left = Volunteer.objects.filter(society=society, state=VolunteerState.LEFT)
    one = left.select_related("society").first()
    if one is not None and (months := _months_kept(one.society, today)):
        old += left.filter(left_on__lt=months_after(today, -months))
    for row in old:
        if row.file_id is None:
            _drop(row, at)
        else:
            _ask_focal_points(row, at)
    erased = sum(row.file_id is None for row in old)
    if erased:
        audit.record(event=events.FORGOTTEN, by=None, society=society, at=at, facts={"number": erased})
    return erased


def _months_kept(society: Society, on: date) -> int:
    """Return how long the society's rule sheet keeps whoever left; 0: it does not say, so nothing is erased."""
    line = network_queries.rule(society=society, key=RuleKey.RETENTION_VOLUNTEER, on=on)
    return max(line.value, 0) if line is not None and isinstance(line.value, int) else 0


def told_own_data(*, by: Staff, row: Volunteer, at: datetime) -> None:
    """Journal that what is held of a volunteer was taken out for the volunteer."""
    must_keep(by, row)
    audit.record(event=events.EXPORTED, by=by, at=at, about=row.pk)
