from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ScreeningConfig(AppConfig):
    name = "panah.screening"
    label = "screening"

    def ready(self) -> None:
        from panah.cases import queries as cases_queries  # apps are ready only now
        from panah.screening import result_text
        from panah.screening.checks import sets_of_questions_can_be_read

        # `serve` and `worker` ask all checks of this name before they begin.
        checks.register(sets_of_questions_can_be_read, "own_files")
        cases_queries.register_tab("screening", "screening:start", _("Screening"), 60)
        cases_queries.register_fact(result_text.in_the_strip)
