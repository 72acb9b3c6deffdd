from django.apps import AppConfig


class ModelConfig(AppConfig):
    name = "panah.programmes.model"
    label = "model"

    def ready(self) -> None:
        import panah.programmes.model.hooks  # noqa: F401  apps are ready only now
