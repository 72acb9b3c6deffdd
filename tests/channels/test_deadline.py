"""No gateway is waited for longer than its time, whatever its name leads to, and none holds up another society."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, contextmanager, suppress

import pytest

from panah.channels import actions as channels
from panah.channels import gateways, rules
from panah.channels.models import Delivery
from panah.channels.words import Failure
from panah.exchange import http_client
from panah.node import jobs
from tests.channels.stand_ins import http_gateway
from tests.channels.test_gateways import failure, message, sms, smtp

SHORT = 0.6


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(rules, "WHOLE", SHORT)
    monkeypatch.setattr(rules, "A_LITTLE", 0.2)
    monkeypatch.setattr(http_client, "WHOLE", SHORT)


@contextmanager
def dead():
    """An address that takes no line: its queue is full, and nobody empties it."""
    with ExitStack() as all_of_it:
        listening = all_of_it.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            one = all_of_it.enter_context(socket.socket())
            one.setblocking(False)
            with suppress(BlockingIOError):
                one.connect(listening.getsockname())
        yield listening.getsockname()


@contextmanager
def dripping():
    """An address that takes the line and says a little of nothing, for ever."""
    listening, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve():
        with suppress(OSError):
            line, _ = listening.accept()
            with line:
                while not over.wait(0.05):
                    line.sendall(b"2")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()
    finally:
        over.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


@contextmanager
def leads_to(monkeypatch, *addresses):
    real = socket.getaddrinfo
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", one) for one in addresses]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: rows if host == "localhost" else real(host, *a, **k)
    )
    yield
    monkeypatch.setattr(socket, "getaddrinfo", real)


@pytest.mark.parametrize(
    "one",
    [
        message("sms", sms("http://localhost"), "+996555010203"),
        message("sms", sms("https://localhost"), "+996555010203"),
        message("email", smtp(25), "amina@practice.example"),
        message("email", smtp(25, tls="tls"), "amina@practice.example"),
    ],
    ids=["http", "https", "smtp", "smtps"],
)
def test_dead_addresses_and_one_that_drips_take_no_longer_than_one_deadline(short, monkeypatch, one):
    with dead() as first, dead() as second, dripping() as last:
        for addresses in ((first, second, last), (last,)):
            with leads_to(monkeypatch, *addresses):
                began = time.monotonic()
                assert failure(one) == Failure.UNREACHABLE
                assert time.monotonic() - began < SHORT + 1


def test_a_name_that_is_looked_up_for_ever_is_given_up(short, monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: over.wait(20) and [])
    began = time.monotonic()
    assert failure(message("sms", sms("https://localhost"), "+996555010203")) == Failure.UNREACHABLE
    with pytest.raises(http_client.NotReached):
        http_client.get("https://localhost", http_client.CARDS, largest=10)
    assert time.monotonic() - began < 2 * SHORT + 1
    over.set()


def test_another_node_has_one_deadline_too(short, monkeypatch):
    with dead() as first, dripping() as last, leads_to(monkeypatch, first, last):
        began = time.monotonic()
        with pytest.raises(http_client.NotReached):
            http_client.get("https://localhost", http_client.CARDS, largest=10)
        assert time.monotonic() - began < SHORT + 1


def test_all_browsers_of_a_colleague_share_one_deadline(short):
    from panah.channels import web_push
    from tests.channels.test_gateways import AUTH, THEIRS

    settings = {"private": web_push.new_vapid_key(), "subject": "mailto:duty@practice.example"}
    with dripping() as to:
        browsers = [
            {"pk": n, "endpoint": f"http://localhost:{to[1]}/{n}", "p256dh": THEIRS, "auth": AUTH}
            for n in range(5)
        ]
        began = time.monotonic()
        assert failure(message("push", settings, *browsers)) == Failure.UNREACHABLE
        assert time.monotonic() - began < SHORT + 1


def test_a_gateway_that_hangs_in_the_north_does_not_silence_the_south(world, short, monkeypatch):
    """Not even one that no deadline cuts, as the mail server of the host may be: its thread is left behind."""
    for name in ("bakyt", "rustam"):
        world.staff[name].duty_phone = "+996555000001"
        world.staff[name].save()
    over, sending = threading.Event(), gateways.SENDERS["sms"]

    def hangs_in_the_north(one):
        if "north" in one.settings["address"]:
            over.wait(20)
            raise gateways.NotTaken(Failure.REFUSED)
        sending(one)

    monkeypatch.setitem(gateways.SENDERS, "sms", hangs_in_the_north)
    with http_gateway() as box:
        for name, path in (("bakyt", "north"), ("rustam", "south")):
            given = {
                "address": f"{box.address}/{path}", "form": "json", "number_field": "to", "text_field": "text",
                "fields": {}, "header": "Authorization", "secret": "",
            }  # fmt: skip
            by = world.staff[name]
            channels.save_channel(channel=None, kind="sms", name="Modem", given=given, by=by, at=world.at)
            channels.queue(to=by, message="danger", at=world.at)
        began = time.monotonic()
        assert jobs.run_due({}, at=world.at, lane=jobs.PAGING) == []
        assert time.monotonic() - began < 2 * SHORT + 3
        assert [one.path for one in box.asked] == ["/south"]
        states = dict(Delivery.objects.values_list("staff__username", "state"))
        assert states == {"bakyt": "waiting", "rustam": "sent"}, "it is tried again, and the next is called"
    over.set()
