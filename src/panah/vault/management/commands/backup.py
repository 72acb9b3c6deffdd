"""Write a backup of the main database while people work."""

import sys
from datetime import UTC
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from panah.vault import backup


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
        rows = sum(manifest["rows"].values())
        sys.stdout.write(
            f"{target}: {rows} rows, {target.stat().st_size} bytes, signed by this node.\n"
            "In it: who works here, what is due, and what is sealed. Not in it, on purpose: the shred store, its keys and the\n"  # noqa: E501
            "host file. Without the shred store nothing about a person opens: its second copy must live on another disk.\n"  # noqa: E501
        )
