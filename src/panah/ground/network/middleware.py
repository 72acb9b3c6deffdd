"""The one gate in front of pages that a society has closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from panah.ground.kit.pages import page
from panah.ground.network import capabilities


class ClosedCapabilities:
    """Answers a closed page with why it is closed, what to do instead and who does it; forms of it change nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, kwargs: Mapping[str, object]
    ) -> HttpResponse | None:
        staff = getattr(request, "staff", None)
        view = request.resolver_match.view_name if request.resolver_match else ""
        if staff is None:
            return None
        closed = capabilities.closed_by(staff, view, kwargs, on=timezone.localdate())
        if closed is None:
            return None
        response = page(
            request,
            "network/closed.html",
            block="page",
            status=403,
            closed=closed.capability,
            since=closed.since,
            light=capabilities.is_light(staff.society, timezone.localdate()),
            society=staff.society,
            helpers=capabilities.helpers(staff, closed.capability.need),
        )
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#main", "innerHTML"
        return response
