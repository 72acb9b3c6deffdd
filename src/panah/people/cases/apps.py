from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "panah.people.cases"
    label = "cases"

    def ready(self) -> None:
        import panah.people.cases.hooks  # noqa: F401  apps are ready only now
