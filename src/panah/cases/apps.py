from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "panah.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        import panah.cases.hooks  # noqa: F401  apps are ready only now
        from panah.cases import permissions  # apps are ready only now
        from panah.cases.queries.tabs import tabs_of
        from panah.kit import nav

        nav.register(
            "cases", "cases:list", "case", _("Cases"), 40, visible=permissions.works_on_cases, go="gc"
        )
        nav.register_case_tabs(tabs_of)
