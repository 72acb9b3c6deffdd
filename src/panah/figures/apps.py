from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "panah.figures"
    label = "figures"

    def ready(self) -> None:
        import panah.figures.hooks  # noqa: F401  apps are ready only now
