from django.apps import AppConfig


class ShelterConfig(AppConfig):
    name = "panah.shelter"
    label = "shelter"

    def ready(self) -> None:
        import panah.shelter.hooks  # noqa: F401  apps are ready only now
