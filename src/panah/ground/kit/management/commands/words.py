"""./panah words: bring the catalogues up to date, or say what is missing in them."""

from argparse import ArgumentParser
from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from panah.ground.kit import catalogues


class Command(BaseCommand):
    help = "Finds the words of every room, keeps their translations, and says what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; answer 1 when any room's words are incomplete",
        )
        parser.add_argument(
            "--language",
            action="append",
            help="a language code; without it, every language of the interface but English",
        )
        parser.add_argument("--room", help="show what is missing in this room only")

    def handle(
        self, *args: object, check: bool, language: list[str] | None, room: str | None, **options: object
    ) -> None:
        languages = language or [code for code, _name in settings.LANGUAGES if code != catalogues.SOURCE]
        if not check:
            for name, code, gone in catalogues.update(languages):
                for sentence in gone:
                    self.stdout.write(f"{name} [{code}] gone: {sentence}")
            catalogues.compile_all()
        found = [problem for problem in catalogues.problems(languages) if room in (None, problem.room)]
        for flaw in found:
            self.stdout.write(str(flaw))
        if not found:
            self.stdout.write(f"All words are there: {', '.join(languages)}.")
            return
        summary = ", ".join(
            f"{number} {kind}" for kind, number in sorted(Counter(one.kind for one in found).items())
        )
        if check:
            raise CommandError(
                f"Words are incomplete: {summary}. Run ./panah words, then fill in the catalogues."
            )
        self.stdout.write(f"Still to do: {summary}.")
