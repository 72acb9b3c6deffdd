from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "panah.finding"
    label = "finding"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        import panah.finding.hooks  # noqa: F401  apps are ready only now
        from panah.cases import queries as cases_queries
        from panah.consent import withdrawal_effects
        from panah.finding import actions
        from panah.finding.permissions import may_find
        from panah.kit import nav

        nav.register_search("finding:find", visible=may_find)
        cases_queries.register_tab("known", "finding:there", _("Known elsewhere"), 53)
        withdrawal_effects.register("finding", preview=actions.preview_stop, act=actions.stop)
