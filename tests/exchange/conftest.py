"""Two societies that change their keys; a room that keeps what arrives; and somebody who offers."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.words import OF_NODES, PERSONAL, MessageKind, ReceiptCode
from panah.ground.vault import actions as vault
from panah.ground.vault import host_secrets
from tests.conftest import everyone_signs_in
from tests.full_disk import full  # noqa: F401  a fixture


def of_north(world):
    """What North sends to South, for ``exchange.stop``."""
    return {"society": world.societies["north"].pk, "theirs": world.societies["south"].pk}


@pytest.fixture
def new_signing_key(world):
    """A society gets a new D: one focal point proposes it, the other confirms it; then everybody signs in."""

    def changed(first, second):
        everyone_signs_in(world)
        vault.propose_signing_key(keys=world.keys(first), at=timezone.now())
        vault.confirm_signing_key(keys=world.keys(second), at=timezone.now())
        everyone_signs_in(world)

    return changed


@pytest.fixture
def arrived():
    """What the rooms above were given, in order: (society's slug, kind, envelope)."""
    came = []

    def keep(*, peer, envelope, at):
        came.append((peer.society.slug, envelope.header.kind, envelope))
        return ReceiptCode.TAKEN

    kinds = PERSONAL | OF_NODES - {MessageKind.FIGURES}
    with exchange.HANDLERS.temporarily("arrived", exchange.MessageHandler(kinds, keep), order=-1):
        yield came


@pytest.fixture
def offer(world, paired, at):
    """Amina offers a person to South; returns the row."""

    def send(conversation=None, **more):
        more = {"kind": MessageKind.OFFERED, "content": {"need": "a bed"}, "at": at} | more
        return exchange.send(
            keys=world.keys("amina"), peer=paired.north, conversation=conversation or uuid4(), **more
        )

    return send


@pytest.fixture
def own_host_file(tmp_path):
    """A host file of this test's own: what is changed in it is gone afterwards."""
    path = Path(settings.PANAH_HOST_FILE)
    before = path.read_text()
    yield path
    path.write_text(before)
    host_secrets.host.cache_clear()


@pytest.fixture
def offers_are_taken():
    """A room above that takes each offer and keeps nothing of it."""
    handler = exchange.MessageHandler(frozenset({MessageKind.OFFERED}), lambda **_: ReceiptCode.TAKEN)
    with exchange.HANDLERS.temporarily("offers", handler, order=-2):
        yield
