"""A form that was sent after the sign-in had ended: what was typed waits in the sign-in page and goes on afterwards.

The fields travel locked under the host's key in a hidden field: nothing is kept on the server, and whoever sits down
at the browser cannot read them in the page before signing in. They are never sent by themselves: after the sign-in a
page says so and has a button. The request got here through the check of its token, so it came from our own page.
Only what was sent in a colleague's own ended sign-in is kept: else whoever sits at a shared computer could leave a form
there that goes out in the name of the next one who signs in.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts.queries import whose_sign_in
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import page
from panah.ground.kit.secret_fields import NEVER_KEPT
from panah.ground.sign_in import forms
from panah.ground.sign_in.middleware import QUIET, TOLD, told
from panah.ground.sign_in.practice_codes import codes_to_show
from panah.ground.vault.sealed_state import open_state, seal_state

WHAT = "typed"
LASTS = timedelta(hours=12)
# In bytes. With what locking and encoding add it stays below what a request may bring.
LONGEST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 7 // 10


@dataclass(frozen=True)
class ReplayForm:
    """What was typed: where it was sent, its fields in order, whether files were with it, whose it is, since when."""

    to: str
    fields: list[list[str]]
    files: bool
    whose: str
    sent_at: str = ""

    @property
    def since(self) -> datetime | None:
        return datetime.fromisoformat(self.sent_at) if self.sent_at else None


def opened(text: str) -> ReplayForm | None:
    """Return what was typed, or None when there is nothing, or it is not ours, or older than twelve hours."""
    if not text:
        return None
    state = open_state(text, what=WHAT, whose="", at=timezone.now(), lasts=LASTS)
    return ReplayForm(**state) if state else None


class FormReplayMiddleware(LoginRequiredMiddleware):
    """Every page wants a sign-in. A form that comes without one is kept in the page that asks for it."""

    def handle_no_permission(self, request: StaffRequest, view_func: Any) -> Any:  # type: ignore[override]  # ours
        """Answer with the page that asks for the sign-in; what was typed stays in it."""
        if QUIET in request.headers:
            # Nobody pressed anything: the page reads in the header that the sign-in has ended, and stays where it is.
            return HttpResponse(status=204, headers={TOLD: told(request)})
        fields = _fields(request)
        # The doors' own forms carry passphrases, a script's drafts stay in the browser: neither is kept.
        by_script = "X-Draft" in request.headers
        if not fields or by_script or request.path.startswith(reverse("sign_in:sign-in").rpartition("/")[0]):
            return super().handle_no_permission(request, view_func)
        return _ask(request, fields)


def _fields(request: StaffRequest) -> list[list[str]]:
    if request.method != "POST":
        return []
    return [
        [name, value] for name, values in request.POST.lists() for value in values if name not in NEVER_KEPT
    ]


def _ask(request: StaffRequest, fields: list[list[str]]) -> HttpResponse:
    to = request.get_full_path()
    too_long = len(json.dumps(fields, ensure_ascii=False).encode()) > LONGEST
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    whose = whose_sign_in(cookie) if cookie else None
    at = timezone.now()
    state = {
        "to": to,
        "fields": fields,
        "files": bool(request.FILES),
        "whose": str(whose),
        "sent_at": at.isoformat(),
    }
    kept = "" if too_long or whose is None else seal_state(state, what=WHAT, whose="", at=at)
    fragment = request.headers.get("HX-Request") == "true"
    response = page(
        request,
        "sign_in/sign_in.html",
        status=200 if fragment else 413 if too_long else 403,
        form=forms.SignInForm(initial={"typed": kept, "next": ""}),
        practice_code=codes_to_show(request, ""),
        kept="too long" if too_long else "yes" if kept else "nobody's",
        files=bool(request.FILES),
    )
    if fragment:
        response["HX-Retarget"], response["HX-Reswap"] = "body", "outerHTML"
    return response
