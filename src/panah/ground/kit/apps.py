from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "panah.ground.kit"
    label = "kit"

    def ready(self) -> None:
        from panah.ground.kit import catalogues

        catalogues.compile_all()
