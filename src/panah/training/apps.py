from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "panah.training"
    label = "training"

    def ready(self) -> None:
        import panah.training.hooks  # noqa: F401  apps are ready only now
