from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "panah.finding"
    label = "finding"

    def ready(self) -> None:
        import panah.finding.hooks  # noqa: F401  apps are ready only now
