from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "panah.ground.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import panah.ground.network.hooks  # noqa: F401  apps are ready only now
