"""Wanting no number: the report stands, and nobody can come back to it or be answered."""

from datetime import datetime

from django.db import transaction

from panah.reporters.models import Report
from panah.reporters.queries.reports import OpenedReport
from panah.reporters.wall import inside


@transaction.atomic
def give_up_receipt(*, opened: OpenedReport, at: datetime) -> None:
    """Forget by what the report is found and what answers are sealed to; the digits open nothing from now on."""
    del at
    with inside(opened.society):
        Report.objects.filter(pk=opened.id).update(verifier=None, reply_public=None)
