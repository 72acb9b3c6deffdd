from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "panah.people.materials"
    label = "materials"

    def ready(self) -> None:
        import panah.people.materials.hooks  # noqa: F401  apps are ready only now
