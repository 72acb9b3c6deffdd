"""The public door behind nginx and Caddy as they lie in deploy/: what it learns of whoever comes, and what stays of her."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.deploy.proxies import MIB, Proxy, heard, placed, program, running
from tests.node.served_node import PATIENCE, served
from tests.node_process import Node

pytestmark = pytest.mark.needs("proxies")
# Of a stranger: nothing of it may come to the node.
HERS = {"User-Agent": "A-phone-of-2015", "Cookie": "kept=before", "X-Forwarded-For": "203.0.113.9"}
ONION = f"{'a2b3' * 14}.onion"


def nginx_files(folder: Path, port: int, behind: int) -> list[str]:
    places = {
        "listen 443 ssl;\n    listen [::]:443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "listen 80;\n    listen [::]:80;": f"listen unix:{folder}/80;",
        "server_name info.example": "server_name localhost",
        "/etc/panah/tls": str(folder),
        "/var/log/nginx": str(folder),
        "unix:/run/panah/onion.sock": f"unix:{folder}/onion",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
    }
    (folder / "door.conf").write_text(placed("door-nginx.conf", places))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/temporary-{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"user root; daemon off; pid {folder}/pid; error_log {folder}/door.log alert; events {{}} "
        f"http {{ {temporary} access_log {folder}/default.log; include {folder}/door.conf; }}"
    )
    return [program("nginx"), "-p", str(folder), "-e", f"{folder}/door.log", "-c", f"{folder}/nginx.conf"]


def caddy_files(folder: Path, port: int, behind: int) -> list[str]:
    tls = (
        f"https://localhost:{port} {{\n\tbind 127.0.0.1\n\ttls {folder}/fullchain.pem {folder}/privkey.pem\n"
    )
    places = {
        "info.example {\n": tls,
        "admin off\n": "admin off\n\tauto_https disable_redirects\n",
        "unix//run/panah/onion.sock": f"unix/{folder}/onion",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
    }
    (folder / "Caddyfile").write_text(placed("door-Caddyfile", places))
    return [program("caddy"), "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]


BOTH = pytest.mark.parametrize("files", [nginx_files, caddy_files], ids=["nginx", "caddy"])


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    more = {"PANAH_HTTPS": "1", "PANAH_DOOR_HOST": f"localhost,{ONION}", "PANAH_HOSTS": "127.0.0.1"}
    made = Node(tmp_path_factory.mktemp("door"), more=more)
    made.act("begin")
    return made


@pytest.fixture(scope="module")
def behind(node: Node) -> Iterator[int]:
    with served(node, host="127.0.0.1") as (process, port):
        yield port
        process.terminate()
        assert process.wait(PATIENCE) == 0


@pytest.fixture(scope="module", params=[nginx_files, caddy_files], ids=["nginx", "caddy"])
def proxy(request, tmp_path_factory, behind) -> Iterator[Proxy]:
    with running(tmp_path_factory.mktemp("door-proxy"), behind, request.param) as one:
        yield one


def test_whoever_comes_finds_the_door_and_nothing_else(proxy):
    answer, _page = proxy.ask("GET", "/")
    assert (answer.status, answer.getheader("Location")) == (302, "/info/")
    answer, page = proxy.ask("GET", "/info/", **HERS)
    assert answer.status == 200
    assert answer.getheader("Set-Cookie") is None
    assert "max-age" in (answer.getheader("Strict-Transport-Security") or "")
    for path in ("/vault/sign-in", "/healthz", "/nothing"):
        answer, page = proxy.ask("GET", path)
        assert answer.status == 404
        assert b"Panah" not in page
        assert b"Information" in page


def test_through_tor_she_finds_the_same_door_and_her_browser_keeps_nothing_of_it(proxy):
    answer, page = at_the_onion(proxy, "/info/", ONION)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"Strict-Transport-Security" not in answer
    assert b"Information" in page
    answer, page = at_the_onion(proxy, "/vault/sign-in", ONION)
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"Panah" not in page


def at_the_onion(proxy: Proxy, path: str, host: str) -> tuple[bytes, bytes]:
    with closing(socket.socket(socket.AF_UNIX)) as line:
        line.settimeout(PATIENCE)
        line.connect(str(proxy.folder / "onion"))
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        said = b""
        while more := line.recv(65536):
            said += more
    head, _, page = said.partition(b"\r\n\r\n")
    return head, page


@pytest.mark.parametrize(("path", "size"), [("/", MIB), ("/info/write", 28 * MIB)])
def test_what_is_larger_than_a_page_takes_is_refused_by_its_size(proxy, path, size):
    with proxy.begins(path, announced=size, sent=b"") as line:
        with suppress(OSError):
            line.sendall(bytes(size))
        assert heard(line).split()[1:2] in ([b"413"], [b"502"], [])


def test_no_log_holds_where_she_was_or_what_she_has(proxy):
    proxy.ask("GET", "/info/?in=tg", **HERS)
    proxy.ask("GET", "/info/a-word-she-typed", **HERS)
    at_the_onion(proxy, "/info/a-word-she-typed", ONION)
    logs = [one for one in proxy.folder.rglob("*.log") if one.is_file()]
    assert logs, "control"
    said = b"".join(one.read_bytes() for one in logs)
    for never in (
        b"a-word-she-typed",
        b"in=tg",
        b"A-phone-of-2015",
        b"203.0.113.9",
        b"client:",
        b"remote_ip",
    ):
        assert never not in said


class Listens(BaseHTTPRequestHandler):
    """Stands where the node would, and notes what a request brings along."""

    heard: list[str] = []

    def do_GET(self) -> None:
        self.heard.append(str(self.headers))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@BOTH
def test_neither_address_nor_browser_nor_cookie_is_passed_on(tmp_path, files):
    Listens.heard.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Listens) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with running(tmp_path, server.server_port, files) as proxy:
            proxy.ask("GET", "/info/", **HERS, **{"Accept-Language": "tg"})
            at_the_onion(proxy, "/info/", ONION)
        server.shutdown()
    over_tls, through_tor = Listens.heard
    assert "Accept-Language: tg" in over_tls, "control"
    for said in (over_tls, through_tor):
        for never in ("A-phone-of-2015", "kept=before", "203.0.113.9", "127.0.0.1:", "X-Real-IP"):
            assert never not in said.replace(f"127.0.0.1:{server.server_port}", "")
        lines = [line.partition(":") for line in said.splitlines()]
        assert {
            value.strip() for name, _, value in lines if name.lower() in ("x-forwarded-for", "forwarded")
        } <= {""}
