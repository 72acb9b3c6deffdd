from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "panah.programmes.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        import panah.programmes.cooperation.hooks  # noqa: F401  apps are ready only now
