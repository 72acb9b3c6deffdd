"""What the hotline and the list of work need from each other, from the vault and from finding."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from panah.finding import actions as finding
from panah.hotline import actions as hotline
from panah.hotline import queries
from panah.vault.actions.erasure import on_erase
from panah.vault.actions.locking import CALL_OPEN
from panah.work import actions as work
from panah.work import queries as work_queries

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def fill() -> None:
    """Addresses of what is due, the message that pages a colleague, what goes with an erased file."""
    work_queries.ITEM_URLS["hotline"] = lambda subject, number: reverse("hotline:opened", args=[subject])
    work_queries.ITEM_URLS["hotline_debrief"] = lambda subject, number: reverse(
        "hotline:debrief", args=[subject]
    )
    work_queries.ITEM_URLS["hotline_keeping"] = lambda subject, number: reverse("hotline:keeping")
    work_queries.ITEM_URLS["family_links"] = lambda subject, number: reverse(
        "hotline:links_request", args=[number]
    )
    work_queries.ITEM_URLS["authority"] = lambda subject, number: reverse("hotline:authority", args=[number])
    if hotline.mail_without_content not in work.NOTIFY:
        work.NOTIFY.append(hotline.mail_without_content)
    on_erase(hotline.forget_contact)
    if _call_open not in finding.CLOSED:
        finding.CLOSED.append(_call_open)
    if queries.call_elsewhere not in CALL_OPEN:
        CALL_OPEN.append(queries.call_elsewhere)


def _call_open(*, staff: Staff, at: datetime) -> bool:
    return queries.call_open(staff)
