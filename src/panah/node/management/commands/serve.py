"""Serve the node's pages, and on SQLite run its worker beside them."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from panah.ground.foundation import rls_policies
from panah.node import serving


class Command(BaseCommand):
    help = "serve the pages of this node; on SQLite its worker runs beside them"
    requires_system_checks = ()  # The databases may not be there yet.

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="localhost", help="where to listen (default: localhost, this machine only)"
        )
        parser.add_argument("--port", type=int, default=8000, help="port (default: 8000)")
        parser.add_argument(
            "--workers",
            type=int,
            default=min(4, os.cpu_count() or 1),
            help="processes that answer (default: one a core, at most 4)",
        )

    def handle(self, *args: object, **options: Any) -> None:
        serving.be_ready()
        serving.only_https_beyond(options["host"])
        serving.port_is_free(host=options["host"], port=options["port"])
        # A machine of the door's own reads no journal.
        journals = [] if settings.PANAH_DOOR_ONLY else serving.not_as_written()
        for sentence in [*rls_policies.problems(), *journals]:
            sys.stderr.write(f"{sentence}\n")
        sys.stderr.write(
            f"Panah answers at http://{options['host']}:{options['port']} until you press Ctrl-C.\n"
        )
        sys.stderr.flush()
        raise SystemExit(serving.run(host=options["host"], port=options["port"], workers=options["workers"]))
