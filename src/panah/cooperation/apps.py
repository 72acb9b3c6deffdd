from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "panah.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        import panah.cooperation.hooks  # noqa: F401  apps are ready only now
