from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "panah.exchange"
    label = "exchange"

    def ready(self) -> None:
        import panah.exchange.hooks  # noqa: F401  apps are ready only now
