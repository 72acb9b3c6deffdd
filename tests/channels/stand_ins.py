"""Gateways on this machine that speak their real protocols: SMTP with STARTTLS and AUTH, and HTTP with TLS."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def certificate(folder):
    """A certificate for this machine; whoever sets SSL_CERT_FILE to its file trusts it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "gateway.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def _context(file):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@contextmanager
def mail_server(file, *, user="panah", dies_at=""):
    """An SMTP server that takes mail after STARTTLS and AUTH alone. ``dies_at``: the command at which it hangs up."""
    box = SimpleNamespace(port=0, mails=[], said=[], logins=[])
    listening = socket.create_server(("127.0.0.1", 0))
    box.port = listening.getsockname()[1]

    def serve():
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with suppress(OSError, EOFError):
                _speak(Line(line), box, _context(file), user, "a long one", dies_at)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


class Line:
    """One connection, by lines; TLS from ``secure`` on."""

    def __init__(self, plain):
        plain.settimeout(5)
        self._use(plain)

    def _use(self, sock):
        self.sock, self.file, self.safe = sock, sock.makefile("rb"), isinstance(sock, ssl.SSLSocket)

    def secure(self, context):
        self.file.close()
        self._use(context.wrap_socket(self.sock, server_side=True))

    def close(self):
        self.file.close()
        self.sock.close()

    def say(self, text):
        self.sock.sendall(text.encode() + b"\r\n")


def _speak(line, *how):
    try:
        _answer(line, *how)
    finally:
        line.close()


def _answer(line, box, context, user, password, dies_at):
    known, say = False, line.say
    say("220 stand-in ESMTP")
    while True:
        raw = line.file.readline()
        if not raw:
            raise EOFError
        command = raw.decode().strip()
        word = command.split(" ")[0].upper()
        box.said.append(word)
        if word == dies_at:
            raise EOFError
        if word in ("EHLO", "HELO"):
            say("250-stand-in")
            say("250 AUTH PLAIN" if line.safe else "250 STARTTLS")
        elif word == "STARTTLS":
            say("220 go on")
            line.secure(context)
        elif word == "AUTH" and line.safe:
            given = base64.b64decode(command.split(" ")[2]).split(b"\0")[1:]
            known = given == [user.encode(), password.encode()]
            box.logins.append(given[0].decode())
            say("235 welcome" if known else "535 no")
        elif word in ("MAIL", "RCPT") and known:
            say("250 ok")
        elif word == "DATA" and known:
            say("354 go on")
            mail = b""
            while (part := line.file.readline()) != b".\r\n":
                if not part:
                    raise EOFError
                mail += part
            box.mails.append(mail.decode())
            say("250 taken")
        elif word == "QUIT":
            say("221 bye")
            return
        else:
            say("530 first STARTTLS and AUTH")


@contextmanager
def http_gateway(answer=200, *, file=None):
    """A gateway by HTTP, with TLS when ``file`` names a certificate; ``answer``: a status, or ``handler -> None``."""
    box = SimpleNamespace(asked=[], answer=answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            box.asked.append(SimpleNamespace(path=self.path, headers=dict(self.headers), body=body))
            if callable(box.answer):
                box.answer(self)
                return
            self.send_response(box.answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if file:
        server.socket = _context(file).wrap_socket(server.socket, server_side=True)
    box.address = f"{'https' if file else 'http'}://localhost:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def killed(handler):
    """A gateway whose process is killed after it has read half of what it was going to answer."""
    handler.connection.sendall(b"HTTP/1.1 20")
    handler.connection.shutdown(socket.SHUT_RDWR)
