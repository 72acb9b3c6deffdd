from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "panah.people.finding"
    label = "finding"

    def ready(self) -> None:
        import panah.people.finding.hooks  # noqa: F401  apps are ready only now
