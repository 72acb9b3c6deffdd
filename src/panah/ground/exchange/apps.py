from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "panah.ground.exchange"
    label = "exchange"

    def ready(self) -> None:
        import panah.ground.exchange.hooks  # noqa: F401  apps are ready only now
