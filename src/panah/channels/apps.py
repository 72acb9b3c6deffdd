from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "panah.channels"
    label = "channels"

    def ready(self) -> None:
        import panah.channels.hooks  # noqa: F401  apps are ready only now
