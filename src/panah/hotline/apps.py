from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "panah.hotline"
    label = "hotline"

    def ready(self) -> None:
        import panah.hotline.hooks  # noqa: F401  apps are ready only now
