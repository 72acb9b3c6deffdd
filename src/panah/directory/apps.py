from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "panah.directory"
    label = "directory"
    verbose_name = _("Partners and services")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import panah.directory.hooks  # noqa: F401  apps are ready only now
        from panah.kit import nav

        nav.register("network", "directory:services", "people", _("Partners and services"), 70)
