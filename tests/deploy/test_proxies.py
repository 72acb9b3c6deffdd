"""nginx and Caddy as they lie in deploy/, in front of a served node: what passes, what is cut, and what is not written."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.deploy.proxies import BYTES, MIB, Proxy, heard, make_certificate, placed, program, running
from tests.node.served_node import PATIENCE, served
from tests.node_process import ROOT, Node

pytestmark = pytest.mark.needs("proxies")
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
