from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "panah.imports"
    label = "imports"

    def ready(self) -> None:
        from panah.cases.queries import lists  # apps are ready only now
        from panah.imports import permissions

        lists.register_list_action(
            "imports:export", _("Take out with names (HTCDS)"), permissions.may_export, filtered=True
        )
        lists.register_list_action("imports:bring", _("Bring cases in from a table"), permissions.may_import)
