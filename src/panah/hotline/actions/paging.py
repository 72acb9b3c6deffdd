"""The message that calls a colleague: it says that something waits, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def mail_without_content(staff: Staff, kind: str) -> None:
    """Send a colleague an e-mail that says nothing about anyone. Never fails: the page and the sound remain."""
    if not staff.email:
        return
    with translation.override(staff.language or "en"):
        subject = _("Panah: open it now") if kind == "danger" else _("Panah: something waits for you")
        body = _("Something waits for you. Open Panah from your own bookmark; this message holds no link.")
    # Paging goes on by banner and sound when the mail server is away.
    with suppress(OSError, SMTPException):
        send_mail(subject, body, None, [staff.email])
