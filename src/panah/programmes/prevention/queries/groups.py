"""Groups, who is in them and what each may do; the society's own plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from panah.programmes.prevention.library import SessionPlan, modules, of_module, of_own
from panah.programmes.prevention.models import Group, GroupEducator, Plan
from panah.programmes.training import queries as training_queries
from panah.programmes.volunteers import queries as volunteers_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer

MOST_GROUPS = 300


@dataclass(frozen=True)
class EducatorRow:
    """Somebody in a group, and what she may do today."""

    place: GroupEducator
    volunteer: Volunteer
    leads: bool
    helps: bool
    # Under 18, or perhaps.
    minor: bool


def groups(*, to: Staff, ended: bool = False) -> list[Group]:
    """Return the groups of a reader with how many are in each (``people``)."""
    rows: QuerySet[Group] = Group.objects.visible(to=to).filter(ended_on__isnull=not ended)
    counted = rows.annotate(people=Count("places", filter=Q(places__until=None)))
    return list(counted.select_related("branch").order_by("branch__slug", "name", "pk")[:MOST_GROUPS])


def group_or_404(pk: UUID, *, to: Staff) -> Group:
    return get_object_or_404(Group.objects.visible(to=to).select_related("branch"), pk=pk)


def place_or_404(pk: UUID, *, to: Staff) -> GroupEducator:
    rows = GroupEducator.objects.filter(group__in=Group.objects.visible(to=to))
    return get_object_or_404(rows.select_related("group"), pk=pk)


def educators_of(group: Group, *, on: date) -> list[EducatorRow]:
    """Return who is in a group, by name, with what each may do on a day."""
    places = list(
        group.places.filter(until=None).select_related("volunteer").order_by("volunteer__name", "pk")
    )
    people = [place.volunteer for place in places]
    may = volunteers_queries.may_do_on(people, on=on)
    minors = volunteers_queries.not_surely_adult(people, on=on)
    return [
        EducatorRow(
            place,
            place.volunteer,
            "lead" in may[place.volunteer_id],
            bool({"help", "lead"} & may[place.volunteer_id]),
            place.volunteer_id in minors,
        )
        for place in places
    ]


def own_plans(*, to: Staff) -> list[tuple[UUID, SessionPlan]]:
    """Return the plans of a society by title: those that it typed in, and the modules that it wrote."""
    typed = [(one.pk, of_own(one)) for one in Plan.objects.visible(to=to).filter(retired_on=None)]
    written = [(module.pk, of_module(module)) for module in training_queries.own_modules(to=to)]
    return sorted([*typed, *written], key=lambda one: (one[1].title.casefold(), one[0]))


def brought_plans(*, to: Staff) -> list[tuple[str, SessionPlan]]:
    """Return the modules that Panah brings, but for those that a society teaches in its own words."""
    covered = training_queries.covered_by(training_queries.own_modules(to=to))
    return [(slug, plan) for slug, plan in modules() if slug not in covered]


def own_plan_or_404(pk: UUID, *, to: Staff) -> tuple[SessionPlan, Plan | None]:
    """Return a plan of a society, and its row if it was typed in; else it is a module that the society wrote."""
    row = Plan.objects.visible(to=to).filter(pk=pk).first()
    return (of_own(row), row) if row else (of_module(training_queries.adopted_or_404(pk, to=to)), None)


def plan_or_404(pk: UUID, *, to: Staff) -> Plan:
    return get_object_or_404(Plan.objects.visible(to=to), pk=pk)
