"""Which addresses nginx and Caddy, as they lie in deploy/, take for those of strangers."""

import re
from fnmatch import fnmatch

import pytest

from tests.node.test_gateway import ADDRESSES
from tests.node_process import ROOT


@pytest.mark.parametrize(
    "path", sorted(path for path in ADDRESSES.values() if not path.startswith("/exchange/"))
)
def test_every_open_page_is_one_of_strangers_for_both_proxies(path):
    nginx = (ROOT / "deploy" / "nginx.conf").read_text()
    (strangers,) = re.findall(r"location ~ (\S+) \{", nginx)
    # The public door has a place of its own: whoever tells something sends photographs.
    assert re.search(strangers, path) or (path.startswith("/info/") and "location /info/ {" in nginx)
    caddy = (ROOT / "deploy" / "Caddyfile").read_text()
    (line,) = re.findall(r"@strangers path (.+)", caddy)
    (door,) = re.findall(r"@door path (.+)", caddy)
    assert any(fnmatch(path, one) for one in (*line.split(), door))


def test_a_colleagues_page_is_none_of_them():
    (strangers,) = re.findall(r"location ~ (\S+) \{", (ROOT / "deploy" / "nginx.conf").read_text())
    assert not re.search(strangers, "/cases/")
