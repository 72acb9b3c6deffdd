"""The one module that opens connections: what it trusts, how long it waits, and how little it believes."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from panah.ground.exchange import http_client, receipts


@contextmanager
def answering(answer, *, tls=None):
    """A server on this machine that answers every request by ``answer(handler)``; yields its port and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(SimpleNamespace(path=self.path, headers=dict(self.headers), body=body))
            answer(self)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield SimpleNamespace(port=server.server_address[1], asked=asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(status, body=b"", **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def post(port, *, scheme="http", host="127.0.0.1", largest=100):
    return http_client.post(f"{scheme}://{host}:{port}", http_client.ENVELOPES, b"a bundle", largest=largest)


def failure(port, **more):
    with pytest.raises(http_client.NotReached) as caught:
        post(port, **more)
    return str(caught.value.failure)


def test_a_bundle_is_posted_and_the_answer_comes_back(settings):
    with answering(says(200, b"a receipt")) as node:
        assert post(node.port) == b"a receipt"
    (one,) = node.asked
    assert (one.path, one.body) == ("/exchange/v1/envelopes", b"a bundle")
    assert one.headers["Content-Type"] == "application/octet-stream"
    assert "Cookie" not in one.headers


def test_a_redirect_is_not_followed():
    with answering(says(200, b"elsewhere")) as other:
        with answering(says(302, Location=f"http://127.0.0.1:{other.port}/")) as node:
            assert failure(node.port) == "no-receipt"
        assert other.asked == []


def test_what_is_no_success_or_too_large_is_not_believed():
    with answering(says(503, b"later")) as node:
        assert failure(node.port) == "no-receipt"
    with answering(says(200, b"x" * 101)) as node:
        assert failure(node.port) == "no-receipt"


def test_who_hangs_up_or_is_not_there_was_not_reached():
    with answering(lambda handler: handler.connection.close()) as node:
        assert failure(node.port) == "unreachable"
    assert failure(node.port) == "unreachable", "nobody listens there any more"


def test_who_drips_for_ever_is_cut_off(monkeypatch):
    monkeypatch.setattr(http_client, "WHOLE", 0.3)

    def drips(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b".")
                handler.wfile.flush()
                threading.Event().wait(0.05)
        except OSError:
            pass

    with answering(drips) as node:
        begun = time.monotonic()
        with pytest.raises(http_client.NotReached):
            http_client.post(f"http://127.0.0.1:{node.port}", http_client.ENVELOPES, b"x", largest=10_000)
        assert time.monotonic() - begun < 5


@pytest.fixture
def unknown_certificate(tmp_path):
    """A certificate for this machine that no authority signed."""
    key, now = Ed25519PrivateKey.generate(), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, None)
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_a_certificate_that_nobody_signed_is_not_trusted_and_nothing_is_sent(unknown_certificate):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(unknown_certificate)
    with answering(says(200, b"a receipt"), tls=tls) as node:
        assert failure(node.port, scheme="https") == "untrusted"
    assert node.asked == []


def test_a_certificate_that_the_system_trusts_is(unknown_certificate, monkeypatch):
    """The control: with this very certificate among the trusted ones it goes."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(unknown_certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(unknown_certificate))
    with answering(says(200, b"a receipt"), tls=tls) as node:
        assert post(node.port, scheme="https") == b"a receipt"


def test_without_tls_only_this_machine_is_spoken_to_and_only_in_practice(settings):
    assert failure(80, host="practice.example") == "unreachable"
    assert failure(80, scheme="ftp") == "unreachable"
    with answering(says(200, b"a receipt")) as node:
        settings.PANAH_PRACTICE = False
        assert failure(node.port) == "unreachable"
    assert node.asked == []


def test_a_bundle_goes_over_a_real_line_to_a_real_node(offer, arrived, paired, live_server, at):
    from panah.ground.exchange import actions as exchange

    offer()
    raw = exchange.lease(peer=paired.north, at=at).raw
    answer = http_client.post(live_server.url, http_client.ENVELOPES, raw, largest=receipts.LARGEST)
    assert [code for _, code in receipts.unpack(answer).codes] == ["taken"]
    assert len(arrived) == 1
