from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "panah.finding"
    label = "finding"

    def ready(self) -> None:
        from panah.finding.permissions import may_find
        from panah.kit import nav

        nav.find_with("finding:find", visible=may_find)
