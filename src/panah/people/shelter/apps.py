from django.apps import AppConfig


class ShelterConfig(AppConfig):
    name = "panah.people.shelter"
    label = "shelter"

    def ready(self) -> None:
        import panah.people.shelter.hooks  # noqa: F401  apps are ready only now
