"""Commitments and how far they are, from a table: all of its rows or none, by the same rules as on the pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.words import UNREADABLE
from panah.programmes.diplomacy import events
from panah.programmes.diplomacy.actions.commitments import draft_commitment
from panah.programmes.diplomacy.actions.progress import add_evidence, say_status
from panah.programmes.diplomacy.models import Commitment
from panah.programmes.diplomacy.permissions import must_keep
from panah.programmes.diplomacy.tables import BroughtRow, read_rows
from panah.programmes.diplomacy.words import (
    DRAFT_NEEDS,
    EVIDENCE_NEEDS,
    CommitmentKind,
    CommitmentState,
    EvidenceKind,
    TableColumn,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

UNREAD = {
    **UNREADABLE,
    "strange-columns": gettext_lazy("These columns are not understood: %(names)s. Nothing was written."),
}
# The number of a row in the file, and what became of it or what is wrong with it.
type Line = tuple[int, str]


class RowsRefused(Refusal):
    """Some rows cannot be taken in: nothing was. ``lines`` says which and why."""

    def __init__(self, lines: list[Line]) -> None:
        number = len({row for row, _why in lines})
        super().__init__(
            ngettext(
                "%(num)s row cannot be taken in. Nothing was written.",
                "%(num)s rows cannot be taken in. Nothing was written.",
                number,
            )
            % {"num": number},
            next_step=_("Mend these rows in the table, and bring it again."),
            code="rows-refused",
        )
        self.lines = lines


def bring_table(*, body: bytes, by: Staff, at: datetime) -> list[Line]:
    """Take a table in, CSV or XLSX; returns what became of each row. Where one row does not hold, none is written."""
    must_keep(by)
    try:
        rows = read_rows(body, today=timezone.localtime(at).date())
    except Unreadable as problem:
        sentence = UNREAD.get(problem.code) or _("This file cannot be read as a table.")
        raise Refusal(
            str(sentence) % problem.more,
            next_step=_("Take the empty table of this page and fill it in."),
            code=problem.code,
        ) from None
    if not rows:
        raise Refusal(
            _("The table has no rows below its headings."),
            next_step=_("Fill it in, and bring it again."),
            code="no-rows",
        )
    return _bring_rows(rows, by, at)


@transaction.atomic
def _bring_rows(rows: Iterable[BroughtRow], by: Staff, at: datetime) -> list[Line]:
    done: list[Line] = []
    wrong: list[Line] = []
    for row in rows:
        try:
            with transaction.atomic():
                done.append((row.number, _bring(row, by, at)))
        except Refusal as refusal:
            wrong += [(row.number, said) for said in row.faults or [str(refusal.sentence)]]
    if wrong:
        raise RowsRefused(wrong)
    audit.record(event=events.BROUGHT, by=by, at=at, facts={"rows": len(done)})
    return done


def _bring(row: BroughtRow, by: Staff, at: datetime) -> str:
    if row.faults:
        raise _not_whole(row.faults[0])
    title = row.texts.pop(TableColumn.TITLE, "")
    if not title:
        raise _not_whole(_("The row has no title: it says of no commitment what it is about."))
    found = list(Commitment.objects.filter(society=by.society_id, title=title).order_by("-begins_on"))
    if not found:
        return _draft(row, title, by, at)
    running = [one for one in found if one.state == CommitmentState.RUNNING]
    if len(running) != 1:
        raise _not_whole(
            _("Two running commitments have this title: say how far they are on their own pages.")
            if running
            else _(
                "The commitment of this title does not run: a draft is signed off first, one that ended stays."
            )
        )
    return _say(row, running[0], by, at)


def _not_whole(sentence: str) -> Refusal:
    return Refusal(sentence, next_step=_("Mend the row."), code="row-not-whole")


def _need(row: BroughtRow, columns: Iterable[TableColumn]) -> None:
    given = {*row.texts, *row.days, *([TableColumn.PROVISIONS] if row.provisions else [])}
    missing = [str(column.label) for column in columns if column not in given]
    if missing:
        raise _not_whole(_("These cells are empty: %(columns)s.") % {"columns": ", ".join(missing)})


def _draft(row: BroughtRow, title: str, by: Staff, at: datetime) -> str:
    if TableColumn.PROGRESS in row.texts or TableColumn.EVIDENCE in row.texts:
        raise _not_whole(
            _(
                "No running commitment has this title. A draft is signed off first; then its evidence is brought."
            )
        )
    _need(row, DRAFT_NEEDS)
    begins, ends = row.days[TableColumn.BEGINS_ON], row.days[TableColumn.ENDS_ON]
    if ends < begins:
        raise _not_whole(_("It ends before it begins."))
    draft_commitment(
        focal=str(by.pk),
        title=title,
        kind=row.texts.get(TableColumn.KIND, CommitmentKind.INDIVIDUAL),
        provisions=row.provisions,
        objective=row.texts[TableColumn.OBJECTIVE],
        resources=row.texts.get(TableColumn.RESOURCES, ""),
        risks=row.texts.get(TableColumn.RISKS, ""),
        begins_on=begins,
        ends_on=ends,
        by=by,
        at=at,
    )
    return _("%(title)s: drafted. A second person signs it off.") % {"title": title}


def _say(row: BroughtRow, commitment: Commitment, by: Staff, at: datetime) -> str:
    _need(row, EVIDENCE_NEEDS)
    said, shown_on = row.texts, row.days[TableColumn.SHOWN_ON]
    text, source = said[TableColumn.EVIDENCE], said[TableColumn.SOURCE]
    shown = commitment.evidence.filter(text=text, source=source, shown_on=shown_on).first()
    if shown is not None and TableColumn.PROGRESS not in said:
        raise _not_whole(_("This evidence stands there already."))
    shown = shown or add_evidence(
        commitment=commitment,
        shown_on=shown_on,
        kind=said.get(TableColumn.EVIDENCE_KIND, EvidenceKind.DOCUMENT),
        text=text,
        source=source,
        value=said.get(TableColumn.VALUE, ""),
        by=by,
        at=at,
    )
    if TableColumn.PROGRESS not in said:
        return _("%(title)s: evidence was added.") % {"title": commitment.title}
    say_status(
        commitment=commitment,
        progress=said[TableColumn.PROGRESS],
        evidence=str(shown.pk),
        why=said.get(TableColumn.WHY, ""),
        challenges=said.get(TableColumn.CHALLENGES, ""),
        by=by,
        at=at,
    )
    return _("%(title)s: evidence was added, and how far it is.") % {"title": commitment.title}
