from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "panah.ground.approvals"
    label = "approvals"

    def ready(self) -> None:
        import panah.ground.approvals.hooks  # noqa: F401  apps are ready only now
