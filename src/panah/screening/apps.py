from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "panah.screening"
    label = "screening"

    def ready(self) -> None:
        from panah.screening import checks  # noqa: F401  importing registers the check
