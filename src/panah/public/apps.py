from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "panah.public"
    label = "public"

    def ready(self) -> None:
        import panah.public.hooks  # noqa: F401  apps are ready only now
