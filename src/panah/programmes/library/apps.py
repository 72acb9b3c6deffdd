from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "panah.programmes.library"
    label = "library"

    def ready(self) -> None:
        import panah.programmes.library.hooks  # noqa: F401  apps are ready only now
