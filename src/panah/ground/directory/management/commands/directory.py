"""The service directory out as a file of HSDS 3.0, or in from one."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from panah.ground.directory import actions, queries
from panah.ground.directory.hsds import problems
from panah.ground.directory.hsds.files import MOST_BYTES
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network import queries as network_queries

if TYPE_CHECKING:
    from panah.ground.network.models import Society


class Command(BaseCommand):
    help = "give out the service directory, or take one in, in HSDS 3.0"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = (
            "Write the service directory as JSON or as a zip of tables in HSDS 3.0, or take such a file in. What comes "
            "in starts as never verified. An entry that is not in the register is added; one that the same source told "
            "before and that nobody has changed is renewed; everything else stays as it is and is named: decide about "
            "it on the screen. Addresses of places where people sleep are neither given out nor taken in."
        )
        parser.add_argument("do", choices=["export", "import"])
        parser.add_argument("file", metavar="FILE", help="a name that ends in .json or .zip")
        parser.add_argument(
            "--society", metavar="SLUG", help="export: only what it keeps; import: who will keep the entries"
        )
        parser.add_argument(
            "--nobody", action="store_true", help="import: no society of this node will keep the entries"
        )
        parser.add_argument(
            "--source", metavar="NAME", help="import: who published it; the same words each time"
        )
        parser.add_argument("--as-of", metavar="DAY", help="import: of which day it is, as 2026-11-24")
        parser.add_argument("--check", action="store_true", help="import: read everything and take nothing")
        parser.add_argument(
            "--json", action="store_true", help="import: print the summary as one JSON object"
        )

    def handle(self, *args: object, **options: object) -> None:
        try:
            (self.give_out if options["do"] == "export" else self.take_in)(options)
        except OSError:
            sys.stderr.write("The file cannot be opened: it is not there, or may not be read or written.\n")
            raise SystemExit(2) from None

    def give_out(self, options: dict[str, Any]) -> None:
        path = Path(options["file"])
        form = path.suffix.lower().lstrip(".")
        if form not in ("json", "zip"):
            raise Refusal(
                "The name of the file says neither .json nor .zip.",
                next_step="Give it one of the two endings.",
                code="which-form",
            )
        society = society_of(options["society"]) if options["society"] else None
        rows = queries.everything(society=society)
        path.write_bytes(queries.file_of(rows, form=form, at=timezone.now()))
        sys.stdout.write(f"{len(rows)} services written.\n")

    def take_in(self, options: dict[str, Any]) -> None:
        source, said_at = told(options)
        keeper = None if options["nobody"] else hosted(options["society"])
        owner = keeper or journal_of()
        found = actions.read_directory(
            body=body_of(options["file"]), source=source, iso2=owner.iso2, at=timezone.now()
        )
        counts = {}
        if found.organizations and not options["check"]:
            with tenancy.tenant_context(owner.pk):
                counts = actions.import_directory(
                    entries=found.organizations,
                    source=source,
                    said_at=said_at,
                    society=keeper,
                    owner=owner.pk,
                    at=timezone.now(),
                ).counts()
        services = sum(len(organization.services) for organization in found.organizations)
        show(
            {"organizations": len(found.organizations), "services": services, **counts},
            [problems.say(problem) for problem in found.problems],
            options,
        )
        if not found.organizations:
            raise SystemExit(1)


def body_of(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def told(options: dict[str, Any]) -> tuple[str, datetime]:
    """Whose word it is and of when; refuses with what is missing."""
    source = " ".join((options["source"] or "").split())[:120]
    if not source:
        raise Refusal(
            "It has to be said who published the directory.",
            next_step="Say it with --source, in the same words each time.",
            code="no-source",
        )
    try:
        day = date.fromisoformat(options["as_of"] or "")
    except ValueError:
        raise Refusal(
            "It has to be said of which day the directory is.",
            next_step="Say it with --as-of, as 2026-11-24.",
            code="no-day",
        ) from None
    return source, min(
        datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone()), timezone.now()
    )


def society_of(slug: str) -> Society:
    found = network_queries.society_or_none(slug)
    if found is None:
        raise Refusal(
            "No society of this name is in the register.",
            next_step="Look at its page for the short name.",
            code="no-society",
        )
    return found


def hosted(slug: str | None) -> Society:
    """The society that will keep the entries; refuses with the ones that work here."""
    slugs = [society.slug for society in network_queries.hosted_societies()]
    wanted = slug or (slugs[0] if len(slugs) == 1 else "")
    if wanted not in slugs:
        raise Refusal(
            "Say with --society who will keep the entries, or --nobody.",
            next_step=f"Working here: {', '.join(slugs) or 'none yet'}.",
            code="no-society",
        )
    return society_of(wanted)


def journal_of() -> Society:
    """In whose journal it stands that entries of nobody came in: the first society that works here."""
    slugs = sorted(society.slug for society in network_queries.hosted_societies())
    if not slugs:
        raise Refusal("No society works on this node yet.", next_step="Make one first.", code="no-society")
    return society_of(slugs[0])


def show(counts: dict[str, int], wrong: list[str], options: dict[str, object]) -> None:
    if options["json"]:
        sys.stdout.write(json.dumps({**counts, "problems": wrong}, ensure_ascii=False) + "\n")
        return
    for sentence in wrong:
        sys.stdout.write(f"{sentence}\n")
    sys.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()) + ".\n")
