from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "panah.channels"
    label = "channels"

    def ready(self) -> None:
        import panah.channels.hooks  # noqa: F401  apps are ready only now
        from panah.accounts.permissions import is_staff_manager
        from panah.kit import nav

        nav.register("channels", "channels:channels", "phone", _("Paging"), 83, visible=is_staff_manager)
