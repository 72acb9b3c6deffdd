from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "panah.evidence"
    label = "evidence"

    def ready(self) -> None:
        import panah.evidence.hooks  # noqa: F401  apps are ready only now
