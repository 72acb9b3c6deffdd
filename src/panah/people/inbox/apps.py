from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "panah.people.inbox"
    label = "inbox"

    def ready(self) -> None:
        import panah.people.inbox.hooks  # noqa: F401  apps are ready only now
