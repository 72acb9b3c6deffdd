from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from panah.accounts.models import Staff


class HotlineConfig(AppConfig):
    name = "panah.hotline"
    label = "hotline"

    def ready(self) -> None:
        import panah.hotline.hooks  # noqa: F401  apps are ready only now
        from panah.hotline import permissions
        from panah.kit import nav

        nav.register_alerts(_warnings, url_name="hotline:alarms_now", script="hotline/alarms.js")
        nav.register(
            "calls", "hotline:calls", "phone", _("Calls"), 20, visible=permissions.may_see_calls, go="gl"
        )


def _warnings(staff: Staff) -> list[Any]:
    # The views know the addresses; they are loaded with the first page, not with the app.
    from panah.hotline.views.alarms import warnings

    return warnings(staff)
