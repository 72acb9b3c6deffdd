"""The service directory between nodes: told once, told again when it changed, never over what people here keep."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.directory import actions as directory
from panah.ground.directory import queries as directory_queries
from panah.ground.directory.models import Organization, Service
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.envelope import Envelope
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.words import MessageKind, ReceiptCode
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network.models import Society
from panah.ground.vault import node_keys
from panah.ground.vault.sealed_body import seal_body

NOW = timezone.now


@pytest.fixture
def apart(world, paired):
    """North keeps two organisations with a service each, and South's node is known to it by another key."""
    Peer.objects.filter(pk=paired.north.pk).update(node=os.urandom(32))
    paired.north.refresh_from_db()
    said = {"iso2": "XA", "society": world.societies["north"], "edited_at": NOW()}
    for name in ("Practice Clinic Poplar", "Practice Kitchen Reed"):
        kept = Organization.objects.create(name_en=name, kind="NGO", **said)
        Service.objects.create(organization=kept, name_en=f"{name}, by day", **said)
    return paired


def tells(world, at=None):
    with tenancy.tenant_context(world.societies["north"].pk):
        return exchange.send_directory(at=at or NOW())


def told():
    return Outgoing.objects.filter(kind=MessageKind.DIRECTORY)


def test_north_tells_each_entry_once_and_again_when_it_was_changed(world, apart):
    kept = directory_queries.told_organizations(world.societies["north"].pk)
    assert kept and tells(world) == len(kept)
    assert tells(world, NOW() + timedelta(hours=2)) == 0, "nothing is told twice"
    one = Organization.objects.get(pk=kept[0])
    Organization.objects.filter(pk=one.pk).update(edited_at=NOW() + timedelta(hours=1))
    assert tells(world, NOW() + timedelta(hours=3)) == 1
    assert told().order_by("created_at").last().conversation == one.pk


def test_a_blocked_or_unpaired_society_is_told_nothing(world, apart):
    Peer.objects.filter(pk=apart.north.pk).update(state="blocked")
    assert tells(world) == 0


def an_entry(world):
    """What North would say about the first organisation that it keeps."""
    pk = directory_queries.told_organizations(world.societies["north"].pk)[0]
    return pk, directory_queries.directory_entry(organization=pk, at=NOW())


def arrives(world, apart, content):
    """South's node takes an envelope from North in; there North works elsewhere."""
    from panah.ground.exchange.actions.directory_sync import take_entry

    Society.objects.filter(slug="practice-north").update(hosted=False)
    row = exchange.send_of_node(peer=apart.north, kind=MessageKind.DIRECTORY, content={}, at=NOW())
    raw = bytes(row.header)
    envelope = Envelope.unpack(
        exchange_pack(raw, seal_body(node_keys.boxes()[0].public, content, raw), bytes(row.signature))
    )
    peer = Peer.objects.select_related("society", "theirs").get(pk=apart.south.pk)
    with tenancy.tenant_context(world.societies["south"].pk):
        return take_entry(peer=peer, envelope=envelope, at=NOW())


def exchange_pack(header, body, signature):
    from panah.ground.exchange.envelope import MAGIC, VERSION

    sizes = (len(header).to_bytes(4, "big"), len(body).to_bytes(4, "big"))
    return MAGIC + bytes([VERSION]) + sizes[0] + header + sizes[1] + body + signature


def test_what_north_tells_stands_in_souths_directory_as_norths_word_and_is_not_verified_there(world, apart):
    pk, entry = an_entry(world)
    Service.objects.filter(organization=pk).delete()
    Organization.objects.filter(pk=pk).delete()
    assert arrives(world, apart, entry) == ReceiptCode.TAKEN
    row = Organization.objects.get(pk=pk)
    assert row.source == "practice-north" and row.source_at is not None
    assert Service.objects.filter(organization=pk).count() == len(entry["organization"]["services"])


def test_what_cannot_be_read_is_answered_with_a_code_and_changes_nothing(world, apart):
    before = set(Organization.objects.values_list("pk", "name_en"))
    assert arrives(world, apart, {"organization": {"id": "no id"}}) == ReceiptCode.UNKNOWN_VERSION
    assert set(Organization.objects.values_list("pk", "name_en")) == before


def test_nobody_tells_an_entry_in_the_name_of_a_society_that_works_here(world, apart):
    from panah.ground.exchange.actions.directory_sync import take_entry

    _pk, entry = an_entry(world)
    row = exchange.send_of_node(peer=apart.north, kind=MessageKind.DIRECTORY, content={}, at=NOW())
    raw = bytes(row.header)
    envelope = Envelope.unpack(
        exchange_pack(raw, seal_body(node_keys.boxes()[0].public, entry, raw), bytes(row.signature))
    )
    assert take_entry(peer=apart.south, envelope=envelope, at=NOW()) == ReceiptCode.WRONG_PLACE
    with pytest.raises(Refusal, match="own-society"):
        directory.take_entry(entry=entry, source="practice-north", at=NOW())


def test_an_address_of_a_peer_that_is_none_of_the_web_becomes_no_link(world, apart):
    pk, entry = an_entry(world)
    Service.objects.filter(organization=pk).delete()
    Organization.objects.filter(pk=pk).delete()
    said = entry["organization"]
    for one, name in [(said, "website"), *((service, "url") for service in said["services"])]:
        one[name] = "javascript:alert(1)"
    assert arrives(world, apart, entry) == ReceiptCode.TAKEN
    pages = [("directory:organization", pk), *(("directory:service", one["id"]) for one in said["services"])]
    for name, key in pages:
        page = world.client("rustam").get(reverse(name, args=[key]))
        assert page.status_code == 200 and b"javascript:" not in page.content
