from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "panah.complaints"
    label = "complaints"

    def ready(self) -> None:
        import panah.complaints.hooks  # noqa: F401  apps are ready only now
        from panah.complaints import queries
        from panah.kit import nav

        # Whoever works here can take a complaint down; only those to whom one is open see a number beside it.
        nav.register("complaints", "complaints:start", "help", _("Complaints"), 60, count=queries.waiting)
