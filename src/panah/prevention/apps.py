from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "panah.prevention"
    label = "prevention"

    def ready(self) -> None:
        import panah.prevention.hooks  # noqa: F401  apps are ready only now
