from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "panah.consent"
    label = "consent"

    def ready(self) -> None:
        import panah.consent.hooks  # noqa: F401  apps are ready only now
