"""Where a request begins: with nobody, outside of all societies."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from panah.ground.foundation import tenancy


class NoTenantMiddleware:
    """The outermost middleware: until somebody is known, no society's rows are shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tenancy.forget_shown()
        with tenancy.tenant_context(tenancy.NO_TENANT):
            return self.get_response(request)
