"""Which addresses nginx and Caddy, as they lie in deploy/, take for those of strangers."""

import re
from fnmatch import fnmatch

import pytest

from tests.node.gateway_addresses import ADDRESSES
from tests.node_process import ROOT

# What strangers send there may hold pictures, a voice or a release; nobody is slowed by her address.
TAKES_FILES = ("/info/write", "/info/answer", "/f/")
SMALL = sorted(set(ADDRESSES.values()) - set(TAKES_FILES))


@pytest.mark.parametrize("path", [path for path in SMALL if not path.startswith("/exchange/")])
def test_every_open_page_is_one_of_strangers_for_both_proxies(path):
    nginx = (ROOT / "deploy" / "nginx.conf").read_text()
    (strangers,) = re.findall(r"location ~ (\S+) \{", nginx)
    # The public door has a place of its own: whoever tells something sends photographs.
    assert re.search(strangers, path) or (path.startswith("/info/") and "location /info/ {" in nginx)
    caddy = (ROOT / "deploy" / "Caddyfile").read_text()
    (line,) = re.findall(r"@strangers path (.+)", caddy)
    (door,) = re.findall(r"@door path (.+)", caddy)
    assert any(fnmatch(path, one) for one in (*line.split(), door))


@pytest.mark.parametrize("path", ["/cases/", *TAKES_FILES])
def test_a_colleagues_page_and_what_takes_files_are_none_of_them(path):
    (strangers,) = re.findall(r"location ~ (\S+) \{", (ROOT / "deploy" / "nginx.conf").read_text())
    assert not re.search(strangers, path)
    (line,) = re.findall(r"@strangers path (.+)", (ROOT / "deploy" / "Caddyfile").read_text())
    assert not any(fnmatch(path, one) for one in line.split())
