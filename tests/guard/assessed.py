"""Three self-assessments of North, one in each state, an action of the plan, and a draft of the network's texts."""

from __future__ import annotations

from django.utils import timezone

from panah.programmes.model import actions as model
from panah.programmes.model.models import Assessment, Assessor
from panah.programmes.model.words import ELEMENTS
from tests.conftest import World


def assessed(world: World) -> dict[str, str]:
    by, at = world.staff["bakyt"], timezone.now()
    this_year = timezone.localtime(at).year
    people = [str(world.staff[name].pk) for name in ("amina", "elena")]

    def begun(years_ago: int) -> Assessment:
        return model.begin_assessment(year=this_year - years_ago, people=people, by=by, at=at)

    agreed, together, alone = begun(2), begun(1), begun(0)
    for row in (agreed, together):
        for part in Assessor.objects.filter(assessment=row):
            for element in ELEMENTS:
                model.give_level(part=part, element=element, level=2, seen=[0], other="", sentence="x")
            model.finish_own_part(part=part, by=part.staff, at=at)
        model.set_side_by_side(assessment=row, by=by, at=at)
    for element in ELEMENTS:
        model.agree_level(
            assessment=agreed, element=element, level=2, sentence="x", decided_by=people, by=by, at=at
        )
    model.end_assessment(assessment=agreed, by=by, at=at)
    planned = model.add_action(
        assessment=agreed,
        element="shelter",
        action="x",
        owner=str(by.pk),
        due_on=timezone.localdate(at),
        by=by,
        at=at,
    )
    return {
        "assessed": str(agreed.pk),
        "together": str(together.pk),
        "alone": str(alone.pk),
        "part": str(Assessor.objects.get(assessment=alone, staff=world.staff["amina"]).pk),
        "planned": str(planned.pk),
        "edition": str(model.begin_edition(by=world.staff["maryam"], at=at).pk),
    }
