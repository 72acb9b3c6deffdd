"""Somebody who speaks the language from childhood has read texts of the door: who, and on which day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.people.page_texts import events
from panah.people.page_texts.actions.corrections import must_correct
from panah.people.page_texts.models import NativeCheck
from panah.people.page_texts.queries import TextLine
from panah.people.page_texts.sentences import print_of

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def mark_checked(
    *, language: str, lines: Iterable[TextLine], checked_by: str, checked_on: date, by: Staff, at: datetime
) -> NativeCheck:
    """Write down that these sentences, as they are said now, were checked; one that is changed later is unchecked."""
    must_correct(by)
    if checked_on > timezone.localtime(at).date():
        raise Refusal(
            _("The day of the check is still to come."),
            next_step=_("Write the day on which it was really checked."),
            code="checked-in-future",
        )
    prints = sorted(print_of(line.sentence.key, line.said) for line in lines)
    if not prints:
        raise Refusal(
            _("There is no text to check here."), next_step=_("Choose others."), code="nothing-checked"
        )
    row: NativeCheck = NativeCheck.objects.create(
        language=language,
        prints=prints,
        checked_by=checked_by.strip(),
        checked_on=checked_on,
        society_id=by.society_id,
        entered_by=by.name,
        edited_at=at,
    )
    audit.record(
        event=events.CHECKED, by=by, at=at, about=row.pk, facts={"language": language, "number": len(prints)}
    )
    return row
