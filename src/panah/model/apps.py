from django.apps import AppConfig


class ModelConfig(AppConfig):
    name = "panah.model"
    label = "model"

    def ready(self) -> None:
        import panah.model.hooks  # noqa: F401  apps are ready only now
