"""A served node that strangers beset."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection

from tests.node.served_node import PATIENCE


def browser(node, name) -> dict[str, str]:
    token = "p" * 32
    cookies = node.act("cookies_of", name) | {"panah_csrf": token}
    return {"Cookie": "; ".join(f"{name}={one}" for name, one in cookies.items()), "X-CSRFToken": token}


def ask(port, path, *, body=None, content="", **headers):
    method = "GET" if body is None else "POST"
    with closing(HTTPConnection("localhost", port, timeout=PATIENCE)) as line:
        line.request(method, path, body=body, headers={"Content-Type": content, **headers})
        answer = line.getresponse()
        return answer.status, answer.read()
