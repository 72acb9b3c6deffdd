"""No gateway is waited for longer than its time, whatever its name leads to, and none holds up another society."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, contextmanager, suppress

import pytest

from panah.ground.channels import actions as channels
from panah.ground.channels import gateways, rules
from panah.ground.channels.models import Delivery
from panah.ground.channels.words import Failure
from panah.ground.exchange import http_client
from panah.node import jobs
from tests.channels.gateway_messages import failure, message, sms, smtp
from tests.channels.stand_ins import http_gateway

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
    from panah.ground.channels import web_push
    from tests.channels.gateway_messages import AUTH, THEIRS

    settings = {"private": web_push.new_vapid_key(), "subject": "mailto:duty@practice.example"}
    with dripping() as to:
        browsers = [
            {"pk": n, "endpoint": f"http://localhost:{to[1]}/{n}", "p256dh": THEIRS, "auth": AUTH}
            for n in range(5)
        ]
        began = time.monotonic()
        assert failure(message("push", settings, *browsers)) == Failure.UNREACHABLE
        assert time.monotonic() - began < SHORT + 1


def a_modem(world, name, address):
    """A channel of a colleague's society, and her duty telephone, which is rung by it."""
    by = world.staff[name]
    by.duty_phone = "+996555000001"
    by.save()
    given = {
        "address": address, "form": "json", "number_field": "to", "text_field": "text",
        "fields": {}, "header": "Authorization", "secret": "",
    }  # fmt: skip
    channels.save_channel(channel=None, kind="sms", name="Modem", given=given, by=by, at=world.at)


def state_of(name):
    return list(
        Delivery.objects.filter(staff__username=name).order_by("made_at").values_list("state", flat=True)
    )


def a_round(at):
    """The worker comes by once, society by society."""
    assert jobs.run_due({}, at=at, lane=jobs.PAGING) == []


def until(said, at):
    """The worker comes by until something holds; each time it waits for nobody."""
    given_up = time.monotonic() + 30
    while not said():
        assert time.monotonic() < given_up, "the worker came by again and again, and it never held"
        a_round(at)


def test_a_gateway_that_holds_the_north_holds_up_no_page_of_the_south(world):
    """North's gateway takes the line and says nothing until South has been called, and called again."""
    held, came = threading.Event(), threading.Event()

    def holds(handler):
        came.set()
        held.wait(30)
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    try:
        with http_gateway(holds) as north, http_gateway() as south:
            a_modem(world, "bakyt", north.address)
            a_modem(world, "rustam", south.address)
            channels.queue(to=world.staff["bakyt"], message="danger", at=world.at)
            a_round(world.at)
            assert came.wait(10)
            for called in (1, 2):
                channels.queue(to=world.staff["rustam"], message="danger", at=world.at)
                until(lambda n=called: state_of("rustam") == ["sent"] * n, world.at)
            assert state_of("bakyt") == ["started"] and len(north.asked) == 1, "asked once, and still held"
            # Whatever else waits there does not stand behind the one that is held either.
            channels.queue(to=world.staff["bakyt"], message="danger", at=world.at)
            until(lambda: len(north.asked) == 2, world.at)
            held.set()
            until(lambda: state_of("bakyt") == ["sent", "sent"], world.at)
    finally:
        held.set()


def test_reminders_that_hang_leave_room_for_danger(world, monkeypatch):
    held = threading.Event()
    world.staff["bakyt"].email = "bakyt@practice.example"
    world.staff["bakyt"].save()
    monkeypatch.setitem(gateways.SENDERS, "email", lambda _one: held.wait(30))
    try:
        with http_gateway() as box:
            a_modem(world, "bakyt", box.address)
            given = smtp(25) | {"host": "localhost"}
            channels.save_channel(
                channel=None, kind="email", name="Mail", given=given, by=world.staff["bakyt"], at=world.at
            )
            for _ in range(rules.AT_ONCE + 2):
                channels.queue(to=world.staff["bakyt"], message="due", at=world.at)
            a_round(world.at)
            assert state_of("bakyt").count("started") == rules.AT_ONCE
            channels.queue(to=world.staff["bakyt"], message="danger", at=world.at)
            until(lambda: "sent" in state_of("bakyt"), world.at)
            assert len(box.asked) == 1
    finally:
        held.set()


def test_what_no_deadline_cuts_is_left_behind_tried_again_and_the_next_is_called(world, short, monkeypatch):
    """The mail server of the host may hang so: its thread is left behind."""
    over = threading.Event()
    monkeypatch.setitem(gateways.SENDERS, "sms", lambda _one: over.wait(20))
    try:
        a_modem(world, "bakyt", "http://localhost:9")
        channels.queue(to=world.staff["bakyt"], message="danger", at=world.at)
        assert channels.deliver_due(at=world.at) == 0
        assert state_of("bakyt") == ["waiting"], "it is tried again"
    finally:
        over.set()


def test_a_worker_that_stops_writes_down_what_was_under_way(world):
    with http_gateway() as box:
        a_modem(world, "rustam", box.address)
        channels.queue(to=world.staff["rustam"], message="danger", at=world.at)
        a_round(world.at)
        assert jobs.finish(at=world.at)
        assert state_of("rustam") == ["sent"] and len(box.asked) == 1
