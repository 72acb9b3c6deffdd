"""What an administrator does for the wire: new keys of the node in two steps, and the heads kept for others."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from panah.ground.exchange import actions
from panah.ground.exchange.models import Outgoing, Peer, WitnessedHead
from panah.ground.exchange.words import SendingState
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network.queries import SocietyCard, hosted_societies
from panah.ground.vault import node_keys

if TYPE_CHECKING:
    pass


class Command(BaseCommand):
    help = (
        "keys of this node on the wire: new-node-key, then switch-node-key; heads: journals kept for others"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("do", choices=["new-node-key", "switch-node-key", "heads"])
        parser.add_argument(
            "--anyway",
            action="store_true",
            help="switch although some have not heard of the new key: they must be paired anew",
        )

    def handle(self, *args: object, **options: Any) -> None:
        do = {"new-node-key": prepare, "heads": heads}.get(options["do"])
        if do is not None:
            do()
        else:
            switch(anyway=options["anyway"])


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def prepare() -> None:
    """Make the next keys of this node; the focal points of its societies find it on their lists within the hour."""
    node_keys.prepare()
    say(
        "The next keys of this node are made. A focal point of each society that works here now tells the paired\n"
        "societies: Paired societies, Tell the paired societies. Then: ./panah exchange switch-node-key"
    )


def switch(*, anyway: bool) -> None:
    """Use the keys that were prepared, once everybody has heard of them and nothing waits that the old one signed."""
    if node_keys.next_keys() is None:
        raise Refusal(
            "No new keys of this node wait.",
            next_step="Make them first: ./panah exchange new-node-key.",
            code="no-next-node-key",
        )
    left = [line for society in hosted_societies() for line in behind(society)]
    if left and not anyway:
        raise Refusal(
            "Not yet:\n  " + "\n  ".join(left) + "\nNothing was changed.",
            next_step="Wait until it is there. With --anyway, those societies must be paired anew.",
            code="not-told-yet",
        )
    node_keys.switch()
    say(
        "The new keys of this node are in force. Start the node anew now: ./panah serve, and the worker.\n"
        "The recovery sheet of each society holds the old ones: let the focal points print a new one."
    )


def behind(society: SocietyCard) -> list[str]:
    """Return what speaks against switching now, a sentence for each peer."""
    with tenancy.tenant_context(society.id):
        told = [
            f"{society.slug}: {peer.theirs.slug} has not got the new key."
            for peer in actions.not_told(society.id, at=timezone.now())
        ]
        waits = Outgoing.objects.filter(
            society=society.id, state__in=[SendingState.WAITING, SendingState.STUCK]
        )
        counted: dict[str, int] = {}
        for slug in waits.values_list("peer__theirs__slug", flat=True):
            counted[slug] = counted.get(slug, 0) + 1
    return told + [f"{society.slug}: {n} messages wait for {slug}." for slug, n in sorted(counted.items())]


def heads() -> None:
    """Print the newest head of each journal kept for others, as ./panah journal verify --head takes it."""
    for society in hosted_societies():
        with tenancy.tenant_context(society.id):
            for peer in Peer.objects.filter(society=society.id).select_related("theirs"):
                newest = WitnessedHead.objects.filter(peer=peer).order_by("-number").first()
                if newest is not None:
                    say(
                        f"{peer.theirs.slug} {newest.number}:{bytes(newest.digest).hex()} {newest.told_at:%Y-%m-%d}"
                    )
