from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "panah.finding"
    label = "finding"

    def ready(self) -> None:
        import panah.finding.hooks  # noqa: F401  apps are ready only now
        from panah.finding.permissions import may_find
        from panah.kit import nav

        nav.register_search("finding:find", visible=may_find)
