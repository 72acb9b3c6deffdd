from django.apps import AppConfig


class DiplomacyConfig(AppConfig):
    name = "panah.diplomacy"
    label = "diplomacy"

    def ready(self) -> None:
        import panah.diplomacy.hooks  # noqa: F401  apps are ready only now
