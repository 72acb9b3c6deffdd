from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "panah.kit"
    label = "kit"

    def ready(self) -> None:
        from panah.kit import catalogues

        catalogues.compile_all()
