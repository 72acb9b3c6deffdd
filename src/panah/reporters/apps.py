from django.apps import AppConfig


class ReportersConfig(AppConfig):
    name = "panah.reporters"
    label = "reporters"

    def ready(self) -> None:
        import panah.reporters.hooks  # noqa: F401  apps are ready only now
