from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "panah.people.complaints"
    label = "complaints"

    def ready(self) -> None:
        import panah.people.complaints.hooks  # noqa: F401  apps are ready only now
