from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "panah.safety"
    label = "safety"

    def ready(self) -> None:
        import panah.safety.hooks  # noqa: F401  apps are ready only now
