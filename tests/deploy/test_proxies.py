"""nginx and Caddy as they lie in deploy/, in front of a served node: what passes, what is cut, and what is not written."""

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

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.node.test_serving import PATIENCE, served
from tests.node_process import ROOT, Node

pytestmark = pytest.mark.needs("proxies")
MIB = 1024 * 1024
BYTES = "application/octet-stream"
# What the tests change in a configuration besides its places: nobody waits for twenty seconds here.
SOON = {"client_body_timeout 20s": "client_body_timeout 1s", "read_body 30m": "read_body 1s"}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    made = Node(tmp_path_factory.mktemp("proxied"), more={"PANAH_HTTPS": "1"})
    made.act("begin")
    return made


@pytest.fixture(scope="module")
def behind(node: Node) -> Iterator[int]:
    with served(node) as (process, port):
        yield port
        process.terminate()
        assert process.wait(PATIENCE) == 0


@pytest.fixture(scope="module")
def bakyt(node: Node) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={one}" for name, one in node.act("cookies_of", "bakyt").items())}


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


def nginx_files(folder: Path, port: int, behind: int) -> list[str]:
    """Write nginx's configuration, with what Debian's own file around it would say; returns how it is started."""
    places = {
        "listen 443 ssl;\n    listen [::]:443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "listen 80;\n    listen [::]:80;": f"listen unix:{folder}/80;",
        "server_name panah.example": "server_name localhost",
        "/etc/panah/tls": str(folder),
        "/var/log/nginx": str(folder),
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "client_body_timeout 20s": SOON["client_body_timeout 20s"],
    }
    (folder / "panah.conf").write_text(placed("nginx.conf", places))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/temporary-{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/panah.log alert; events {{}} "
        f"http {{ {temporary} access_log {folder}/default.log; include {folder}/panah.conf; }}"
    )
    return [program("nginx"), "-p", str(folder), "-e", f"{folder}/panah.log", "-c", f"{folder}/nginx.conf"]


def caddy_files(folder: Path, port: int, behind: int) -> list[str]:
    tls = (
        f"https://localhost:{port} {{\n\tbind 127.0.0.1\n\ttls {folder}/fullchain.pem {folder}/privkey.pem\n"
    )
    places = {
        "panah.example {\n": tls,
        "admin off\n": "admin off\n\tauto_https disable_redirects\n",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "read_body 30m": SOON["read_body 30m"],
    }
    (folder / "Caddyfile").write_text(placed("Caddyfile", places))
    return [program("caddy"), "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]


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


@pytest.fixture(scope="module", params=[nginx_files, caddy_files], ids=["nginx", "caddy"])
def proxy(request, tmp_path_factory, behind) -> Iterator[Proxy]:
    with running(tmp_path_factory.mktemp("proxy"), behind, request.param) as one:
        yield one


def test_a_colleague_reads_her_pages_through_it(proxy, bakyt):
    answer, page = proxy.ask("GET", "/", **bakyt)
    assert answer.status == 200
    assert b"<main" in page
    answer, _page = proxy.ask("GET", "/vault/sign-in")
    assert answer.status == 200
    assert "Secure" in (answer.getheader("Set-Cookie") or ""), "the node knows that it is reached by https"


def test_another_nodes_bundle_passes_whole(proxy):
    answer, receipt = proxy.ask("POST", "/exchange/v1/envelopes", body=bytes(8 * MIB), content=BYTES)
    assert answer.status == 200
    assert b"damaged" in receipt


@pytest.mark.parametrize(
    ("path", "size"),
    [("/vault/sign-in", 4 * MIB), ("/exchange/v1/envelopes", 9 * MIB), ("/cases/", 28 * MIB)],
)
def test_what_is_too_large_is_refused_by_its_size(proxy, path, size):
    with proxy.begins(path, announced=size, sent=b"") as line:
        with suppress(OSError):
            line.sendall(bytes(size))
        # Caddy stops reading where it is too much, and then says so or that the node did not answer.
        assert heard(line).split()[1:2] in ([b"413"], [b"502"], [])


def test_a_body_that_stops_coming_is_cut(proxy):
    with proxy.begins("/vault/sign-in", announced=1000, sent=b"name=") as line:
        # Long before the node would. Caddy 2.6 closes the line behind an empty answer.
        assert b"<main" not in heard(line)


def heard(line: ssl.SSLSocket) -> bytes:
    """Return all that comes until the line is closed."""
    said = b""
    with suppress(ConnectionError, ssl.SSLError):
        while more := line.recv(65536):
            said += more
    return said


def test_a_large_body_lies_in_no_file_on_its_way(proxy, bakyt):
    sent = bytes(2 * MIB)
    with proxy.begins("/exchange/v1/envelopes", announced=4 * MIB, sent=sent):
        assert [one for one in proxy.open_files() if in_a_temporary_file(one)] == []
    left = [one for one in proxy.folder.rglob("*") if one.is_file() and one.stat().st_size > MIB]
    assert left == []


def in_a_temporary_file(path: str) -> bool:
    return "(deleted)" in path or "temporary-" in path


def test_without_its_line_nginx_would_write_the_body_to_its_disk(tmp_path, behind):
    """The control of the test above: it sees what it looks for."""

    def spooling(folder: Path, port: int, node: int) -> list[str]:
        command = nginx_files(folder, port, node)
        file = folder / "panah.conf"
        file.write_text(file.read_text().replace("proxy_request_buffering off;", ""))
        return command

    with (
        running(tmp_path, behind, spooling) as proxy,
        proxy.begins("/exchange/v1/envelopes", announced=4 * MIB, sent=bytes(2 * MIB)) as _line,
    ):
        while not any(in_a_temporary_file(one) for one in proxy.open_files()):
            assert proxy.process.poll() is None


def test_no_log_holds_an_address_or_what_was_asked_for(proxy):
    proxy.ask("GET", "/r/a-token-of-a-stranger/")
    logs = [one for one in proxy.folder.rglob("*.log") if one.is_file()]
    said = b"".join(one.read_bytes() for one in logs)
    for never in (b"a-token-of-a-stranger", b"/vault/sign-in", b"client:", b"remote_ip"):
        assert never not in said


def test_where_no_node_answers_it_says_so_and_logs_no_address(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    for files in (nginx_files, caddy_files):
        folder = tmp_path / files.__name__
        folder.mkdir()
        with running(folder, port, files) as proxy:
            answer, _page = proxy.ask("GET", "/r/a-token-of-a-stranger/")
            assert answer.status == 502
        said = b"".join(one.read_bytes() for one in folder.rglob("*.log"))
        assert b"a-token-of-a-stranger" not in said


def test_what_debian_installs_takes_the_file_as_it_is(tmp_path):
    """Nginx's own check needs its certificate; Caddy's looks at the file alone."""
    done = subprocess.run(
        [program("caddy"), "validate", "--config", str(ROOT / "deploy/Caddyfile"), "--adapter", "caddyfile"],
        env=os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    make_certificate(tmp_path)
    command = nginx_files(tmp_path, 1, 2)
    done = subprocess.run([command[0], "-t", *command[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
