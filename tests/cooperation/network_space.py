"""What societies share: passed on, told to another society, arrived there."""

from __future__ import annotations

import html
import os

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.envelope import MAGIC, VERSION, Envelope
from panah.ground.exchange.models import Peer
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation import tenancy
from panah.ground.vault import node_keys
from panah.ground.vault.sealed_body import seal_body
from panah.ground.work.models import DueItem
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation.models import ReceivedEntry


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def here(name, *args):
    return reverse(f"cooperation:{name}", args=args)


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def passed_on(world):
    """The worker tells what is shared, and delivers."""
    for name in ("north", "south"):
        with tenancy.tenant_context(world.societies[name].pk):
            cooperation.tell_all(at=timezone.now())
            exchange.deliver_due(at=timezone.now())


def told_to(world, name):
    return ReceivedEntry.objects.filter(society=world.societies[name])


def on_list(who, purpose):
    return DueItem.objects.filter(owner=who, purpose=purpose, done_at=None)


@pytest.fixture
def shared(world, paired):
    """North tells what it does, and a duty number that was tried."""
    by, at = world.staff["bakyt"], timezone.now()
    profile = cooperation.save_profile(
        mandate="Practice: the law of 2020.", means={"escort": "self"}, by=by, at=at
    )
    point = cooperation.save_point(
        phone="+7 701 000 0000", night=True, line="", languages=["ru"], function="duty", title="Practice duty desk",
        email="", hours="", by=by, at=at,
    )  # fmt: skip
    corridor = cooperation.save_corridor(
        origin="KZ", destination="TR", works={"reception": "works", "legal": "not"}, note="", by=by, at=at
    )
    for kind, row in (("profile", profile), ("point", point), ("corridor", corridor)):
        cooperation.share(kind=kind, entry=row.pk, shared=True, by=by, at=timezone.now())
    passed_on(world)
    return point


def arrives(world, paired, content, elsewhere=True):
    """South's node takes this from North, as it came over the wire."""
    if elsewhere:
        Peer.objects.filter(pk=paired.north.pk).update(node=os.urandom(32))
        paired.north.refresh_from_db()
    row = exchange.send_of_node(peer=paired.north, kind=MessageKind.DIRECTORY, content={}, at=timezone.now())
    raw = bytes(row.header)
    body, signature = seal_body(node_keys.boxes()[0].public, content, raw), bytes(row.signature)
    sizes = [len(one).to_bytes(4, "big") for one in (raw, body)]
    envelope = Envelope.unpack(MAGIC + bytes([VERSION]) + sizes[0] + raw + sizes[1] + body + signature)
    peer = Peer.objects.select_related("society", "theirs").get(pk=paired.south.pk)
    with tenancy.tenant_context(world.societies["south"].pk):
        return cooperation.take(peer=peer, envelope=envelope, at=timezone.now())


def status(row_day, **more):
    said = {
        "title": "Practice: theirs", "provisions": ["palermo/9"], "begins_on": "2026-01-01", "ends_on": "2027-01-01",
        "progress": "under_way", "why": "", "kind": "document", "evidence": "Practice: a list", "source": "No. 3",
        "shown_on": row_day, "printed": True, **more,
    }  # fmt: skip
    return {
        "cooperation": 1, "kind": "status", "entry": "00000000-0000-4000-8000-000000000009", "said": said,
        "society": "practice-north", "as_of": timezone.now().isoformat(), "ended": False, "for_review": False,
    }  # fmt: skip
