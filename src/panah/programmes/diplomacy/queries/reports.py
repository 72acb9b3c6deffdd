"""What a follow-up report says, in the layout of a statutory report: by instrument, commitment, society or route.

Evidence, never "compliance". Other societies stand in it with what they let stand in it: none is said to be silent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from panah.ground.kit.dates import dated
from panah.ground.network.queries import societies
from panah.ground.network.words import country_name
from panah.programmes.diplomacy import rules
from panah.programmes.diplomacy.beside import routes, told_by_others
from panah.programmes.diplomacy.instruments import instruments, provisions
from panah.programmes.diplomacy.models import Report
from panah.programmes.diplomacy.permissions import reads
from panah.programmes.diplomacy.queries.commitments import commitments, indicators_of, steps_of, trail
from panah.programmes.diplomacy.words import NO_EVIDENCE, PAPERS, CommitmentState, Progress, ReportState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.diplomacy.beside import ToldStatus
    from panah.programmes.diplomacy.models import Commitment, Status

type Part = list[Any]


@dataclass
class Content:
    """``parts``: ["heading", text, level], ["text", text], ["table", rows]; ``says_none``: no evidence somewhere.

    ``words``: the last word about each commitment as a whole that stands in it; ``papers``: text, day and source of
    each attachment, by which its file is found.
    """

    title: str
    parts: list[Part] = field(default_factory=list)
    says_none: bool = False
    words: list[Status] = field(default_factory=list)
    papers: list[list[str]] = field(default_factory=list)

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


def abouts(staff: Staff) -> list[tuple[str, str]]:
    """Return what a report can be about, with its name: all, instruments, commitments, societies, routes."""
    own = [one for one in commitments(to=staff) if one.state != CommitmentState.DRAFT]
    others = {one.slug: one.society for one in told_by_others(staff)}
    return [
        ("", _("all")),
        *((one.id, one.title) for one in instruments().values()),
        *((f"commitment:{one.pk}", one.title) for one in own),
        *((f"society:{slug}", name) for slug, name in others.items()),
        *((f"route:{a}-{b}", _route(a, b)) for a, b in routes(staff)),
    ]


def _route(origin: str, destination: str) -> str:
    language = get_language() or "en"
    return f"{country_name(origin, language)} → {country_name(destination, language)}"


def _about(about: str, own: list[Commitment]) -> str:
    kind, key = rules.scope_of(about)
    if kind == "instrument":
        return instruments()[key].title if key in instruments() else key
    if kind == "society":
        return next((one.name for one in societies() if one.slug == key), key)
    if kind == "route":
        return _route(*key.split("-", 1))
    return own[0].title if kind == "commitment" and own else _("all")


def _own(staff: Staff, about: str) -> list[Commitment]:
    """The own commitments that such a report is about; drafts bind nobody and stand in none."""
    kind, key = rules.scope_of(about)
    if kind == "society" or (kind == "route" and staff.society.iso2 not in key.split("-")):
        return []
    found = commitments(to=staff, instrument=key if kind == "instrument" else "")
    return [
        one
        for one in found
        if one.state != CommitmentState.DRAFT and (kind != "commitment" or str(one.pk) == key)
    ]


def _of_others(staff: Staff, about: str) -> list[ToldStatus]:
    """What other societies let stand in it. What they only let us read is not printed."""
    return [one for one in told_by_others(staff) if one.printed and _concerns(one, *rules.scope_of(about))]


def _concerns(one: ToldStatus, kind: str, key: str) -> bool:
    if kind == "instrument":
        return any(each.startswith(f"{key}/") for each in one.provisions)
    if kind == "route":
        return one.iso2 in key.split("-")
    return kind == "society" and one.slug == key


def report_content(staff: Staff, *, about: str, language: str, on: date) -> Content:
    """Return what the society says of these commitments on that day, and what others let stand beside it."""
    with override(language):
        found = _own(staff, about)
        said = Content(_("Follow-up of commitments: %(what)s") % {"what": _about(about, found)})
        said.text(f"{staff.society.name_in(language)}, {dated(on)}")
        said.text(
            _(
                "Commitments are voluntary. What stands here is shown by dated evidence; where there is none, it "
                "says so."
            )
        )
        if named := instruments().get(about):
            said.text(f"{named.title}. {named.source}")
        told = _of_others(staff, about)
        if found:
            _in_short(said, found)
        elif not told:
            said.text(_("No commitment stands here yet."))
        for one in found:
            _commitment(said, one, on)
        _attachments(said, found)
        _others(said, told)
    said.words = [one.said for one in found if one.said is not None]
    return said


def _attachments(said: Content, found: list[Commitment]) -> None:
    """The papers that go along, numbered: where each is kept stands beside it."""
    papers = [each for one in found for each in one.evidence.all() if each.kind in PAPERS]
    rows = [
        [str(number), each.text, dated(each.shown_on), each.source]
        for number, each in enumerate(papers, start=1)
    ]
    if rows:
        said.papers = [[each.text, each.shown_on.isoformat(), each.source] for each in papers]
        said.heading(_("Attachments"))
        said.table([[_("No."), _("What it shows"), _("Day"), _("Source")], *rows])


def _others(said: Content, told: list[ToldStatus]) -> None:
    if not told:
        return
    said.heading(_("What other societies say"))
    said.text(_("Each is the word of the society named, from the day that stands beside it."))
    head = [_("Society"), _("Commitment"), _("How far"), _("Evidence"), _("Told")]
    rows = [
        [
            one.society,
            one.title,
            _because(f"{one.label} ({dated(one.shown_on)})", one.why),
            f"{one.evidence}. {one.source}",
            dated(one.as_of),
        ]
        for one in told
    ]
    said.table([head, *rows])


def statuses_told(society: UUID) -> list[Telling]:
    """Return what paired societies are told: of each commitment the newest word that a second person let out."""
    rows = Report.objects.filter(society=society, state=ReportState.CLEARED).exclude(tells="")
    found: dict[UUID, Telling] = {}
    for row in rows.order_by("made_at").prefetch_related("told__commitment", "told__evidence"):
        for word in row.told.all():
            before = found.get(word.commitment_id)
            if before is None or (before.word, before.tells) != (word, row.tells):
                found[word.commitment_id] = Telling(word, row.tells, row.made_at)
    return list(found.values())


@dataclass(frozen=True)
class Telling:
    """A word about a commitment on its way to paired societies. ``tells``: what they may do with it."""

    word: Status
    tells: str
    as_of: datetime


def _in_short(said: Content, found: list[Commitment]) -> None:
    said.heading(_("In short"))
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
    return _because(f"{_word(word)} ({dated(word.shown_on)})", word.why)


def _because(word: str, why: str) -> str:
    return _("%(word)s, because: %(why)s") % {"word": word, "why": why} if why else word


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
