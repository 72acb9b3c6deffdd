"""A focal point makes the node speak to no machine behind it: only whoever runs the host may name one there."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest

from panah.ground.channels import rules
from panah.ground.channels.models import Channel
from panah.ground.channels.words import Failure
from tests.channels.gateway_messages import failure, message, sms, smtp
from tests.channels.setting_up import bakyts, typed  # noqa: F401  a fixture
from tests.channels.stand_ins import http_gateway


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07::1", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  nobody listens there
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fe80::1", False),
        ("fd00::1", False),
    ],
)
def test_what_is_of_the_internet(address, public):
    assert rules.is_public(ip_address(address)) is public


def test_a_name_that_leads_inside_is_not_connected_to(settings, monkeypatch):
    settings.PANAH_GATEWAYS = []
    with http_gateway() as box:
        port = int(box.address.rpartition(":")[2])
        rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: rows)
        for one in (
            message("sms", sms(f"http://localhost:{port}"), "+996555010203"),
            message("sms", sms(f"https://rebound.example:{port}"), "+996555010203"),
            message("email", smtp(port, host="rebound.example"), "amina@practice.example"),
        ):
            assert failure(one) == Failure.UNREACHABLE
        assert box.asked == []


@pytest.mark.parametrize(
    "address", ["https://10.0.0.1/", "http://localhost:8080/", "https://[::1]/", "https://127.1/"]
)
def test_an_address_inside_is_refused_where_it_is_written(world, bakyts, settings, address):  # noqa: F811
    settings.PANAH_GATEWAYS = []
    box = type("Box", (), {"address": address})
    answer = bakyts.post("/paging/new/sms/", typed(box))
    if address == "https://127.1/":
        assert answer.status_code == 302, "no address as we write it: it is looked at when it is connected to"
        return
    assert answer.status_code == 422 and "inside its network" in answer.content.decode()
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    "name", ["Host", "content-length", "Transfer-Encoding", "X-Forwarded-For", "A b", "X:Y"]
)
def test_a_header_that_steers_the_message_is_no_place_for_a_secret(world, bakyts, name):  # noqa: F811
    box = type("Box", (), {"address": "https://sms.practice.example"})
    answer = bakyts.post("/paging/new/sms/", typed(box, header=name))
    assert answer.status_code == 422 and "name another one" in answer.content.decode()
