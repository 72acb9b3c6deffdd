"""From a request of the server to Django's WSGI application and back: a whole body in, a whole answer out."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse

# Set in the environment of a request by ``SignedIn``: no header can be called so.
SIGNED_IN = "panah.signed_in"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Answer:
    """What goes back. ``signed_in``: whether it is for a colleague, None when nobody looked (a style sheet)."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    signed_in: bool | None = None


class SignedIn:
    """Middleware, behind the one that knows who it is: says to the gateway whether a request was a colleague's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META[SIGNED_IN] = getattr(request, "staff", None) is not None
        return self.get_response(request)


def environment(scope: Any) -> dict[str, str]:
    """Return the WSGI variables of a request without its body: strings alone, so that they can be handed on."""
    host, _, port = scope.server.rpartition(":")
    found = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # As WSGI wants it: the bytes of the path, each as one letter.
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.url_scheme": scope.scheme,
    }
    for name, value in scope.headers.items():
        # With an underscore it could pass for another one: X_Forwarded_Proto.
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            found[key] = value
            continue
        key = f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        found[key] = f"{found[key]}{joint}{value}" if key in found else value
    return found


def respond(application: Application, given: dict[str, str], body: bytes) -> Answer:
    """Let the application answer a request whose body is here as a whole."""
    variables: dict[str, Any] = {
        **given,
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    begun: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_problem: object) -> None:
        begun[:] = [int(status[:3]), headers]

    result = application(variables, start_response)
    try:
        content = b"".join(result)
    finally:
        close = getattr(result, "close", None)
        if close is not None:
            close()
    status, headers = begun
    return Answer(status, list(headers), content, signed_in=variables.get(SIGNED_IN))
