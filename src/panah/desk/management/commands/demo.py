"""Start a practice node: two invented societies, their colleagues, on this machine alone."""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.accounts.words import Role
from panah.desk import serving
from panah.vault.actions import make_host_file

KEPT = "practice.json"


class Command(BaseCommand):
    help = "start a practice node with invented people, and say how to sign in as whom"
    requires_system_checks = ()  # The databases may not be there yet.

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port on localhost (default: 8000)")
        parser.add_argument(
            "--fresh", action="store_true", help="throw the practice data away and start over"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        serving.port_is_free(host="localhost", port=options["port"])
        home = Path(os.environ.get("PANAH_PRACTICE_HOME", settings.BASE / "practice"))
        if os.environ.get("PANAH_PRACTICE") != "1" or home != settings.HOME:
            self.begin_as_practice(home, options)
        if not (home / KEPT).exists():
            build_in(home)
        elif not serving.has_all_migrations():
            migrate()
        roll_forward()
        tell(home, options["port"])
        connections.close_all()
        raise SystemExit(serving.run(host="localhost", port=options["port"], workers=2))

    def begin_as_practice(self, home: Path, options: dict[str, Any]) -> None:
        """Go on as a process whose settings are those of the practice node."""
        unfinished = home.exists() and not (home / KEPT).exists()
        if home.exists() and (options["fresh"] or unfinished):
            say(
                _("Removing the practice data in %(home)s, as you asked.") % {"home": home}
                if options["fresh"]
                else _("Removing the practice data in %(home)s, since the last start was interrupted.")
                % {"home": home}
            )
            shutil.rmtree(home)
        (home / "copy").mkdir(parents=True, exist_ok=True)
        if not (home / "host.json").exists():
            make_host_file(home / "host.json")
        port = options["port"]
        # Whatever the machine's real node is set to must not reach the practice node.
        env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PANAH_") or name == "PANAH_LAUNCHER"
        }
        env |= {
            "PANAH_HOME": str(home),
            "PANAH_PRACTICE_HOME": str(home),
            "PANAH_PRACTICE": "1",
            "PANAH_COOKIE": f"panah_{port}",
            "PANAH_HOSTS": "localhost,127.0.0.1",
        }
        sys.stdout.flush()
        speaking = ["--language", get_language() or "en"]
        os.execve(
            sys.executable, [sys.executable, "-m", "panah", "demo", "--port", str(port), *speaking], env
        )


def say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def migrate() -> None:
    for alias in serving.ALIASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def roll_forward() -> None:
    """A practice node that stood still for weeks has someone on duty again before it is opened."""
    from panah.desk import practice

    practice.roll_forward(at=timezone.now())


def build_in(home: Path) -> None:
    """Make databases and practice data; practice.json is written last, and says that all is there."""
    from panah.desk import practice

    say(_("Making the practice node, once: about half a minute."))
    migrate()
    made = practice.build(at=timezone.now())
    path = home / KEPT
    descriptor = os.open(path.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(
            {"what": "Practice only: invented people. Never do this with real ones.", **made.kept},
            file,
            indent=1,
        )
    path.with_suffix(".new").replace(path)


def tell(home: Path, port: int) -> None:
    """Print the address, and how to sign in as whom."""
    kept = json.loads((home / KEPT).read_text())
    lines = [
        "",
        _("Practice data: every person here is invented."),
        _("Open  %(address)s") % {"address": f"http://localhost:{port}"},
        _("and sign in with a name and its six words; the sign-in page shows the six digits."),
        "",
    ]
    for name, person in kept["people"].items():
        roles = ", ".join(str(Role(role).label) for role in person["roles"])
        where = person["society"].removeprefix("practice-")
        lines.append(f"  {name:<8} {where:<6} {roles:<26} {person['words']}")
    lines += [
        "",
        _("Printed codes and recovery shares stand in %(file)s. Ctrl-C stops; the same command goes on.")
        % {"file": home / KEPT},
        "",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
