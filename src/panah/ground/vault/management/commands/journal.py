"""Check the journal of each society, or print its head for a witness to keep."""

from __future__ import annotations

import re
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from panah.ground.audit import queries as audit_queries
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network.queries import SocietyCard, hosted_societies
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import JournalState

WRONG = {
    "missing": "an entry is missing",
    "changed": "an entry was changed, or one was put in",
    "differs from the witness": "it is not the journal that the witness saw",
    "cut off before the witness": "it ends before what the witness saw",
    "differs from its head": "the head of the journal names another one as its last",
}
UNFIT = {
    JournalState.SHORTER: "it was further once",
    JournalState.CHANGED: "it does not go on from there",
    JournalState.NO_PIN: "that is missing in the shred store",
}


class Command(BaseCommand):
    help = "check the journal's chain (verify), or print its head for a witness (head)"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("do", choices=["verify", "head"])
        parser.add_argument(
            "--society", metavar="SLUG", help="one society; without it, every one that works here"
        )
        parser.add_argument(
            "--head", metavar="N:HEX", help="a head that a witness kept: as ./panah journal head printed it"
        )

    def handle(self, *args: object, **options: Any) -> None:
        wanted = [s for s in hosted_societies() if options["society"] in (None, s.slug)]
        if not wanted:
            raise Refusal(
                "No society of this name works on this node.",
                next_step="Look at ./panah journal head.",
                code="no-society",
            )
        if options["do"] == "head":
            for society in wanted:
                with tenancy.tenant_context(society.id):
                    number, digest = audit_queries.head(society.id)
                sys.stdout.write(f"{society.slug} {number}:{digest.hex()}\n")
            return
        witnessed = read_head(options["head"]) if options["head"] else None
        if witnessed and len(wanted) > 1:
            raise Refusal("A head belongs to one society.", next_step="Add --society.", code="which-society")
        held = [verify(society, witnessed) for society in wanted]
        if not all(held):
            raise SystemExit(1)
        if witnessed is None:
            sys.stdout.write(
                "No witness was asked: whoever could write to this database could have made the whole chain anew. "
                "Compare with a head kept elsewhere: --head N:HEX.\n"
            )


def read_head(text: str) -> tuple[int, bytes]:
    """Return (number, hash) of a printed head, or refuse."""
    found = re.fullmatch(r"\s*(\d+):([0-9a-fA-F]{64})\s*", text)
    if found is None:
        raise Refusal(
            "This is no head of a journal.",
            next_step="It reads like 1203:9f3c… with 64 characters after the colon.",
            code="no-head",
        )
    return int(found[1]), bytes.fromhex(found[2])


def verify(society: SocietyCard, witnessed: tuple[int, bytes] | None) -> bool:
    """Check one journal and say what was found; returns whether it holds."""
    with tenancy.tenant_context(society.id):
        verdict = audit_queries.verify_society(society.id, witnessed=witnessed)
        state = vault_queries.journal_state(society.id)
        older = vault_queries.set_back(society.id)
    if verdict.wrong_at is not None:
        sys.stdout.write(
            f"{society.slug}: does not hold. At entry {verdict.wrong_at}: {WRONG[verdict.why]}.\n"
        )
        return False
    if state != JournalState.HOLDS:
        sys.stdout.write(f"{society.slug}: does not fit what this node kept of it: {UNFIT[state]}.\n")
        return False
    if older:
        sys.stdout.write(
            f"{society.slug}: its files do not fit what was written: {older} are older, or their pins are gone.\n"
        )
        return False
    sys.stdout.write(
        f"{society.slug}: {verdict.entries} entries hold, head {verdict.entries}:{verdict.head.hex()}.\n"
    )
    return True
