from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "panah.complaints"
    label = "complaints"

    def ready(self) -> None:
        import panah.complaints.hooks  # noqa: F401  apps are ready only now
