from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "panah.volunteers"
    label = "volunteers"

    def ready(self) -> None:
        import panah.volunteers.hooks  # noqa: F401  apps are ready only now
