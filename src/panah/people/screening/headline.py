"""What stands on top of a result: what points to trafficking, what is not known, what to do next.

Only what was asked and answered is ever denied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.people.screening import result_text
from panah.people.screening.queries import Assessment
from panah.people.screening.rules import Conclusion, DimensionResult, DimensionState
from panah.people.screening.schema import DimensionRole, Rule

PARTS: dict[DimensionRole, Promise] = {
    DimensionRole.DECEPTION: gettext_lazy("deception at the beginning"),
    DimensionRole.COERCED_RECRUITMENT: gettext_lazy("force at the beginning"),
    DimensionRole.VULNERABILITY_AT_RECRUITMENT: gettext_lazy(
        "abuse of a difficult situation at the beginning"
    ),
    DimensionRole.EXPLOITATION: gettext_lazy("exploitation at work"),
    DimensionRole.COERCION: gettext_lazy("control at the place"),
    DimensionRole.VULNERABILITY_AT_DESTINATION: gettext_lazy("abuse of a difficult situation at the place"),
}
BEGINNING = frozenset(
    {DimensionRole.DECEPTION, DimensionRole.COERCED_RECRUITMENT, DimensionRole.VULNERABILITY_AT_RECRUITMENT}
)
INDICATIONS = frozenset({Conclusion.INDICATION_OF_TRAFFICKING, Conclusion.CHILD_INDICATION_OF_TRAFFICKING})

SAFETY = gettext_lazy("Is the person safe now, and who can reach them? Then listen on, when it fits.")
SAFETY_AND_LAWYER = gettext_lazy("Safety first, then help and a lawyer, as the person chooses.")
CHILD_FIRST = gettext_lazy("Is the child safe now, and who stands for the child? Best interests come first.")
LABOUR_RIGHTS = gettext_lazy("It may be a matter of labour rights: wages, hours, safety. A lawyer can help.")
LABOUR_OR_MORE = gettext_lazy(
    "A lawyer can help with wages and papers. When it fits, listen on: it may be labour rights or trafficking."
)
LISTEN = gettext_lazy("Go on helping, and listen on when it fits. Silence about a question is not a no.")
MORE_AT_ANY_TIME = gettext_lazy("Other needs may remain, and more can be told at any time.")


@dataclass(frozen=True)
class Headline:
    """``sentence`` by itself is true and says enough for a line; ``more`` are whole sentences below it."""

    sentence: str
    more: tuple[str, ...]
    next_step: Promise


def headline(picture: Assessment, *, age: str) -> Headline:
    """Say what a picture of answers points to; ``age``: unknown | adult | child."""
    about_child = picture.profile.rule is Rule.CHILD or (picture.profile.rule is Rule.LIST and age != "adult")
    told = _Told(picture, about_child=about_child, age=age)
    return Headline(told.sentence(), tuple(filter(None, told.more())), told.next_step())


class _Told:
    def __init__(self, picture: Assessment, *, about_child: bool, age: str) -> None:
        self.picture, self.result = picture, picture.result
        self.about_child, self.age = about_child, age
        parts = self.result.dimensions
        self.shown = tuple(d for d in parts if d.positive)
        self.open = tuple(
            d
            for d in parts
            if d.state is DimensionState.OPEN or (d.state is DimensionState.LISTED and not d.yes)
        )
        self.too_little = tuple(c for d in parts if not d.positive for c in d.yes)

    @property
    def outcome(self) -> Conclusion:
        return self.result.outcome

    def sentence(self) -> str:
        if self.outcome is Conclusion.LISTED:
            return self._listed()
        if self.outcome is Conclusion.INDICATION_OF_TRAFFICKING:
            return _("An indication of trafficking for forced labour.")
        if self.outcome is Conclusion.CHILD_INDICATION_OF_TRAFFICKING:
            return _("An indication of trafficking of a child.")
        if self.outcome is Conclusion.CHILD_EXPLOITED:
            return _("Exploitation of a child.")
        if self.outcome is Conclusion.CONTROL_AND_EXPLOITATION:
            return _("Exploitation and control at the place: an indication of forced labour.")
        if self.outcome is Conclusion.EXPLOITED_MIGRANT:
            return self._work_alone()
        return self._points_there() if self.shown else self._nothing_shown()

    def _listed(self) -> str:
        parts = [d for d in self.result.dimensions if d.yes]
        return self._can_point(self._names(parts)) if parts else self._nothing_shown()

    def _work_alone(self) -> str:
        if self.result.settled:
            return _("Exploitation at work; by what was told, without deception, force or control.")
        return _("Exploitation at work. Whether it is trafficking is not known yet.")

    def _points_there(self) -> str:
        names = {"parts": self._names(self.shown)}
        if self.about_child:
            return _("What was told points to trafficking of a child: %(parts)s.") % names
        return _("What was told points to trafficking: %(parts)s.") % names

    def _nothing_shown(self) -> str:
        if self.too_little:
            return self._can_point(self._labels(self.too_little))
        if self.result.settled and self.about_child:
            return _("Nothing that was told points to exploitation of the child.")
        if self.result.settled:
            return _("Nothing that was told points to exploitation, deception or force.")
        return _("Nothing can be said yet.")

    @staticmethod
    def _can_point(what: str) -> str:
        return _("Something was told that can point to trafficking: %(what)s.") % {"what": what}

    def more(self) -> list[str]:
        indicated = self.outcome in INDICATIONS
        return [
            _("What points there: %(parts)s.") % {"parts": self._names(self.shown)} if indicated else "",
            _(
                "For a child, exploitation counts even without deception or force, and agreeing changes nothing."
            )
            if self.about_child
            else "",
            _("The age is not known: in doubt the rule for children applies.")
            if self.about_child and self.age == "unknown"
            else "",
            self._told_as_well() if self.shown else "",
            self._asked_and_no(),
            "" if indicated else self._not_known(),
            _("No result is calculated: there are no published weights for this set.")
            if self.outcome is Conclusion.LISTED
            else "",
        ]

    def _told_as_well(self) -> str:
        if not self.too_little:
            return ""
        return _("Told as well, too little alone so far: %(what)s.") % {"what": self._labels(self.too_little)}

    def _asked_and_no(self) -> str:
        """What may be said to be not so: every question that could show it was answered."""
        closed = {
            d.part for d in self.result.dimensions if d.state is DimensionState.NOT_POSITIVE and not d.yes
        }
        if self.shown and DimensionRole.EXPLOITATION in closed:
            return _("By what was told, there was no exploitation yet. It can have been what was planned.")
        if self.outcome is Conclusion.CONTROL_AND_EXPLOITATION and closed >= BEGINNING:
            return _("By what was told, it began without deception or force.")
        return ""

    def _not_known(self) -> str:
        """What could still make a difference: the act and the exploitation first."""
        matters = {one.dimension for one in self.result.would_help if one.changes_outcome}
        parts = (
            self.open if self.outcome is Conclusion.LISTED else [d for d in self.open if d.code in matters]
        )
        by_weight = sorted(parts, key=lambda d: d.part is not DimensionRole.EXPLOITATION)
        names = [self._name(d) for d in by_weight]
        if "" in matters:
            names.insert(0, _("who recruited, brought, housed or received the child"))
        return _("Not known yet: %(parts)s.") % {"parts": ", ".join(names)} if names else ""

    def next_step(self) -> Promise:
        nothing = not self.shown and not self.too_little
        if nothing:
            return MORE_AT_ANY_TIME if self.result.settled else LISTEN
        if self.about_child:
            return CHILD_FIRST
        if self.outcome in INDICATIONS or self.outcome is Conclusion.CONTROL_AND_EXPLOITATION:
            return SAFETY_AND_LAWYER
        if self.outcome is Conclusion.EXPLOITED_MIGRANT:
            return LABOUR_RIGHTS if self.result.settled else LABOUR_OR_MORE
        return SAFETY

    def _names(self, parts: Iterable[DimensionResult]) -> str:
        return ", ".join(self._name(d) for d in parts)

    def _name(self, part: DimensionResult) -> str:
        dimension = self.picture.profile.dimension(part.code)
        if self.outcome is Conclusion.LISTED or part.part not in PARTS:
            return result_text.said(dimension.label) if dimension else part.code
        return str(PARTS[part.part])

    @staticmethod
    def _labels(codes: Iterable[str]) -> str:
        return "; ".join(capfirst(result_text.label_of(c)) for c in codes)
