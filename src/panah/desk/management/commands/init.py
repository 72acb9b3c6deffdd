"""Make a node, or bring one up to date: keys of the host, databases, the register, the first two focal points."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.desk import serving
from panah.foundation import wall_building
from panah.foundation.errors import Refusal
from panah.vault.actions import make_host_file


class Command(BaseCommand):
    help = "make this node and invite its first two focal points, or bring it up to date"
    requires_system_checks = ()  # The databases may not be there yet.

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--society", help="short name of the society, as the list of ./panah init shows it"
        )
        parser.add_argument(
            "--focal-points", nargs=2, metavar="NAME", help="sign-in names of the first two focal points"
        )
        parser.add_argument(
            "--address",
            default="http://localhost:8000",
            help="how people will reach the node (for the two links)",
        )
        parser.add_argument(
            "--second-place",
            metavar="FOLDER",
            help="folder on another disk or machine for the second copy of the shred store",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Before anything is made: a migration that moves rows must see all of them.
        wall_building.must_pass()
        path = Path(settings.PANAH_HOST_FILE)
        if not path.exists():
            self.begin(path, options)
        for alias in serving.ALIASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        wall_building.build()
        from panah.network.actions import load_reference_data

        load_reference_data(at=timezone.now())
        say(_("The databases and the register are ready for this version."))
        self.invite(options)
        connections.close_all()

    def begin(self, path: Path, options: dict[str, Any]) -> None:
        """Make the host's keys, settle where the second copy of the shred store lies, and go on with both."""
        settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
        second = second_place(options["second_place"])
        second.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_host_file(path)
        say(
            _("Made the host's keys in %(path)s.") % {"path": path}
            + "\n"
            + _("They belong in no backup. The recovery sheet of the key ceremony carries them, sealed.")
        )
        pepper = json.loads(path.read_text())["pepper"]
        say(
            _(
                "Write this line on paper, for the society's safe; without it no passphrase works on a new server:"
            )
            + "\n"
        )
        say("  " + " ".join(pepper[i : i + 8] for i in range(0, len(pepper), 8)) + "\n")
        env = dict(os.environ)
        if second != settings.HOME / "copy":
            lines = {
                "PANAH_SHRED_COPY_URL": str(second / "shred.sqlite3"),
                "PANAH_STORE_COPY_KEY": str(second / "store.key"),
            }
            say(
                _("Set these two for every start of the node:")
                + "\n"
                + "".join(f"  {name}={value}\n" for name, value in lines.items())
            )
            env |= lines
        sys.stdout.flush()
        # Once more with the keys in place: settings are read at the start of a process.
        os.execve(sys.executable, [sys.executable, "-m", "panah", "init", *sys.argv[2:]], env)

    def invite(self, options: dict[str, Any]) -> None:
        """Make the first two focal points of a society and print their links, once."""
        from panah.accounts import actions as accounts
        from panah.accounts.queries import with_role
        from panah.network import actions as network
        from panah.network.queries import hosted_societies, society_or_none
        from panah.vault import actions as vault

        if not options["society"] and hosted_societies():
            say(_("A society works on this node already; nothing else was changed."))
            return
        slug = options["society"] or choose_society()
        society = society_or_none(slug)
        if society is None:
            raise Refusal(_("The register has no society with this short name."), code="no-society")
        if with_role(society, "focal_point"):
            say(_("This society has its focal points already; they invite everyone else."))
            return
        names = options["focal_points"] or [
            ask(_("Sign-in name of focal point %(number)s:") % {"number": number}) for number in (1, 2)
        ]
        at = timezone.now()
        network.host_society(society=society, at=at)
        say(
            _("Two links, shown once. Give each to its own person; each makes words that nobody else sees.")
            + "\n"
        )
        for name in names:
            staff = accounts.add_colleague(
                society=society, username=name, name=name.title(), roles=["focal_point"], at=at
            )
            say(
                f"  {name}: {options['address'].rstrip('/')}/vault/invitation/{vault.invite(staff=staff, at=at)}"
            )
        say(
            "\n"
            + _("Then start the node with: ./panah serve")
            + "\n"
            + _("When both are in, they hold the key ceremony: the first page leads there.")
        )


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def ask(question: str) -> str:
    """Ask at the keyboard; without one, say which option is missing."""
    if not sys.stdin.isatty():
        raise Refusal(
            _("Nobody is at the keyboard."),
            next_step=_("Give --society and --focal-points."),
            code="no-keyboard",
        )
    return input(f"{question} ").strip()


def second_place(given: str | None) -> Path:
    """Return the folder of the shred store's second copy: given, asked for, or beside the first with a warning."""
    if given:
        return Path(given).expanduser().resolve()
    if sys.stdin.isatty():
        say(
            _(
                "What must be able to vanish (halves of keys) lives twice. Losing both copies loses every case."
            )
        )
        answer = input(
            _("Folder on another disk or machine for the second copy (Enter: beside the first):") + " "
        ).strip()
        if answer:
            return Path(answer).expanduser().resolve()
    say(
        _(
            "The second copy lies beside the first: one broken disk would lose both. "
            "Move it before real work begins."
        )
    )
    return Path(settings.HOME / "copy")


def choose_society() -> str:
    """Show the societies of the network first, and ask for one."""
    from panah.network.queries import societies

    known = sorted(societies(), key=lambda s: (not s.central_asian, s.name_en))
    for one in known[:5]:
        say(f"  {one.slug:<30} {one.name_en}")
    more = len(known) - 5
    say(
        "  "
        + ngettext(
            "… and %(num)s more, by its short name in English.",
            "… and %(num)s more, by their short names in English.",
            more,
        )
        % {"num": more}
    )
    return ask(_("Short name of the society that works here:"))
