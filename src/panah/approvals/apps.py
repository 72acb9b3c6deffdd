from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "panah.approvals"
    label = "approvals"

    def ready(self) -> None:
        import panah.approvals.hooks  # noqa: F401  apps are ready only now
