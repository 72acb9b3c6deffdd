from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "panah.inbox"
    label = "inbox"

    def ready(self) -> None:
        import panah.inbox.hooks  # noqa: F401  apps are ready only now
