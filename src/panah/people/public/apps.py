from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "panah.people.public"
    label = "public"

    def ready(self) -> None:
        import panah.people.public.hooks  # noqa: F401  apps are ready only now
