"""A practice node in a folder: its settings, made once, brought up to date, and who signs in how."""

import gc
import json
import os
import shutil
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.words import Role
from panah.ground.network.queries import hosted_ids
from panah.ground.vault.actions import cards_stored_at_once, make_host_file, pins_raised_together
from panah.node import serving
from panah.practice import actions as practice
from panah.practice import roster

KEPT = "practice.json"


def say(sentence: str) -> None:
    """Tell the person at the keyboard; standard output belongs to what is asked for."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def begin(home: Path, *, fresh: bool) -> None:
    """Make the folder and its host file; what an interrupted start left, or what is unwanted, is thrown away first."""
    unfinished = home.exists() and not (home / KEPT).exists()
    if home.exists() and (fresh or unfinished):
        say(
            _("Removing the practice data in %(home)s, as you asked.") % {"home": home}
            if fresh
            else _("Removing the practice data in %(home)s, since the last start was interrupted.")
            % {"home": home}
        )
        shutil.rmtree(home)
    (home / "copy").mkdir(parents=True, exist_ok=True)
    if not (home / "host.json").exists():
        make_host_file(home / "host.json")


def environment(home: Path, port: int) -> dict[str, str]:
    """Return the environment of a practice node. Whatever the machine's real node is set to must not reach it."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PANAH_") or name == "PANAH_LAUNCHER"
    }
    return env | {
        "PANAH_HOME": str(home),
        "PANAH_PRACTICE_HOME": str(home),
        "PANAH_PRACTICE": "1",
        "PANAH_COOKIE": f"panah_{port}",
        "PANAH_HOSTS": "localhost,127.0.0.1",
        "PANAH_ADDRESS": f"http://localhost:{port}",
    }


def make_ready(home: Path, *, only: str = "") -> None:
    """Build the node whose settings these are, or bring it up to this version; someone is on duty afterwards."""
    if not (home / KEPT).exists():
        build_in(home, only=only)
    elif not serving.has_all_migrations():
        migrate()
    # A practice node that stood still for weeks has someone on duty again before it is opened.
    roster.roll_forward(at=timezone.now())


def migrate() -> None:
    for alias in serving.ALIASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def build_in(home: Path, *, only: str = "") -> None:
    """Make databases and practice data; practice.json is written last, and says that all is there."""
    say(_("Making the practice node, once: about ten seconds."))
    began = time.monotonic()
    migrate()
    # What is made here is kept until the end: looking for rubbish meanwhile costs a tenth of the time.
    gc.disable()
    with ExitStack() as stack:
        stack.enter_context(pins_raised_together(hosted_ids))
        stack.enter_context(cards_stored_at_once())
        # One commit instead of seven hundred: what is interrupted is thrown away whole anyway.
        for alias in serving.ALIASES:
            stack.enter_context(transaction.atomic(using=alias))
        made = practice.build(at=timezone.now(), only=only)
    gc.enable()
    say(_("Made in %(seconds)d s.") % {"seconds": round(time.monotonic() - began)})
    keep(home, {"what": "Practice only: invented people. Never do this with real ones.", **made.kept})


def kept(home: Path) -> dict[str, object]:
    """Return what practice.json keeps."""
    found: dict[str, object] = json.loads((home / KEPT).read_text())
    return found


def keep(home: Path, what: dict[str, object]) -> None:
    """Write practice.json anew, whole or not at all."""
    path = home / KEPT
    descriptor = os.open(path.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(what, file, indent=1)
    path.with_suffix(".new").replace(path)


def people(home: Path) -> list[str]:
    """Return a line for each colleague: how she signs in, where she works, as what."""
    lines = []
    everyone: dict[str, dict[str, str]] = kept(home)["people"]  # type: ignore[assignment]
    for name, person in everyone.items():
        roles = ", ".join(str(Role(role).label) for role in person["roles"])
        where = person["society"].removeprefix("practice-")
        lines.append(f"  {name:<8} {where:<6} {roles:<26} {person['words']}")
    return lines


def tell(home: Path, port: int) -> None:
    """Print the address, and how to sign in as whom."""
    lines = [
        "",
        _("Practice data: every person here is invented."),
        _("Open  %(address)s") % {"address": f"http://localhost:{port}"},
        _("and sign in with a name and its six words; the sign-in page shows the six digits."),
        _("What a stranger sees: %(address)s") % {"address": f"http://localhost:{port}/info/"},
        "",
        *people(home),
        "",
        _("Printed codes and recovery shares stand in %(file)s. Ctrl-C stops; the same command goes on.")
        % {"file": home / KEPT},
        "",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
