"""Pairing two societies as two focal points see it, each at her own screen; and every page of it, for everyone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.words import MessageKind, PeerState, SendingState
from tests.browser.conftest import complaints_about, press
from tests.browser.measures import axe_finds
from tests.conftest import everyone_signs_in, pair


@pytest.fixture
def busy(world: Any) -> Any:
    """North is paired with South, which shows new keys; messages wait and are stuck; its journal's head is kept."""
    everyone_signs_in(world)
    at = timezone.now()
    peer, back = pair(world, "bakyt", "rustam", at), pair(world, "rustam", "bakyt", at)
    exchange.send_heads(at=at)
    exchange.deliver_due(at=at)
    for state in (SendingState.WAITING, SendingState.STUCK, SendingState.EXPIRED):
        row = exchange.send(
            keys=world.keys("amina"),
            peer=peer,
            kind=MessageKind.OFFERED,
            conversation=uuid4(),
            content={},
            at=at,
        )
        if state != SendingState.WAITING:
            Outgoing.objects.filter(pk=row.pk).update(state=state, settled_at=at, code="bad-signature")
    exchange.open_card(
        keys=world.keys("bakyt"), address="https://a-rather-long-name.panah.example.org", at=at
    )
    Peer.objects.filter(pk=peer.pk).update(
        failed_since=at - timedelta(hours=5),
        failure="unreachable",
        address="https://a-rather-long-name.panah.example.org:8443",
    )
    world.peer, world.back = peer, back
    return world


PAGES = {
    "with whom": ("bakyt", "/exchange/"),
    "with whom, for all": ("amina", "/exchange/"),
    "own card": ("bakyt", "/exchange/card/"),
    "own card, not shown": ("rustam", "/exchange/card/"),
    "their card": ("bakyt", "/exchange/pair/"),
    "the words": ("bakyt", "/exchange/PEER/compare/"),
    "one society": ("bakyt", "/exchange/PEER/"),
    "block": ("bakyt", "/exchange/PEER/block/"),
    "end": ("bakyt", "/exchange/PEER/end/"),
    "read a file": ("bakyt", "/exchange/read-file/"),
    "who keeps our journal's head": ("bakyt", "/journal/check"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_pairing_can_be_used_by_everyone(
    look: Callable[..., object], busy: Any, name: str
) -> None:
    who, url = PAGES[name]
    look(who, url.replace("PEER", str(busy.peer.pk)))


def test_nobody_is_paired_yet(look: Callable[..., object], world: Any) -> None:
    look("bakyt", "/exchange/")


@pytest.mark.parametrize(
    ("language", "scripts", "names"),
    [
        ("en", True, ("Take the card", "Compare the words", "Show the card for two days", "Paired society")),
        (
            "ru",
            False,
            ("Взять карточку", "Сверить слова", "Показать карточку на два дня", "Связанное общество"),
        ),
    ],
)
def test_two_focal_points_pair_their_societies(
    visit: Callable[..., Any], world: Any, language: str, scripts: bool, names: tuple[str, ...]
) -> None:
    take, compare, show, done = names
    everyone_signs_in(world)
    theirs = visit("rustam", "/exchange/card/", width=360, language=language, scripts=scripts)
    press(theirs.get_by_role("button", name=show))
    card = theirs.locator("#card-text").input_value()
    words = _own(theirs)
    assert len(words) == 6

    ours = visit("bakyt", "/exchange/pair/", language=language, scripts=scripts)
    press(ours.get_by_role("button", name=take))
    assert ours.locator(".errors").count() == 1
    ours.locator("#id_society").select_option("practice-south")
    ours.locator("#id_text").fill(card)
    press(ours.get_by_role("button", name=take))
    assert all(
        word not in ours.locator("main").inner_text().split() for word in words if word not in _own(ours)
    )
    ours.locator("#id_words").fill("acid adapt adjust admit adult advance")
    press(ours.get_by_role("button", name=compare))
    assert ours.locator(".errors").count() == 1
    assert ours.locator("#id_words").input_value() == "acid adapt adjust admit adult advance"
    if scripts:
        assert axe_finds(ours) == []
    ours.locator("#id_words").fill(", ".join(words).upper())
    press(ours.get_by_role("button", name=compare))
    assert done in ours.title()
    assert Peer.objects.get(society=world.societies["north"]).state == PeerState.PAIRED
    assert [one for one in complaints_about(ours) if "422" not in one] == []


def _own(page: Any) -> list[str]:
    # Without the reading aid beside them.
    return [text.split()[0] for text in page.locator(".share-words li").all_inner_texts()]
