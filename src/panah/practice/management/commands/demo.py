"""Start a practice node: two invented societies, their colleagues, on this machine alone."""

import os
import sys
from argparse import SUPPRESS
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils.translation import get_language

from panah.node import serving
from panah.practice import nodes, two_nodes


class Command(BaseCommand):
    help = "start a practice node with invented people, and say how to sign in as whom"
    requires_system_checks = ()  # The databases may not be there yet.

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port on localhost (default: 8000)")
        parser.add_argument(
            "--pair",
            action="store_true",
            help="two nodes, each with one society, paired with each other: the second one on the next port",
        )
        # What --pair lets each of its nodes do, in a process of that node's own.
        parser.add_argument("--act", choices=sorted(two_nodes.ACTS), help=SUPPRESS)
        parser.add_argument(
            "--fresh", action="store_true", help="throw the practice data away and start over"
        )

    def handle(self, *args: object, **options: Any) -> None:
        if options["act"]:
            two_nodes.ACTS[options["act"]](options["port"])
            return
        if options["pair"]:
            raise SystemExit(two_nodes.run(first=options["port"], fresh=options["fresh"]))
        serving.port_is_free(host="localhost", port=options["port"])
        home = practice_home()
        if os.environ.get("PANAH_PRACTICE") != "1" or home != settings.HOME:
            self.begin_as_practice(home, options)
        nodes.make_ready(home)
        nodes.tell(home, options["port"])
        connections.close_all()
        raise SystemExit(serving.run(host="localhost", port=options["port"], workers=2))

    def begin_as_practice(self, home: Path, options: dict[str, Any]) -> None:
        """Go on as a process whose settings are those of the practice node."""
        nodes.begin(home, fresh=options["fresh"])
        env = nodes.environment(home, options["port"])
        sys.stdout.flush()
        speaking = ["--language", get_language() or "en"]
        command = [sys.executable, "-m", "panah", "demo", "--port", str(options["port"]), *speaking]
        os.execve(sys.executable, command, env)


def practice_home() -> Path:
    """Return the folder of the practice node."""
    return Path(os.environ.get("PANAH_PRACTICE_HOME", settings.BASE / "practice"))
