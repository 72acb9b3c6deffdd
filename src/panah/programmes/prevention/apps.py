from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "panah.programmes.prevention"
    label = "prevention"

    def ready(self) -> None:
        import panah.programmes.prevention.hooks  # noqa: F401  apps are ready only now
