from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "panah.ground.work"
    label = "work"

    def ready(self) -> None:
        import panah.ground.work.hooks  # noqa: F401  apps are ready only now
