from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "panah.ground.channels"
    label = "channels"

    def ready(self) -> None:
        import panah.ground.channels.hooks  # noqa: F401  apps are ready only now
