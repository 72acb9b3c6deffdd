from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "panah.desk"
    label = "desk"

    def ready(self) -> None:
        import panah.desk.hooks  # noqa: F401  apps are ready only now
