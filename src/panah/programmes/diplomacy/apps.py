from django.apps import AppConfig


class DiplomacyConfig(AppConfig):
    name = "panah.programmes.diplomacy"
    label = "diplomacy"

    def ready(self) -> None:
        import panah.programmes.diplomacy.hooks  # noqa: F401  apps are ready only now
