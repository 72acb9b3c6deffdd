from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "panah.programmes.figures"
    label = "figures"

    def ready(self) -> None:
        import panah.programmes.figures.hooks  # noqa: F401  apps are ready only now
