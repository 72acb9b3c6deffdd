"""Telling those who can stop a request: an e-mail without content, with a link that stops it without a sign-in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from panah.ground.approvals.models import Request
from panah.ground.kit.dates import when

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

SALT = "panah.approvals.stop"
# In the address that whoever asks gives; the link of each reader stands in its place.
LINK = "LINK"


@dataclass(frozen=True)
class Link:
    """What a link in an e-mail says: which request, of which society, who was told."""

    request: UUID
    society: UUID
    staff: UUID


def token_for(request: Request, staff: Staff) -> str:
    """Return a text that stops one request, in the name of one who was told, and nothing else."""
    return signing.dumps([request.pk.hex, request.society_id.hex, staff.pk.hex], salt=SALT)


def read_token(token: str) -> Link | None:
    """Return what a link says, or None when it is none of this node."""
    try:
        return Link(*(UUID(one) for one in signing.loads(token, salt=SALT)))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def tell(*, request: Request, people: list[Staff], address: str) -> None:
    """Write to everybody who was told and has an address, once what was asked stands."""
    for one in people:
        for to in one.reached_at:
            link = address.replace(LINK, token_for(request, one)) if address else ""
            transaction.on_commit(partial(_mail, request, one, to, link))


def _mail(request: Request, staff: Staff, to: str, link: str) -> None:
    with translation.override(staff.language or "en"):
        lines = [
            _("Somebody asked for something that two people decide in Panah."),
            _("It does not happen before %(when)s.") % {"when": when(request.ready_at)},
            _("Open Panah from your own bookmark: it says there what it is, and you can stop it."),
        ]
        if link:
            lines += [
                _(
                    "If you cannot sign in, or know nothing of it: open this link and press the button. Opening it"
                    " does nothing; the button stops it."
                ),
                link,
            ]
        subject = _("Panah: somebody asked for something that two people decide")
    # What smtplib raises is an OSError. The banner and the list remain when the mail server is away.
    with suppress(OSError):
        send_mail(subject, "\n\n".join(lines), None, [to])
