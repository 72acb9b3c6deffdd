from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HotlineConfig(AppConfig):
    name = "panah.hotline"
    label = "hotline"

    def ready(self) -> None:
        from panah.hotline import permissions
        from panah.kit import nav

        nav.register("calls", "hotline:calls", "phone", _("Calls"), 20, visible=permissions.may_see_calls, go="gc")
