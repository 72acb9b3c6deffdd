"""What only a practice node shows, and only to someone who sits at it."""

from django.conf import settings

from panah.ground.accounts.queries import staff_by_username
from panah.ground.foundation.http import StaffRequest
from panah.ground.network.queries import hosted_societies
from panah.ground.sign_in import second_factor

LOOPBACK = ("127.0.0.1", "::1")


def is_practice() -> bool:
    """Say whether this node was started for practice and its database holds practice societies alone."""
    hosted = hosted_societies() if settings.PANAH_PRACTICE else ()
    return bool(hosted) and all(one.practice for one in hosted)


def sits_here(request: StaffRequest) -> bool:
    """Say whether the browser runs on this very machine and spoke to it directly."""
    here = request.META.get("REMOTE_ADDR", "") in LOOPBACK and "X-Forwarded-For" not in request.headers
    return here and request.get_host().rsplit(":", 1)[0] in ("localhost", "127.0.0.1", "[::1]")


def codes_to_show(request: StaffRequest, username: object) -> str:
    """Return the six digits that work now for this name, "" anywhere but at a practice node.

    Before a name is typed the digits of the practice cast are shown: they share one code app.
    """
    if not settings.PANAH_PRACTICE or not sits_here(request) or not is_practice():
        return ""
    staff = staff_by_username(str(username or "")) or staff_by_username(settings.PANAH_PRACTICE_NAME)
    return second_factor.current_code(staff) if staff else ""
