from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "panah.cases"
    label = "cases"

    def ready(self) -> None:
        import panah.cases.hooks  # noqa: F401  apps are ready only now
