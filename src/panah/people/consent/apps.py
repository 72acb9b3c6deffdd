from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "panah.people.consent"
    label = "consent"

    def ready(self) -> None:
        import panah.people.consent.hooks  # noqa: F401  apps are ready only now
