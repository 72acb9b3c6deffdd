from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    name = "panah.safety"
    label = "safety"

    def ready(self) -> None:
        import panah.safety.hooks  # noqa: F401  apps are ready only now
        from panah.kit import nav
        from panah.safety import permissions, queries

        # Everybody here can report a threat; only those to whom one is open see a number beside it.
        nav.register("safety", "safety:start", "warn", _("Staff safety"), 61, count=queries.waiting)
        nav.register(
            "interpreters",
            "safety:interpreters",
            "people",
            _("Interpreters"),
            62,
            visible=permissions.names_interpreters,
        )
