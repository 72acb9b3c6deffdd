"""What a reporter adds to her report: an arrival of its own, for whoever opens what arrives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from panah.ground.foundation import retention
from panah.ground.foundation.protected_rows import load_trusted
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.for_the_door import Whose
from panah.people.inbox.words import Source
from panah.people.reporters import errors, rules
from panah.people.reporters.actions.sealing import (
    Files,
    Sealed,
    keep_files,
    must_be_within_the_day,
    sealed_by_browser,
    sealed_by_server,
    spend,
)
from panah.people.reporters.going_on import words_go_to
from panah.people.reporters.models import Report, Word
from panah.people.reporters.queries.reports import OpenedReport
from panah.people.reporters.wall import inside, pepper
from panah.people.reporters.words import MORE, Direction, ReportState, SealedBy


def add_words(
    *,
    opened: OpenedReport,
    token: str,
    at: datetime,
    content: Mapping[str, object] | None = None,
    sealed: bytes = b"",
    generation: int = 0,
    files: Files = (),
    urgency: str = "today",
) -> bool:
    """Add words or files to a report whose receipt was shown; the same form sent again adds nothing: then False.

    They are as urgent as the report at least, while that waits.
    ``content`` or ``sealed`` as for ``submit_report``; the header's ``child`` is *unknown* here. Refuses when the
    report was taken back or closed, and beyond what one receipt may send in a day.
    """
    if not (
        rules.is_token(token) and rules.are_codes(language=opened.language, urgency=urgency, child="unknown")
    ):
        raise errors.not_a_form()
    if content is None and not sealed and not files:
        raise errors.nothing_said()
    by = SealedBy.BROWSER if sealed else SealedBy.SERVER
    with inside(opened.society):
        report = Report.objects.select_related("arrival").get(pk=opened.id)
        past, meant = report.arrival.past_intake, inbox_queries.meant_in(report.arrival)
        header = rules.header_of(
            language=opened.language,
            urgency=urgency,
            child="unknown",
            sealed=by,
            about_staff=bool(meant),
            meant=meant,
        )
        if sealed and past:
            # To the intake key: who reads it has none, and whom it is about may have one.
            raise errors.old_page()
        ready = (
            sealed_by_browser(opened.society, sealed, generation, files)
            if sealed
            else sealed_by_server(
                opened.society, header, content or {}, files, to=_key_of(report), past_intake=past
            )
        )
        return _add(opened, rules.mark_of(pepper(), "more", token), header, urgency, ready, past, at)


def _key_of(report: Report) -> bytes | None:
    """Return what words are sealed to where the report became something; of a complaint the door itself knows it.

    Never to all readers of complaints then: one of them may be whom it is about.
    """
    to = words_go_to(report.arrival_id)
    if to is not None:
        return to.public
    return bytes(report.words_public) if load_trusted(report) and report.words_public is not None else None


def _whose(report: Report, ready: Sealed) -> dict[str, Any]:
    """Return what the inbox is told of whose the words are: the intake's, unless the report became something."""
    to = words_go_to(report.arrival_id) if ready.to == "conversation" else None
    if to is None:
        return {}
    return {"room": to.room, "subject": to.subject, "owner": to.owner, "number": to.number, "file": to.file}


def whose_words(arrival: UUID) -> Whose | None:
    """Return whose a later word is that came by the door's own machine, which reads no complaint; None: nobody's."""
    row = Word.objects.select_related("report").filter(arrival=arrival).first()
    to = words_go_to(row.report.arrival_id) if row is not None else None
    return None if to is None else Whose(to.room, to.subject, to.owner)


@transaction.atomic
def _add(
    opened: OpenedReport, once: bytes, header: bytes, urgency: str, ready: Sealed, past: bool, at: datetime
) -> bool:
    report = Report.objects.select_for_update(of=("self",)).select_related("arrival").get(pk=opened.id)
    # Asked behind the lock: of two presses at one moment the second sees what the first wrote.
    if Word.objects.filter(once=once).exists():
        return False
    if report.state == ReportState.WITHDRAWN:
        raise errors.taken_back()
    if report.state == ReportState.CLOSED:
        raise errors.finished()
    if report.arrival.past_intake != past:
        # It became a complaint at this moment: sealed for the intake, its readers could not open it.
        raise errors.old_page()
    must_be_within_the_day(report, ready.size, at=at)
    spend(ready, at=at)
    urgent = rules.more_urgent(urgency, report.arrival.urgency) if report.arrival.waits else urgency
    arrival = inbox.receive(
        society=report.society_id, source=Source.WEB, sender=None, kind=MORE, urgency=urgent, conversation=None,
        header=header, body=ready.body, to_key=ready.to_key, expires_at=None, at=at,
        past_intake=report.arrival.past_intake, **_whose(report, ready),
    )  # fmt: skip
    number = next_number(report, at=at)
    Word.objects.create(
        report=report, number=number, direction=Direction.TO_STAFF, arrival=arrival, once=once,
        size=len(ready.body), sent_on=at, seen=True,
    )  # fmt: skip
    keep_files(report, ready.files, arrival=arrival.pk, at=at)
    return True


def next_number(report: Report, *, at: datetime) -> int:
    """Return the number of the next word of a locked report, and let it be kept longer: somebody said something."""
    report.last_number += 1
    report.last_on, report.kept_until = at, at + retention.REPORT.period
    report.save(update_fields=["last_number", "last_on", "kept_until"])
    return report.last_number
