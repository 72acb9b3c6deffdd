from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "panah.programmes.evidence"
    label = "evidence"

    def ready(self) -> None:
        import panah.programmes.evidence.hooks  # noqa: F401  apps are ready only now
