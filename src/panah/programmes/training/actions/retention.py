"""Names of those who are no volunteers are kept so long and no longer; what was counted stays."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.months import months_after
from panah.programmes.training import events
from panah.programmes.training.models import AnswerSheet, Certificate, Enrolment

ERASED = b""


def erase_old_names(*, at: datetime) -> int:
    """Erase the names that were kept long enough; returns how many. For the worker, within a society's walls."""
    society = tenancy.current_tenant()
    return 0 if society is None else _erase_old_names(society, at)


@transaction.atomic
def _erase_old_names(society: UUID, at: datetime) -> int:
    today = timezone.localtime(at).date()
    before = months_after(today, -retention.COURSE_NAMES.months)
    people = Enrolment.objects.filter(course__society=society, course__ends_on__lt=before, volunteer=None)
    sheets = AnswerSheet.objects.filter(
        test__course__society=society, test__course__ends_on__lt=before, enrolment=None
    )
    erased = people.exclude(sealed_name=ERASED).update(sealed_name=ERASED)
    erased += sheets.exclude(sealed_name=ERASED).update(sealed_name=ERASED)
    erased += _on_certificates(society, today, before)
    if erased:
        audit.record(event=events.NAMES_ERASED, by=None, society=society, at=at, facts={"number": erased})
    return erased


def _on_certificates(society: UUID, today: date, before: date) -> int:
    """Erase the name on certificates that ran out a year ago, or name no end and are three years old."""
    old = months_after(today, -retention.CERTIFICATE_NAMES.months)
    rows = Certificate.objects.filter(
        Q(valid_until__lt=before) | Q(valid_until=None, issued_on__lt=old),
        society=society,
        enrolment__volunteer=None,
    )
    return rows.exclude(sealed_name=ERASED).update(sealed_name=ERASED, checkable=False)
