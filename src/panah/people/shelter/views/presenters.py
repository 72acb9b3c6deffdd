"""What the page of a stay says and offers, decided before it is drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.ground.kit.dates import day, when
from panah.ground.kit.jinja import url
from panah.ground.kit.notices import Notice
from panah.ground.kit.numbers import groups
from panah.ground.work.sheets import sheet_rows
from panah.people.shelter.forms import AnswerForm, SheetForm
from panah.people.shelter.queries.stays import OpenedStay
from panah.people.shelter.words import CHILD_ALONE, IN_A_BED, WAITING, ExplainedBefore, Group, StayState, say

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.people.shelter.queries.houses import BedsForGroup, HouseForGroup

TONES = {
    StayState.MISSING: "urgent",
    StayState.HERE: "good",
    StayState.PLACED: "good",
    StayState.ASKED: "soon",
    StayState.HELD: "soon",
}


def ways_out(who: str, free_here: Collection[str], elsewhere: BedsForGroup | None) -> list[str]:
    """What would have to be decided where no bed fits, in sentences. ``free_here``: whom rooms with free beds take."""
    ways = []
    if who in CHILD_ALONE and Group.CHILDREN in free_here:
        ways.append(
            _(
                "A girl or a boy alone is a child without a parent too. Whoever runs the house decides whether the "
                "beds for these children fit: ask the child, look who sleeps in the room; then choose “a child, or "
                "several, without a parent” under “Change what the house knows”, and give the bed."
            )
        )
    elif free_here:
        ways.append(
            _(
                "A free bed in a room for others can be given once the room takes this group: whoever runs the "
                "house decides that under “Rooms”, after asking those who sleep there."
            )
        )
    if elsewhere is not None:
        ways += _in_houses(elsewhere.houses, elsewhere.group)
        ways += _in_houses(elsewhere.as_children, str(Group.CHILDREN.label))
        if elsewhere.houses or elsewhere.as_children:
            ways.append(_("Another house is asked by whoever asked here, when the person agrees to it."))
    return ways


def _in_houses(houses: Iterable[HouseForGroup], whom: str) -> list[str]:
    return [
        ngettext(
            "%(house)s has %(num)s bed free tonight for: %(whom)s.",
            "%(house)s has %(num)s beds free tonight for: %(whom)s.",
            house.free,
        )
        % {"house": house.card.place.name, "num": house.free, "whom": whom}
        for house in houses
    ]


@dataclass(frozen=True)
class StayPage:
    """A stay as whoever runs the house sees it, or as whoever follows it does."""

    opened: OpenedStay
    runs: bool
    reader: UUID

    @property
    def state(self) -> StayState:
        return StayState(self.opened.row.state)

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "info")

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        place = self.opened.row.place
        if self.runs:
            return [(url("shelter:board", place.pk), _("Beds in %(place)s") % {"place": place.name})]
        case = self.opened.sheet.get("case")
        of_case = [(url("shelter:case", case), groups(case))] if case else []
        return [(url("shelter:places"), _("Safe places")), *of_case]

    # -- what the house can do -----------------------------------------------------------------------------------------

    @property
    def chooses_bed(self) -> bool:
        return self.runs and self.state in WAITING

    @property
    def can_arrive(self) -> bool:
        return self.runs and self.state == StayState.PLACED

    @property
    def can_stay_longer(self) -> bool:
        return self.runs and self.state == StayState.HERE

    @property
    def can_come_back(self) -> bool:
        return self.runs and self.state == StayState.MISSING

    @property
    def can_leave(self) -> bool:
        return self.runs and self.in_a_bed

    @property
    def waits_for_second(self) -> bool:
        return self.opened.leaving_asked is not None

    @property
    def asked_by_reader(self) -> bool:
        leaving = self.opened.leaving_asked
        return leaving is not None and leaving.staff == self.reader

    @property
    def can_be_taken_back(self) -> bool:
        return self.state in (*WAITING, StayState.PLACED)

    @property
    def in_a_bed(self) -> bool:
        return self.state in IN_A_BED

    # -- what has to be known ------------------------------------------------------------------------------------------

    @property
    def notices(self) -> list[Notice]:
        notices = []
        if self.state == StayState.MISSING:
            go_through = _(
                "Go through the steps of the house, one after another, and write down what you reach."
            )
            notices.append(Notice(_("Did not come back."), go_through))
        if self.waits_for_second:
            until = _(
                "Somebody else than who asked decides: of the house, or whoever follows. Until then the person stays."
            )
            notices.append(Notice(_("A second person decides about leaving."), until))
        if not self.opened.sheet:
            erased = _("What the house knew of this person is erased, or is not open to you.")
            notices.append(Notice(erased, tone="info"))
        return notices

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the house knows beside what the person is called: label and text."""
        row = self.opened.row
        nights = _("%(first)s until %(last)s") % {"first": day(row.from_day), "last": day(row.to_day)}
        if row.held_until:
            nights += ", " + _("held until %(time)s") % {"time": when(row.held_until)}
        rows = [
            (_("Nights"), nights),
            *sheet_rows(SheetForm, self.opened.sheet, "called", "who", "age"),
            (_("Followed by"), row.follows.name if row.follows else ""),
        ]
        return [(label, text) for label, text in rows if text]

    @property
    def heard_first(self) -> list[StrOrPromise]:
        return [say(ExplainedBefore, code) for code in self.opened.sheet.get("told", [])]

    @property
    def agreed(self) -> list[tuple[str, str]]:
        return sheet_rows(AnswerForm, self.opened.sheet, "told", "spoken", "said")
