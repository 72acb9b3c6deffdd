"""Follow-up reports: made, decided by a second person, taken out as a file only when cleared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.approvals.second_person import must_be_second
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.offline_zip import MOST
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.programmes.diplomacy import events, queries
from panah.programmes.diplomacy.actions.dialogues import show_scan
from panah.programmes.diplomacy.beside import AttachedFile
from panah.programmes.diplomacy.models import Report
from panah.programmes.diplomacy.permissions import decides, must_decide, must_keep
from panah.programmes.diplomacy.words import CLEAR, REPORTS, ReportState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.programmes.diplomacy.models import Commitment
    from panah.programmes.diplomacy.queries import KeptScan


# Scans lie in memory while the file is put together.
MOST_OPENED = 50 * 1024 * 1024

CLEAR_IT = DueType(REPORTS, CLEAR, DueKind.DECIDE, urgency=Urgency.WEEK)


@transaction.atomic
def make_report(
    *, about: str, language: str, tells: str = "", pk: UUID | None = None, by: Staff, at: datetime
) -> Report:
    """Freeze what is to be said of commitments; another lets it leave. ``tells``: paired societies too (``Tells``)."""
    must_keep(by)
    said = queries.report_content(by, about=about, language=language, on=timezone.localtime(at).date())
    if tells and not said.words:
        raise Refusal(
            _("Nothing can be told: of none of these commitments it was said how far it is."),
            next_step=_("Add evidence and say how far it is. Then tell it."),
            code="no-evidence",
        )
    row: Report = Report.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        about=about,
        language=language,
        content={"title": said.title, "parts": said.parts, "papers": said.papers},
        says_none=said.says_none,
        tells=tells,
        made_by=by,
        made_at=at,
    )
    if tells:
        row.told.set(said.words)
    work.due_for_focal_points(CLEAR_IT, row, not_to={row.made_by_id}, at=at)
    audit.record(event=events.REPORTED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def decide_report(*, report: Report, state: str, remark: str = "", by: Staff, at: datetime) -> None:
    """Clear a report or refuse it; whoever made it does not decide, nor an account that may be the same person's."""
    must_decide(by)
    row: Report = Report.objects.select_for_update().get(pk=report.pk)
    if row.state != ReportState.DRAFT:
        raise Refusal(
            _("This report was decided already."),
            next_step=_("Open it again: the decision stands there."),
            code="decided-already",
        )
    must_be_second(row.pk, by=by, may=decides)
    if state == ReportState.REFUSED and not remark:
        raise Refusal(
            _("A refusal says why."),
            next_step=_("Write in a sentence what must change."),
            code="needs-a-reason",
        )
    row.state, row.remark = state, remark
    row.decided_by, row.decided_on = by, timezone.localtime(at).date()
    row.save(update_fields=["state", "remark", "decided_by", "decided_on"])
    work.complete_for(subject=row.pk, purpose=CLEAR, by=by, at=at)
    audit.record(
        event=events.CLEARED if state == ReportState.CLEARED else events.REFUSED, by=by, at=at, about=row.pk
    )


@transaction.atomic
def tell_no_more(*, commitment: Commitment, by: Staff, at: datetime) -> None:
    """Take back what paired societies were told of a commitment: with the next run it goes from their pages."""
    must_decide(by)
    for row in Report.objects.filter(society=commitment.society_id).exclude(tells=""):
        row.told.remove(*row.told.filter(commitment=commitment))
    audit.record(event=events.TOLD_NO_MORE, by=by, at=at, about=commitment.pk)


class FilesTooLarge(Refusal):
    """The attachments are more than goes into one file."""


@transaction.atomic
def record_taken(*, report: Report, by: Staff, at: datetime) -> None:
    """Journal that a cleared report is taken out as a file; refuse one that is not cleared."""
    if report.state != ReportState.CLEARED:
        raise Refusal(
            _("This report has not been cleared: it does not leave."),
            next_step=_("A focal point who did not make it decides."),
            code="not-cleared",
            status=403,
        )
    audit.record(event=events.TAKEN, by=by, at=at, about=report.pk)


@transaction.atomic
def take_with_attachments(
    *,
    keys: Keyring,
    report: Report,
    files: Mapping[int, AttachedFile],
    scans: Mapping[int, KeptScan],
    at: datetime,
) -> dict[int, AttachedFile]:
    """Journal that a cleared report is taken out with its attachments; returns their files, each scan opened for it.

    Raises FilesTooLarge before any is opened.
    """
    record_taken(report=report, by=keys.staff, at=at)
    to_open = sum(one.size for one in scans.values())
    if to_open > MOST_OPENED or to_open + sum(file.size for file in files.values()) > MOST:
        raise FilesTooLarge(
            _("These files have more than 200 MB together, or the scans of letters more than 50 MB."),
            next_step=_("Take the report out alone, and its attachments from where they are kept."),
            code="too-large",
        )
    found = dict(files)
    for number, one in scans.items():
        body = show_scan(keys=keys, dialogue=one.dialogue, attachment=one.attachment, at=at)
        found[number] = AttachedFile(one.ending, one.size, "", partial(iter, [body]))
    return found
