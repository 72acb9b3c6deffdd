"""What stands outside the wall between societies, each with its reason; and where a request begins: with nobody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from panah.foundation import tenancy

BEFORE_SIGN_IN = "is read before anybody is signed in, when no society is known yet"
EXEMPT = {
    "network": "the register of societies, branches, services, numbers and rules is for the whole network",
    "accounts.Staff": BEFORE_SIGN_IN,
    "accounts.RoleHeld": BEFORE_SIGN_IN,
    "accounts.Session": BEFORE_SIGN_IN,
    "accounts.Device": BEFORE_SIGN_IN,
    "vault.StaffKey": BEFORE_SIGN_IN,
    "vault.VaultSession": BEFORE_SIGN_IN,
    "vault.PendingSignIn": BEFORE_SIGN_IN,
    "vault.Invitation": BEFORE_SIGN_IN,
    "vault.SignInAttempt": BEFORE_SIGN_IN,
    "account": BEFORE_SIGN_IN,
    "mfa": BEFORE_SIGN_IN,
    "auth": "Django's own, and empty here",
    "contenttypes": "Django's own: the names of tables",
}


class NoTenantMiddleware:
    """The outermost middleware: until somebody is known, no society's rows are shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with tenancy.tenant_context(tenancy.NO_TENANT):
            return self.get_response(request)
