"""What the page of a report shows and offers, gathered before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.notices import Notice
from panah.people.hotline import queries as hotline_queries
from panah.people.inbox import actions as inbox
from panah.people.inbox.words import ArrivalState
from panah.people.intake import actions, queries
from panah.people.intake.words import SHOWN_ELSEWHERE
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.words import REPORT, ReportState, Stands

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.people.hotline.queries import NumbersThere
    from panah.people.inbox.models import Arrival
    from panah.people.intake.models import MarkedPicture
    from panah.people.reporters.models import Report
    from panah.people.reporters.queries import FileEntry


@dataclass(frozen=True)
class ShownFile:
    """A file of a report: of which arrival it came, whether it is marked, whether it is a picture that we can draw."""

    entry: FileEntry
    arrival: UUID
    marked: bool

    @property
    def drawn(self) -> bool:
        return self.entry.kind == "picture" and not self.marked


@dataclass(frozen=True)
class ShownWord:
    """What the reporter said, in the report or later. ``text`` is None where it is not open to whoever looks."""

    row: Arrival
    text: str | None = None
    answers: list[tuple[str, str]] = field(default_factory=list)
    files: list[ShownFile] = field(default_factory=list)
    # Where the person is, two letters; "" where nobody said.
    country: str = ""

    @property
    def sealed(self) -> bool:
        return self.row.state == ArrivalState.SEALED


@dataclass(frozen=True)
class ReportPage:
    """A report for a colleague who sees it."""

    row: Arrival
    report: Report
    words: list[ShownWord]
    answers: list[Any]
    joined: list[Arrival]
    pictures: list[MarkedPicture]
    may_answer: bool
    passes_on: bool
    there: NumbersThere | None = None

    @property
    def is_root(self) -> bool:
        return self.row.kind == REPORT

    @property
    def shown(self) -> bool:
        return any(word.text is not None for word in self.words)

    @property
    def open(self) -> bool:
        return actions.is_open(self.report)

    @property
    def answers_reach(self) -> bool:
        return self.report.reply_public is not None

    @property
    def receipt_notice(self) -> Notice:
        """What answers can do, said before one is written."""
        if not self.answers_reach:
            return Notice(
                _("No receipt: no answer can reach the reporter."),
                _("Look whether the message says how somebody can be reached."),
                tone="soon",
            )
        if self.report.state == ReportState.WITHDRAWN:
            return Notice(
                _("The reporter took this back."), _("Nothing can be answered any more."), tone="soon"
            )
        if self.report.came_back:
            return Notice(_("The reporter has come back with the receipt."), tone="good")
        return Notice(
            _("The reporter has a receipt, and reads answers only by coming back with it."), tone="info"
        )

    @property
    def reads(self) -> str:
        """What the reporter reads now about how it stands."""
        return str(Stands(reporters_queries.stands_of(self.report)).label)


def report_page(row: Arrival, report: Report, *, keys: Keyring | None, to: Staff, at: datetime) -> ReportPage:
    """Gather what a colleague sees of a report: its words as far as they are open to her, what was answered, joined."""
    rows = [row] if row.kind != REPORT else [row, *actions.later_words(report, to=to)]
    said = [one for one in reporters_queries.history_of(report) if one.to_reporter]
    root, words = report.arrival_id, [_shown(one, keys, at) for one in rows]
    country = next((word.country for word in words if word.country), "")
    return ReportPage(
        row=row,
        report=report,
        words=words,
        there=hotline_queries.numbers_there(society=to.society, iso2=country, at=at),
        answers=said,
        joined=queries.joined_with(root, to=to),
        pictures=queries.pictures_of(report),
        may_answer=reporters_queries.may_answer(to, report),
        passes_on=row.pk != root
        and row.state == ArrivalState.OPENED
        and row.to_key != "conversation"
        and queries.goes_on_to(root) is not None,
    )


def _shown(row: Arrival, keys: Keyring | None, at: datetime) -> ShownWord:
    content = open_content(row, keys, at)
    if content is None:
        return ShownWord(row)
    entries = reporters_queries.entries_in(content)
    marked = queries.marked_among(entry.id for entry in entries)
    return ShownWord(
        row,
        text=str(content.get("text") or ""),
        answers=inbox.fields_in({k: v for k, v in content.items() if k not in SHOWN_ELSEWHERE}),
        files=[ShownFile(entry, row.pk, entry.id in marked) for entry in entries],
        country=inbox.person_in(content).country,
    )


def open_content(row: Arrival, keys: Keyring | None, at: datetime) -> dict[str, object] | None:
    """Return what an arrival says while it is open to whoever looks, else None."""
    if row.state != ArrivalState.OPENED or keys is None:
        return None
    try:
        return inbox.content_of(keys=keys, arrival=row, at=at)
    except Refusal:
        return None
