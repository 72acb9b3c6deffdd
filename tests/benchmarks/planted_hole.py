"""A journey that believes a plain column on purpose: whoever stands in the row of a case reads it."""

from benchmarks.columns.journeys_inside import a_case
from benchmarks.columns.walk import Journey
from panah.ground.accounts.queries import roles_held
from panah.people.cases.models import Case


def amina_opens_a_case(stage):
    a_case(stage, "amina", "Practice: she is well.")


def the_case_is_looked_at(stage):
    stage.kept["reads"] = frozenset(Case.objects.values_list("owner__username", flat=True))


def came(stage):
    leads = [name for name, one in stage.staff.items() if "focal_point" in roles_held(one.society_id)[one.pk]]
    return {"reads": stage.kept["reads"], "leads": frozenset(leads)}


HOLE = Journey("planted", amina_opens_a_case, (the_case_is_looked_at,), came)
