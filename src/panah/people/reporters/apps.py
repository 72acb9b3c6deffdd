from django.apps import AppConfig


class ReportersConfig(AppConfig):
    name = "panah.people.reporters"
    label = "reporters"

    def ready(self) -> None:
        import panah.people.reporters.hooks  # noqa: F401  apps are ready only now
