from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "panah.imports"
    label = "imports"

    def ready(self) -> None:
        import panah.imports.hooks  # noqa: F401  apps are ready only now
