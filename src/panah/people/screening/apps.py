from django.apps import AppConfig
from django.core import checks


class ScreeningConfig(AppConfig):
    name = "panah.people.screening"
    label = "screening"

    def ready(self) -> None:
        import panah.people.screening.hooks  # noqa: F401  apps are ready only now
        from panah.people.screening.checks import sets_of_questions_can_be_read

        # `serve` and `worker` ask all checks of this name before they begin.
        checks.register(sets_of_questions_can_be_read, "own_files")
