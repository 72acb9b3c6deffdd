from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "panah.referrals"
    label = "referrals"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        import panah.referrals.hooks  # noqa: F401  apps are ready only now
        from panah.cases import queries as cases_queries
        from panah.consent import withdrawal_effects
        from panah.referrals import actions

        cases_queries.register_tab("referrals", "referrals:list", _("Referrals"), 50)
        withdrawal_effects.register("referrals", preview=actions.preview_stop, act=actions.stop)
