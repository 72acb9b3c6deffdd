"""Self-assessments as their readers see them. Who gave which level only those read who gave levels, and the leads."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.network import capabilities
from panah.ground.work import queries as work_queries
from panah.programmes.model import rules
from panah.programmes.model.models import (
    AgreedLevel,
    Assessment,
    AssessmentQuerySet,
    Assessor,
    Opinion,
    PlannedAction,
    SharedStrengths,
)
from panah.programmes.model.permissions import runs_assessments
from panah.programmes.model.queries.editions import elements
from panah.programmes.model.words import CANNOT_SAY, PLAN, AssessmentState, Level

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society
    from panah.programmes.model.texts import Element


def assessments(*, to: Staff) -> AssessmentQuerySet:
    """Return the assessments that the asker may read, the newest year first."""
    return Assessment.objects.visible(to=to)


def assessment_or_404(pk: UUID, *, to: Staff) -> Assessment:
    return get_object_or_404(assessments(to=to), pk=pk)


def own_or_404(pk: UUID, *, to: Staff) -> Assessor:
    """Return the part of an assessment that the asker was named for."""
    rows = Assessor.objects.filter(staff=to, assessment__society=to.society_id)
    return get_object_or_404(rows.select_related("assessment"), pk=pk)


def own_part(assessment: Assessment, *, to: Staff) -> Assessor | None:
    return Assessor.objects.filter(assessment=assessment, staff=to).first()


def assessors(assessment: Assessment) -> list[Assessor]:
    return list(assessment.assessors.select_related("staff").order_by("staff__name"))


def given_by(assessor: Assessor) -> dict[str, Opinion]:
    """Return what one colleague said so far, by element."""
    return {opinion.element: opinion for opinion in assessor.opinions.all()}


def may_compare(assessment: Assessment, *, to: Staff) -> bool:
    """Say whether the asker reads who gave which level: not before all are set side by side, and not everybody."""
    if assessment.state == AssessmentState.ALONE:
        return False
    return runs_assessments(to) or own_part(assessment, to=to) is not None


@dataclass(frozen=True)
class SideBySide:
    """What everybody who finished said to one element."""

    element: Element
    opinions: list[Opinion]
    agreed: AgreedLevel | None

    @property
    def differs(self) -> bool:
        return rules.differ(opinion.level for opinion in self.opinions)

    @property
    def levels(self) -> list[int]:
        return sorted(opinion.level for opinion in self.opinions if opinion.level != CANNOT_SAY)


def side_by_side(assessment: Assessment) -> dict[str, SideBySide]:
    """Return all elements with what was said of them (the caller has asked ``may_compare``)."""
    by_element: dict[str, list[Opinion]] = {}
    rows = Opinion.objects.filter(assessor__assessment=assessment, assessor__finished_on__isnull=False)
    for opinion in rows.select_related("assessor__staff").order_by("assessor__staff__name"):
        by_element.setdefault(opinion.element, []).append(opinion)
    agreed = {agreement.element: agreement for agreement in assessment.agreed.all()}
    return {
        name: SideBySide(element, by_element.get(name, []), agreed.get(name))
        for name, element in elements(assessment.version).items()
    }


def year_before(assessment: Assessment) -> Assessment | None:
    """Return the society's last assessment before this one that was agreed."""
    rows = Assessment.objects.filter(society=assessment.society_id, state=AssessmentState.AGREED)
    return rows.filter(year__lt=assessment.year).order_by("-year").first()


@dataclass(frozen=True)
class ElementRow:
    """One element of an agreed assessment, beside the year before."""

    element: Element
    agreed: AgreedLevel | None
    before: int | None

    @property
    def level(self) -> int | None:
        return self.agreed.level if self.agreed else None

    @property
    def moved(self) -> int | None:
        return rules.moved(self.level, self.before)

    @property
    def is_strong(self) -> bool:
        return self.level is not None and self.level >= rules.STRONG_FROM

    @property
    def is_need(self) -> bool:
        return self.level is not None and self.level < rules.STRONG_FROM

    @property
    def next_text(self) -> str:
        """What the next level looks like, or "" at the last."""
        return self.element.levels[self.level] if self.level and self.level < Level.STRONG else ""


def _levels(assessment: Assessment | None) -> dict[str, int]:
    return dict(assessment.agreed.values_list("element", "level")) if assessment else {}


def agreed_rows(assessment: Assessment, before: Assessment | None) -> list[ElementRow]:
    agreed = {agreement.element: agreement for agreement in assessment.agreed.all()}
    earlier = _levels(before)
    return [
        ElementRow(element, agreed.get(name), earlier.get(name))
        for name, element in elements(assessment.version).items()
    ]


def plan_of(assessment: Assessment) -> list[PlannedAction]:
    return list(assessment.plan.select_related("owner").order_by("due_on", "pk"))


def action_or_404(pk: UUID, *, to: Staff) -> PlannedAction:
    """Return an action of the plan: for readers of the assessment, its owner, and on whose list it stands."""
    rows = PlannedAction.objects.filter(assessment__society=to.society_id)
    row: PlannedAction = get_object_or_404(rows.select_related("assessment", "owner"), pk=pk)
    if may_end(row, by=to) or assessments(to=to).filter(pk=row.assessment_id).exists():
        return row
    raise Http404


def may_end(row: PlannedAction, *, by: Staff) -> bool:
    if runs_assessments(by) or row.owner_id == by.pk:
        return True
    return any(item.owner_id == by.pk for item in work_queries.items_of(row.pk, purpose=PLAN))


@dataclass(frozen=True)
class CapabilityRow:
    """One thing that the society does itself or leaves to others, and what the levels say to it."""

    label: str
    proposal: rules.Proposal
    missing: list[tuple[str, int, int]]
    # What would be left to others were this one changed alone.
    leaves: list[str]


def proposals(assessment: Assessment) -> list[CapabilityRow]:
    """Return what the agreed levels propose to open and to close; the society decides."""
    closed = capabilities.closed_on(assessment.society, timezone.localdate())
    titles = elements(assessment.version)
    needed = {name: capability.levels for name, capability in capabilities.CAPABILITIES.items()}
    return [
        CapabilityRow(
            str(capabilities.CAPABILITIES[proposal.name].label),
            proposal,
            [(titles[name].title, has, need) for name, (has, need) in proposal.missing.items()],
            sorted(closed ^ {proposal.name}),
        )
        for proposal in rules.proposals(needed, _levels(assessment), closed)
    ]


def not_carried(society: Society, names: Collection[str]) -> list[str]:
    """Return why a society's last agreed self-assessment does not carry these capabilities, a sentence for each."""
    rows = Assessment.objects.filter(society=society.pk, state=AssessmentState.AGREED)
    last = rows.order_by("-year").first()
    needed = {
        name: capability.levels for name, capability in capabilities.CAPABILITIES.items() if name in names
    }
    if last is None:
        return [_("No self-assessment has been agreed on.")] if any(needed.values()) else []
    titles = elements(last.version)
    return [
        _("%(label)s: %(missing)s.")
        % {
            "label": capabilities.CAPABILITIES[proposal.name].label,
            "missing": "; ".join(
                _("%(title)s: level %(has)s, needed is %(need)s")
                % {"title": titles[name].title, "has": has, "need": need}
                for name, (has, need) in proposal.missing.items()
            ),
        }
        for proposal in rules.proposals(needed, _levels(last), set(names))
        if proposal.missing
    ]


def shared_of(society: UUID) -> SharedStrengths | None:
    """Return what a society shows the network now."""
    return SharedStrengths.objects.filter(society=society).select_related("contact").first()


@dataclass(frozen=True)
class Strong:
    """A society that can be asked about an element: all that others see of it."""

    society: Society
    level: int
    label: str
    contact: str
    year: int


def strong_in(element: str, *, exclude: Iterable[UUID] = ()) -> list[Strong]:
    """Return who in the network says to be strong in an element and can be asked, the strongest first."""
    rows = SharedStrengths.objects.filter(levels__has_key=element).exclude(society__in=list(exclude))
    strong = [
        Strong(
            row.society,
            row.levels[element],
            str(Level(row.levels[element]).label),
            row.contact.name,
            row.year,
        )
        for row in rows.select_related("society", "contact").order_by("society__name_en")
    ]
    return sorted(strong, key=lambda able: -able.level)
