from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "panah.people.intake"
    label = "intake"

    def ready(self) -> None:
        import panah.people.intake.hooks  # noqa: F401  apps are ready only now
