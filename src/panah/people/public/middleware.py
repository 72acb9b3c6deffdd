"""A host name of the door's own: on it nothing but the door answers, and nothing says what else this machine does.

The outermost middleware, behind the one that leaves all societies: nobody is signed in on that host, whatever a browser
sends along. What goes wrong there, and at the door's addresses on any host, is told in the door's own look.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port, validate_host
from django.utils.encoding import escape_uri_path

from panah.people.public import onion
from panah.people.public.failure import failure

PREFIX = "/info/"
# What a page of the door loads beside itself.
LOADED = ("/static/public/", "/static/panah/js/seal.", "/static/panah/vendor/hpke.")
# Asked by a supervisor on the machine itself; on the door's own names nobody hears it.
HEALTH = "/healthz"


class DoorHost:
    """Answers on the door's own host, and neutrally at the door's addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = host_of(request)
        named = is_for_strangers(host)
        own = named or settings.PANAH_DOOR_ONLY
        if not own and not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        # Nobody is known at the door: what another page of this host left in the browser is not looked at.
        request.META.pop("HTTP_COOKIE", None)
        if not own and settings.PANAH_DOOR_ONLY_HOST:
            return failure(request, 404)
        if own and request.path_info == "/":
            return HttpResponseRedirect(PREFIX, headers={"Cache-Control": "no-store"})
        open_here = (PREFIX, *LOADED) if named else (PREFIX, *LOADED, HEALTH)
        if own and not request.path_info.startswith(open_here):
            return failure(request, 404)
        return self._left_neutral(request, self.get_response(request), host)

    def _left_neutral(self, request: HttpRequest, response: HttpResponse, host: str) -> HttpResponse:
        """Return the answer without a cookie; what is no answer of the door itself is said in its look."""
        # The door's own pages alone say so (frame.door_page).
        of_the_door = response.headers.get("Referrer-Policy") == "same-origin"
        if response.status_code >= 400 and not of_the_door:
            response = failure(request, response.status_code)
        response.cookies.clear()
        if host.endswith(".onion"):
            # There is no certificate to hold on to, and no second address for another browser to go to.
            response.headers.pop("Strict-Transport-Security", None)
        elif (address := onion.address_for_all()) and response.headers.get("Content-Type", "").startswith(
            "text/html"
        ):
            response.headers["Onion-Location"] = f"http://{address}{escape_uri_path(request.path)}"
        return response


def is_for_strangers(host: str) -> bool:
    """Say whether a name is one of the door's own; where it has one, a name that is nobody's gets the same answers."""
    doors = settings.PANAH_DOOR_HOSTS
    return host in doors or (bool(doors) and not validate_host(host, settings.ALLOWED_HOSTS))


def host_of(request: HttpRequest) -> str:
    """Return the name a browser asked for, without a port; nobody has looked yet whether it is one of ours."""
    meta = request.META
    return split_domain_port(str(meta.get("HTTP_HOST") or meta.get("SERVER_NAME", "")))[0]
