from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "panah.exchange"
    label = "exchange"
    verbose_name = _("Paired societies")

    def ready(self) -> None:
        import panah.exchange.hooks  # noqa: F401  apps are ready only now
        from panah.kit import nav

        nav.register("exchange", "exchange:peers", "across", _("Paired societies"), 72)
