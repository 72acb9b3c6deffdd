"""Something that arrived sealed at North: made as the wire makes it, taken in by the real action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from panah.ground.exchange import envelope
from panah.ground.vault import sealed_body
from panah.ground.vault.keyring import current_key
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival

TULIP = {
    "person": {
        "names": ["Practice Person Tulip"],
        "phones": ["+000 000 1234"],
        "language": "uz",
        "age_group": "adult",
        "story": "Works without papers at the practice brickyard.",
    },
    "wish": "A bed from Friday",
}


def sealed_to(
    world: Any, society: str = "north", content: Any = None, public: Any = None, **header: Any
) -> tuple[bytes, bytes, Any]:
    """Return (header, body, urgency …) as somebody outside seals it to a society's intake key."""
    key = current_key(world.societies[society].pk, "G")
    head = envelope.Header(
        **{
            "id": uuid4(),
            "kind": "report",
            "source": "practice-south",
            "source_node": "00",
            "target": f"practice-{society}",
            "target_node": "00",
            "conversation": uuid4(),
            "urgency": "today",
            "created": world.at,
            "expires": world.at + timedelta(days=30),
            "to_key": f"intake:{key.generation}",
            **header,
        }
    )
    raw = head.pack()
    return (
        raw,
        sealed_body.seal_body(bytes(public or key.public), TULIP if content is None else content, raw),
        head,
    )


def arrive(
    world: Any, content: Any = None, *, at: Any = None, body: bytes | None = None, **more: Any
) -> Arrival:
    """Let something arrive; ``more`` is of the header, or of ``receive``."""
    society, source = more.pop("society", "north"), more.pop("source", "exchange")
    sender = more.pop("sender", world.societies["south"])
    kept = {name: more.pop(name) for name in ("owner", "room", "subject", "file", "number") if name in more}
    raw, sealed, head = sealed_to(world, society, content, **more)
    return inbox.receive(
        society=world.societies[society].pk,
        source=source,
        sender=sender,
        kind=head.kind,
        urgency=head.urgency,
        conversation=head.conversation,
        header=raw,
        body=sealed if body is None else body,
        to_key=head.to_key,
        expires_at=head.expires,
        at=at or world.at,
        **kept,
    )


@pytest.fixture
def arrives(world: Any) -> Callable[..., Arrival]:
    return partial(arrive, world)


@pytest.fixture
def intake(world: Any) -> Any:
    """Elena is on intake duty of North, and holds the intake key."""
    from panah.ground.vault import actions as vault

    vault.change_roles(
        keys=world.keys("bakyt"),
        staff=world.staff["elena"],
        roles=["hotline_operator", "intake"],
        branch=world.branches["arna"],
        at=world.at,
    )
    elena = type(world.staff["elena"]).objects.get(pk=world.staff["elena"].pk)
    world.staff["elena"] = elena
    return elena
