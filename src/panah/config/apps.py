from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "panah.config"
    label = "config"

    def ready(self) -> None:
        from panah.config import registries

        registries.fill()
