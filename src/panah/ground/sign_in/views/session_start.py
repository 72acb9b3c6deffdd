"""What follows a sign-in that fits: a new session, an open vault, news about it, and what was typed before it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.ground.accounts import actions as accounts
from panah.ground.accounts import devices
from panah.ground.accounts.guests import is_guest
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import nav, qr
from panah.ground.kit.dates import when
from panah.ground.kit.pages import add_message, page, read_messages
from panah.ground.sign_in import actions, form_replay, second_factor
from panah.ground.sign_in.actions.sign_in_attempts import Bucket
from panah.ground.sign_in.middleware import set_cookie
from panah.ground.vault import actions as vault
from panah.ground.vault.sealed_state import LASTS

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


PROVED, BY_CODE = "own_words_at", "code"


def local_or_home(to: str) -> str:
    """Return the address when it is a path of this node, else the beginning."""
    local = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if local else "/"


def start_session(
    request: StaffRequest, opened: actions.CheckedPassphrase, *, to: str, typed: str = ""
) -> HttpResponse:
    """Begin a new session for a colleague whose sign-in fits, open the vault in it, and lead her on."""
    secret = enter(request, opened)
    if opened.slot == BY_CODE:
        # She forgot her words: new ones come next, and nobody asks for the old ones.
        mark_reauthenticated(request)
    _say_what_was_used(request, opened)
    response = _send_what_was_typed(request, opened.staff, typed) or HttpResponseRedirect(to)
    set_cookie(response, secret)
    know_device(request, response, opened.staff)
    return response


def tries_of(request: HttpRequest, username: str, *, at: datetime) -> Bucket:
    """Return where the tries of this browser under a name are counted."""
    return actions.of_browser(username=username, mark=devices.mark_of(request, username), at=at)


def know_device(request: HttpRequest, response: HttpResponse, staff: Staff) -> None:
    """After a whole sign-in: what strangers type under her name no longer counts for this browser."""
    with tenancy.tenant_context(staff.society_id):
        before = devices.mark_of(request, staff.username)
        mark = accounts.remember_device(by=staff, mark=before, at=timezone.now())
    devices.keep_mark(response, staff.username, mark)


def mark_reauthenticated(request: StaffRequest) -> None:
    """Remember in this sign-in, for an hour, that it is herself: by her six words just now, or by her printed code."""
    request.session[PROVED] = timezone.now().isoformat()


def is_reauthenticated(request: StaffRequest) -> bool:
    """Say whether she proved in this sign-in, within the last hour, that it is herself."""
    since = request.session.get(PROVED)
    return since is not None and timedelta(0) <= timezone.now() - datetime.fromisoformat(since) < LASTS


def clear_reauthentication(request: StaffRequest) -> None:
    """Forget it: what it was for is done."""
    request.session.pop(PROVED, None)


def enter(request: StaffRequest, opened: actions.CheckedPassphrase) -> bytes:
    """Begin the session and open the vault; returns the secret for the cookie."""
    # A cookie from before the sign-in is worth nothing after it, nor is what was still to be said to somebody else.
    read_messages(request)
    request.session.flush()
    login(request, opened.staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    try:
        with tenancy.tenant_context(opened.staff.society_id):
            at = timezone.now()
            secret = actions.open_vault(opened=opened, session_key=request.session.session_key or "", at=at)
            vault.maintain_a_little(keys=vault.keys_of(opened), at=at)
            return secret
    except Refusal:
        # She is not half in: without her pins nothing may be opened.
        request.session.flush()
        raise


def _say_what_was_used(request: StaffRequest, opened: actions.CheckedPassphrase) -> None:
    """Say that a recovery code was used: now, and at the next sign-in once more."""
    with translation.override(opened.staff.language):
        left = second_factor.codes_left(opened.staff) or 0
        if opened.news == second_factor.RECOVERY:
            text = ngettext(
                "You signed in with a recovery code. %(num)s is left. Cross the used one out.",
                "You signed in with a recovery code. %(num)s are left. Cross the used one out.",
                left,
            ) % {"num": left}
        elif used := second_factor.used_since_told(opened.staff):
            text = ngettext(
                "A recovery code was used: %(when)s. %(num)s is left. If it was not you, tell a focal point now.",
                "A recovery code was used: %(when)s. %(num)s are left. If it was not you, tell a focal point now.",
                left,
            ) % {"when": when(used), "num": left}
        else:
            return
        where = reverse("sign_in:second-factors")
        add_message(request, text, tone="soon", href=where, link=_("Ways to sign in"))


def _send_what_was_typed(request: StaffRequest, staff: Staff, typed: str) -> HttpResponse | None:
    kept = form_replay.opened(typed)
    if kept is None:
        return None
    if kept.whose != str(staff.pk):
        text = _("What was typed in this browser before belongs to another colleague. It is not kept.")
        add_message(request, text, tone="soon")
        return None
    with tenancy.tenant_context(staff.society_id):
        ring = [] if is_guest(staff) else nav.to_ring(staff)
    return page(request, "sign_in/send_typed.html", typed=[kept], name=staff.name, ring=ring)


def grouped(secret: str) -> str:
    """Return a code app's secret in groups of four letters."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def app_square(secret: str, username: str) -> str:
    """Return the square that a code app reads, as SVG."""
    label = _("A square for your code app to read. The same in letters stands below.")
    return qr.svg(second_factor.address(secret, name=username), label=label)
