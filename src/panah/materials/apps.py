from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "panah.materials"
    label = "materials"

    def ready(self) -> None:
        import panah.materials.hooks  # noqa: F401  apps are ready only now
