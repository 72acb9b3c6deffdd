"""nginx and Caddy as they lie in deploy/, in front of a served node."""

from __future__ import annotations

import datetime
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.node.served_node import PATIENCE
from tests.node_process import ROOT

MIB = 1024 * 1024
BYTES = "application/octet-stream"


@dataclass
class Proxy:
    """One that runs: where it listens, its process and folder."""

    port: int
    process: subprocess.Popen[bytes]
    folder: Path

    def ask(self, method: str, path: str, *, body: bytes | None = None, content: str = "", **headers: str):
        line = HTTPSConnection("localhost", self.port, timeout=PATIENCE, context=trusting(self.folder))
        with closing(line):
            line.request(method, path, body=body, headers={"Content-Type": content, **headers})
            answer = line.getresponse()
            return answer, answer.read()

    def begins(self, path: str, *, announced: int, sent: bytes) -> ssl.SSLSocket:
        """Begin a request whose body is announced and sent in part."""
        plain = socket.create_connection(("localhost", self.port), timeout=PATIENCE)
        line = trusting(self.folder).wrap_socket(plain, server_hostname="localhost")
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {BYTES}\r\nContent-Length: {announced}\r\n\r\n"
        line.sendall(head.encode() + sent)
        return line

    def open_files(self) -> list[str]:
        """Every file that its processes hold open, those that were unlinked too."""
        found = []
        for pid in family(self.process.pid):
            with suppress(OSError):
                found += [os.readlink(one) for one in Path(f"/proc/{pid}/fd").iterdir()]
        return [one for one in found if one.startswith("/") and not one.startswith("/dev/")]


def family(root: int) -> list[int]:
    with suppress(OSError):
        children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
        return [root, *(pid for child in children for pid in family(int(child)))]
    return [root]


def trusting(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(folder / "fullchain.pem"))


def make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, *plain))


def placed(name: str, changes: dict[str, str]) -> str:
    """Return a configuration with its places changed; each of them must be there."""
    text = (ROOT / "deploy" / name).read_text()
    for old, new in changes.items():
        assert old in text, f"deploy/{name} no longer says {old!r}"
        text = text.replace(old, new)
    return text


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    assert found, f"Debian: apt install {name}"
    return found


@contextmanager
def running(folder: Path, behind: int, files: Callable[[Path, int, int], list[str]]) -> Iterator[Proxy]:
    make_certificate(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = files(folder, port, behind)
    env = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=env, start_new_session=True)
    try:
        until_it_listens(process, port, folder)
        yield Proxy(port, process, folder)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def until_it_listens(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    while process.poll() is None:
        with suppress(ConnectionError), socket.create_connection(("127.0.0.1", port), timeout=PATIENCE):
            return
    raise AssertionError((folder / "said.log").read_text()[-3000:])


def heard(line: ssl.SSLSocket) -> bytes:
    """Return all that comes until the line is closed."""
    said = b""
    with suppress(ConnectionError, ssl.SSLError):
        while more := line.recv(65536):
            said += more
    return said
