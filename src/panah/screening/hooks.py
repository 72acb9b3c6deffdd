"""What screening registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.cases import queries as cases_queries
from panah.screening import result_text

cases_queries.TABS.register(
    "screening", cases_queries.Tab("screening:start", _("Screening"), cases_queries.CaseTab.STORY), order=60
)
cases_queries.STRIP.register("screening", result_text.in_the_strip, order=10)
