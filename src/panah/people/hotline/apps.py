from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "panah.people.hotline"
    label = "hotline"

    def ready(self) -> None:
        import panah.people.hotline.hooks  # noqa: F401  apps are ready only now
