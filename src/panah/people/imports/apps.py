from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "panah.people.imports"
    label = "imports"

    def ready(self) -> None:
        import panah.people.imports.hooks  # noqa: F401  apps are ready only now
