from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShelterConfig(AppConfig):
    name = "panah.shelter"
    label = "shelter"
    verbose_name = _("Safe places")

    def ready(self) -> None:
        import panah.shelter.hooks  # noqa: F401  apps are ready only now
        from panah.kit import nav
        from panah.shelter import permissions, queries

        nav.register(
            "shelter",
            "shelter:places",
            "bed",
            _("Safe places"),
            45,
            visible=permissions.may_enter,
            count=queries.waiting,
            go="gb",
        )
