"""Wanting no number: the report stands, and nobody can come back to it or be answered."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from panah.ground.audit import actions as audit
from panah.people.reporters import events
from panah.people.reporters.models import Report
from panah.people.reporters.queries.reports import OpenedReport
from panah.people.reporters.wall import inside


@transaction.atomic
def give_up_receipt(*, opened: OpenedReport, at: datetime) -> None:
    """Forget by what the report is found and what answers are sealed to; the digits open nothing from now on."""
    with inside(opened.society):
        if settings.PANAH_DOOR_ONLY:
            # That machine changes no receipt: the node does it a second later.
            audit.record(event=events.GIVEN_UP, by=None, society=opened.society, at=at, about=opened.id)
        else:
            take_up_giving_up([opened.id], at)


def take_up_giving_up(reports: Sequence[UUID], at: datetime) -> None:
    """Do what was asked on the door's own machine."""
    del at
    Report.objects.filter(pk__in=reports).update(verifier=None, reply_public=None)
