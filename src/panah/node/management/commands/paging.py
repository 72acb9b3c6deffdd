"""Say on the machine whether colleagues can be called: for whoever watches the node. Strangers are not told."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from panah.ground.channels.queries import paging_state


class Command(BaseCommand):
    help = "say whether paging works, no channel works, or it is held up; exit code 1 unless it works"
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        """``no channel works``: of some society here; ``held up``: nobody sends, so look at the worker."""
        state = paging_state(at=timezone.now())
        sys.stdout.write(f"{state}\n")
        if state != "works":
            raise SystemExit(1)
