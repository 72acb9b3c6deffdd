from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "panah.network"
    label = "network"
    verbose_name = _("Societies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import panah.network.hooks  # noqa: F401  apps are ready only now
