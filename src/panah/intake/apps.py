from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "panah.intake"
    label = "intake"

    def ready(self) -> None:
        import panah.intake.hooks  # noqa: F401  apps are ready only now
        from panah.inbox import permissions, queries
        from panah.kit import nav

        nav.register(
            "inbox",
            "intake:arrivals",
            "inbox",
            _("Sealed inbox"),
            25,
            visible=permissions.finds_inbox,
            count=queries.waiting_in_menu,
            go="gi",
        )
