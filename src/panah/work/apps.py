from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "panah.work"
    label = "work"

    def ready(self) -> None:
        import panah.work.hooks  # noqa: F401  apps are ready only now
