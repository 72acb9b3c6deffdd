"""What a follow-up report says: by instrument, in the layout of a statutory report. Evidence, never "compliance"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from panah.diplomacy import rules
from panah.diplomacy.instruments import instruments, provisions
from panah.diplomacy.models import Report
from panah.diplomacy.permissions import reads
from panah.diplomacy.queries.commitments import commitments, indicators_of, steps_of, trail
from panah.diplomacy.words import NO_EVIDENCE, CommitmentState, Progress
from panah.kit.dates import dated

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.diplomacy.models import Commitment, Status

type Part = list[Any]


@dataclass
class Content:
    """``parts``: ["heading", text, level], ["text", text], ["table", rows]; ``says_none``: no evidence somewhere."""

    title: str
    parts: list[Part] = field(default_factory=list)
    says_none: bool = False

    def heading(self, text: str, level: int = 2) -> None:
        self.parts.append(["heading", text, level])

    def text(self, text: str) -> None:
        if text:
            self.parts.append(["text", text])

    def table(self, rows: list[list[str]]) -> None:
        if len(rows) > 1:
            self.parts.append(["table", rows])


def reports(*, to: Staff) -> list[Report]:
    return list(Report.objects.visible(to=to).select_related("made_by", "decided_by")) if reads(to) else []


def report_or_404(pk: UUID, *, to: Staff) -> Report:
    rows = Report.objects.visible(to=to).select_related("made_by", "decided_by")
    found: Report = get_object_or_404(rows if reads(to) else rows.none(), pk=pk)
    return found


def report_content(staff: Staff, *, instrument: str, language: str, on: date) -> Content:
    """Return what the society says of its commitments under an instrument, or of all, on that day."""
    with override(language):
        found = [
            one for one in commitments(to=staff, instrument=instrument) if one.state != CommitmentState.DRAFT
        ]
        named = instruments().get(instrument)
        said = Content(_("Follow-up of commitments: %(what)s") % {"what": named.title if named else _("all")})
        said.text(f"{staff.society.name_in(language)}, {dated(on)}")
        said.text(
            _(
                "Commitments are voluntary. What stands here is shown by dated evidence; where there is none, it "
                "says so."
            )
        )
        if named:
            said.text(f"{named.title}. {named.source}")
        said.heading(_("In short"))
        _in_short(said, found)
        for one in found:
            _commitment(said, one, on)
    return said


def _in_short(said: Content, found: list[Commitment]) -> None:
    said.text(ngettext("%(num)s commitment.", "%(num)s commitments.", len(found)) % {"num": len(found)})
    counted = rules.counted(_word(one.said) for one in found)
    said.table([[_("How far"), _("Commitments")], *([word, str(number)] for word, number in counted.items())])


def _word(word: Status | None) -> str:
    return str(Progress(word.progress).label) if word else str(NO_EVIDENCE)


def _commitment(said: Content, one: Commitment, on: date) -> None:
    known = provisions()
    said.heading(one.title)
    said.text(_("%(begins)s to %(ends)s") % {"begins": dated(one.begins_on), "ends": dated(one.ends_on)})
    for key in one.provisions:
        if key in known:
            said.text(f"{known[key][0].title}, {key.partition('/')[2]}: {known[key][1].text}")
    said.text(_("Objective: %(text)s") % {"text": one.objective})
    behind = ", ".join(each.name for each in one.supporters.all())
    said.text(_("With: %(names)s") % {"names": behind} if behind else "")
    said.text(_("How far: %(word)s") % {"word": _told(one.said)})
    said.says_none |= one.said is None
    _steps(said, one, on)
    rows = [
        [each.text, each.begins_at, each.aim, each.latest.value if each.latest else str(NO_EVIDENCE)]
        for each in indicators_of(one)
    ]
    said.says_none |= any(row[3] == str(NO_EVIDENCE) for row in rows)
    said.table([[_("Indicator"), _("At the beginning"), _("Aim"), _("Last shown")], *rows])
    shown = [
        [dated(each.shown_on), each.get_kind_display(), each.text, each.source] for each in one.evidence.all()
    ]
    said.table([[_("Day"), _("Evidence"), _("What it shows"), _("Source")], *shown])
    for word in trail(one):
        said.text(_("Challenges: %(text)s") % {"text": word.challenges} if word.challenges else "")


def _told(word: Status | None) -> str:
    if word is None:
        return str(NO_EVIDENCE)
    told = f"{_word(word)} ({dated(word.shown_on)})"
    return _("%(word)s, because: %(why)s") % {"word": told, "why": word.why} if word.why else told


def _steps(said: Content, one: Commitment, on: date) -> None:
    last = {word.step_id: word for word in reversed(trail(one)) if word.step_id}
    rows: list[list[str]] = []
    for step in steps_of(one):
        word = last.get(step.pk)
        said.says_none |= word is None
        late = rules.is_late(word.progress if word else "", step.due_on, on)
        told = _told(word)
        rows.append([step.text, dated(step.due_on), f"{told}; {_('past its day')}" if late else told])
    said.table([[_("Step"), _("Until when"), _("How far")], *rows])
