from django.apps import AppConfig


class MonthConfig(AppConfig):
    name = "panah.month"
    label = "month"

    def ready(self) -> None:
        import panah.month.hooks  # noqa: F401  apps are ready only now
