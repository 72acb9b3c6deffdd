from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "panah.programmes.volunteers"
    label = "volunteers"

    def ready(self) -> None:
        import panah.programmes.volunteers.hooks  # noqa: F401  apps are ready only now
