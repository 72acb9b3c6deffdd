"""A self-assessment of North that is agreed on, with the same level throughout."""

from django.utils import timezone

from panah.programmes.model import actions as model
from panah.programmes.model.models import Assessment, Assessor
from panah.programmes.model.words import ELEMENTS


def assessed(world, *, level, years_ago=0):
    by, at = world.staff["bakyt"], timezone.now()
    people = [str(world.staff[name].pk) for name in ("amina", "elena")]
    year = timezone.localtime(at).year - years_ago
    Assessment.objects.filter(society=by.society_id, year=year).delete()
    row = model.begin_assessment(year=year, people=people, by=by, at=at)
    for part in Assessor.objects.filter(assessment=row):
        for element in ELEMENTS:
            model.give_level(part=part, element=element, level=level, seen=[0], other="", sentence="x")
        model.finish_own_part(part=part, by=part.staff, at=at)
    model.set_side_by_side(assessment=row, by=by, at=at)
    for element in ELEMENTS:
        model.agree_level(
            assessment=row, element=element, level=level, sentence="x", decided_by=people, by=by, at=at
        )
    model.end_assessment(assessment=row, by=by, at=at)
    return row
