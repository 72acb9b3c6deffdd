from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "panah.people.safety"
    label = "safety"

    def ready(self) -> None:
        import panah.people.safety.hooks  # noqa: F401  apps are ready only now
