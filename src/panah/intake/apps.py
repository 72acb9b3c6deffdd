from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "panah.intake"
    label = "intake"

    def ready(self) -> None:
        import panah.intake.hooks  # noqa: F401  apps are ready only now
