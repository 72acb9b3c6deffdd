"""Write a backup of the main database while people work."""

from datetime import UTC
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.ground.network.queries import hosted_ids
from panah.ground.vault import backup
from panah.ground.vault.events import BACKED_UP
from panah.ground.vault.prompts import say


class Command(BaseCommand):
    help = "write a backup of this node's main database while people work"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="where to write it; without one, panah-DATE-TIME.backup in this folder. Never written over",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        target = options["file"] or Path(f"panah-{at.astimezone(UTC):%Y%m%d-%H%M%S}.backup")
        manifest = backup.write(target, at=at)
        for society in hosted_ids():
            with tenancy.tenant_context(society):
                audit.record(event=BACKED_UP, by=None, society=society, at=at)
        rows = sum(manifest["rows"].values())
        size = target.stat().st_size
        say(
            _("%(file)s: rows %(rows)s, bytes %(size)s, signed by this node.")
            % {"file": target, "rows": rows, "size": size}
        )
        say(_("In it: who works here, what is due, and what is sealed."))
        say(_("Not in it, on purpose: the shred store, its keys and the host file."))
        say(
            _(
                "Without the shred store nothing about a person opens: its second copy must live on another disk."
            )
        )
