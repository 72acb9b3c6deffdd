"""Danger now: the person on duty is paged at once, a second after five minutes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from panah.audit import actions as audit
from panah.hotline import events
from panah.hotline.models import Contact
from panah.work import actions as work
from panah.work import queries as due
from panah.work.words import Urgency


@transaction.atomic
def start_emergency(*, contact: Contact, by: Any, at: datetime) -> Any:
    """Turn a contact into an emergency and page the person on duty; twice pages nobody again."""
    Contact.objects.filter(pk=contact.pk).update(urgency=Urgency.NOW)
    contact.urgency = Urgency.NOW
    audit.record(event=events.EMERGENCY, by=by, at=at, about=contact.file_id)
    return work.raise_alarm(society=contact.society_id, room="hotline", subject=contact.pk, by=by, at=at)


def call_off(*, contact: Contact, by: Any, at: datetime) -> None:
    """The danger is over, or the key was pressed by mistake: paging stops."""
    alarm = due.open_alarm_of(contact.pk)
    if alarm is not None:
        work.answer_alarm(alarm=alarm, by=by, at=at)
