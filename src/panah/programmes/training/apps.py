from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "panah.programmes.training"
    label = "training"

    def ready(self) -> None:
        import panah.programmes.training.hooks  # noqa: F401  apps are ready only now
