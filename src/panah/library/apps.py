from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "panah.library"
    label = "library"

    def ready(self) -> None:
        import panah.library.hooks  # noqa: F401  apps are ready only now
