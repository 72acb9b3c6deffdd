"""Open to the database role of the public door's own machine what the door needs, and nothing else."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from panah.ground.vault import actions as vault
from panah.ground.vault.prompts import say
from panah.node import door_role


class Command(BaseCommand):
    help = "open to the public door's own database role what it needs, and nothing else"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", default="panah_door", help="name of the role (default: panah_door)")
        parser.add_argument(
            "--host-file",
            type=Path,
            metavar="FILE",
            help="write the host file of that machine: the door's pepper, no key of the node. Never written over",
        )

    def handle(self, *args: object, **options: Any) -> None:
        door_role.let_in(options["role"])
        say(
            _("The role %(role)s may do what the public door needs, and nothing else.")
            % {"role": options["role"]}
        )
        if options["host_file"]:
            vault.make_door_file(options["host_file"])
            say(
                _("Written: %(file)s. It belongs on the door's machine alone, as PANAH_HOST_FILE.")
                % {"file": options["host_file"]}
            )
