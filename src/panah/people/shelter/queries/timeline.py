"""The steps of a stay in the reader's words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from panah.ground.kit import dates
from panah.people.shelter.queries.stays import OpenedStay, StayStep
from panah.people.shelter.words import BedDeclineReason, LeftHow, LeftTo, say


@dataclass(frozen=True)
class StayTimelineEntry:
    """One line of the trail: what, when, by whom, and the rest in sentences."""

    what: str
    at: datetime
    by: str
    rest: list[str]


def what_happened(code: str) -> str:
    """What a step was, in words."""
    named = {
        "asked": _("A bed was asked for"),
        "held": _("A bed was held"),
        "placed": _("A bed was given"),
        "declined": _("No bed was given"),
        "arrived": pgettext("into a house", "Arrived"),
        "changed": _("Changed"),
        "missing": _("Did not come back"),
        "back": _("Came back"),
        "left": _("Left"),
        "leave_asked": _("A second person was asked about leaving"),
        "leave_refused": _("The stay goes on"),
        "taken_back": _("Not needed any more"),
        "let_in": _("Another colleague follows"),
    }
    return named.get(code, code)


def steps_of(opened: OpenedStay) -> list[StayTimelineEntry]:
    return [
        StayTimelineEntry(what_happened(step.what), step.at, step.by, said_in(step)) for step in opened.steps
    ]


def said_in(step: StayStep) -> list[str]:
    """What was written down at a step, in sentences."""
    more = step.more
    answers = {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")}
    lines = [
        str(more.get("bed", "")),
        _("until %(day)s") % {"day": _moment(str(more["until"]))} if more.get("until") else "",
        say(BedDeclineReason, more.get("reason")),
        _("where to: %(place)s") % {"place": say(LeftTo, more.get("to"))} if more.get("to") else "",
        _("how: %(how)s") % {"how": say(LeftHow, more.get("how"))} if more.get("how") else "",
        _("why: %(reason)s") % {"reason": more["why"]} if more.get("why") else "",
        _("the way on: %(way)s") % {"way": more["onward"]} if more.get("onward") else "",
        _("the second person: %(said)s") % {"said": more["second"]} if more.get("second") else "",
        _("seen or heard by: %(who)s") % {"who": more["heard_by"]} if more.get("heard_by") else "",
        _("when and how: %(when)s") % {"when": more["heard_when"]} if more.get("heard_when") else "",
        _("seen last: %(seen)s") % {"seen": more.get("seen")} if more.get("seen") else "",
        _("in danger: %(answer)s") % {"answer": answers[more["danger"]]}
        if more.get("danger") in answers
        else "",
        _("talked through: %(answer)s") % {"answer": answers[more["safety"]]}
        if more.get("safety") in answers
        else "",
        str(more.get("colleague", "")),
        str(more.get("note", "")),
    ]
    return [line for line in lines if line]


def _moment(text: str) -> str:
    return (
        dates.day(date.fromisoformat(text)) if len(text) == 10 else dates.when(datetime.fromisoformat(text))
    )
