"""What screening registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.network.capabilities import CAPABILITIES, Capability
from panah.ground.work.told_parts import SHEETS, in_order
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.screening import queries as screening_queries
from panah.people.screening import result_text, told
from panah.people.screening.urls import urlpatterns

cases_queries.TABS.register(
    "screening", cases_queries.Tab("screening:start", _("Screening"), cases_queries.CaseTab.STORY), order=60
)
cases_queries.STRIP.register("screening", result_text.in_the_strip, order=10)
cases.EXTRA_FACTS.register("screening", screening_queries.was_screened)
# Closes every page of this room; the prompts beside a call belong to the hotline and stay.
CAPABILITIES.register(
    "screening",
    Capability(
        _("Screening beyond the first questions"),
        _(
            "The questions beside a call are enough to refer. Whoever takes the person on asks the rest, over several "
            "meetings."
        ),
        frozenset(f"screening:{one.name}" for one in urlpatterns),
        stays_open=cases_queries.opened_before,
        levels={"identification": 2},
    ),
)
for about in ("case", "contact"):
    for name, part, order in in_order(about, told.SHEETS, order=100):
        SHEETS.register(name, part, order=order)
