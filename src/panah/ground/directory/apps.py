from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "panah.ground.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import panah.ground.directory.hooks  # noqa: F401  apps are ready only now
