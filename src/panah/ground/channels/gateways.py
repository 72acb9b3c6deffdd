"""How each kind of channel hands a message over. The only module here that opens connections; it knows no database.

Every line is cut after ``rules.WHOLE`` seconds. Nothing follows a redirect, and of an answer only its number is read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any, TypedDict
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail

from panah.ground.channels import rules, web_push
from panah.ground.channels.words import ChannelKind, Failure
from panah.ground.foundation.outgoing import LOOPBACK, Address, Deadline, connection

READ_OF_ANSWER = 4096
GONE = (404, 410)
# What it was asked for cannot be done for this number or browser; another one may be taken.
ABOUT_ONE = (400, 413, 422)
SMTP_READY = 220


class NotTaken(Exception):
    """The gateway did not take a message; ``failure`` is a code of ``words.Failure``."""

    def __init__(self, failure: str) -> None:
        super().__init__(failure)
        self.failure = failure


class Browser(TypedDict):
    """The subscription of one browser, opened."""

    pk: UUID
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class Outgoing:
    """One message, ready to be sent without asking the database. ``settings`` are those of the channel, opened.

    ``whom``: an e-mail address, a telephone number, or the subscriptions of browsers. ``gone`` is filled with
    the subscriptions that a push service does not know any more.
    """

    kind: str
    settings: Mapping[str, Any]
    whom: list[str | Browser]
    subject: str
    text: str
    message: str
    ref: str
    at: float
    gone: list[UUID] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        return [one for one in self.whom if isinstance(one, str)]

    @property
    def browsers(self) -> list[Browser]:
        return [one for one in self.whom if not isinstance(one, str)]


def send(one: Outgoing) -> None:
    """Hand a message over, or raise NotTaken."""
    if not one.whom:
        raise NotTaken(Failure.NO_ADDRESS)
    try:
        SENDERS[one.kind](one)
    except NotTaken:
        raise
    except ssl.SSLCertVerificationError:
        raise NotTaken(Failure.UNTRUSTED) from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        raise NotTaken(Failure.UNREACHABLE) from None
    except (smtplib.SMTPException, ValueError):
        raise NotTaken(Failure.REFUSED) from None
    except (OSError, http.client.HTTPException):
        raise NotTaken(Failure.UNREACHABLE) from None


def _allowed(host: str) -> Callable[[Address], bool]:
    """What may be connected to: the internet; this machine and its network where the host names them alone."""
    if host in settings.PANAH_GATEWAYS or host in settings.PANAH_PUSH_HOSTS:
        return lambda _address: True
    return rules.is_public


# ---- e-mail --------------------------------------------------------------------------------


def _email(one: Outgoing) -> None:
    if not one.settings:
        for address in one.addresses:
            send_mail(one.subject, one.text, None, [address])
        return
    host, port, tls = one.settings["host"], int(one.settings["port"]), one.settings["tls"]
    if tls == "none" and host not in LOOPBACK:
        raise NotTaken(Failure.REFUSED)
    context = ssl.create_default_context()
    with Deadline(rules.WHOLE) as end:
        line: _Mail = _MailByTls(context=context) if tls == "tls" else _Mail()
        line.end = end
        # The name that the certificate must be for; `connect` alone does not keep it.
        line._host = host
        try:
            if line.connect(host, port)[0] != SMTP_READY:
                raise NotTaken(Failure.REFUSED)
            if tls == "starttls":
                line.starttls(context=context)
            if one.settings.get("user"):
                line.login(one.settings["user"], one.settings["password"])
            _must_take_one(line, one)
        finally:
            line.close()


def _must_take_one(line: smtplib.SMTP, one: Outgoing) -> None:
    """A mail of its own to each address, which learns nothing of the other; it was taken when one was."""
    taken = 0
    for address in one.addresses:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = one.subject, one.settings["sender"], address
        mail["Date"] = formatdate(one.at)
        mail["Message-ID"] = make_msgid(domain=one.settings["sender"].rpartition("@")[2])
        mail.set_content(one.text)
        with suppress(smtplib.SMTPRecipientsRefused):
            line.send_message(mail)
            taken += 1
    if not taken:
        raise NotTaken(Failure.RECIPIENT)


class _Mail(smtplib.SMTP):
    """SMTP over a line that ends in time."""

    end: Deadline
    _host: str

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
        return self.end.connect(host, port, allowed=_allowed(host))


class _MailByTls(smtplib.SMTP_SSL, _Mail):
    """The same with TLS from the start: `SMTP_SSL` wraps what `_Mail` opens."""


# ---- by HTTP -------------------------------------------------------------------------------


def _post(address: str, body: bytes, headers: Mapping[str, str], end: Deadline) -> int:
    """Send bytes and return the number of the answer."""
    if not rules.may_be_asked(address):
        raise NotTaken(Failure.REFUSED)
    parts = urlsplit(address)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
    line = connection(address, plain_to_self=True, end=end, allowed=_allowed(parts.hostname or ""))
    try:
        line.request(
            "POST", path, body=body, headers={**headers, "User-Agent": "panah", "Connection": "close"}
        )
        answer = line.getresponse()
        answer.read(READ_OF_ANSWER)
    finally:
        line.close()
    return answer.status


def _must_take(status: int) -> None:
    if not 200 <= status < 300:
        raise NotTaken(Failure.RECIPIENT if status in ABOUT_ONE else Failure.REFUSED)


def _sms(one: Outgoing) -> None:
    """A modem's or a provider's interface: a number and a text, as JSON or as a form, with a secret in one header."""
    given = one.settings
    fields = {**given["fields"], given["text_field"]: one.text}
    if not rules.may_be_header(given["header"]):
        raise NotTaken(Failure.REFUSED)
    headers = {given["header"]: given["secret"]} if given.get("secret") else {}
    with Deadline(rules.WHOLE) as end:
        for number in one.addresses:
            said = {**fields, given["number_field"]: number}
            if given["form"] == "json":
                body, kind = json.dumps(said).encode(), "application/json"
            else:
                body, kind = urlencode(said).encode(), "application/x-www-form-urlencoded"
            _must_take(_post(given["address"], body, {**headers, "Content-Type": kind}, end))


def webhook_signature(secret: str, ref: str, stamp: int, body: bytes) -> str:
    """Sign as Standard Webhooks says: HMAC-SHA256 of id, time and body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.digest(key, f"{ref}.{stamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(signed).decode()


def _webhook(one: Outgoing) -> None:
    """That somebody is wanted, and the duty telephone to ring: nothing else."""
    body = json.dumps({"type": one.message, "to": one.addresses}).encode()
    stamp = int(one.at)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": one.ref,
        "webhook-timestamp": str(stamp),
        "webhook-signature": webhook_signature(one.settings["secret"], one.ref, stamp, body),
    }
    with Deadline(rules.WHOLE) as end:
        _must_take(_post(one.settings["address"], body, headers, end))


def _push(one: Outgoing) -> None:
    """To each browser of a colleague, within one deadline for all; it was taken when one push service took it."""
    taken, failure = 0, Failure.NO_ADDRESS
    # Whom one service took it for is called, though the time was over at the next one.
    with suppress(TimeoutError), Deadline(rules.WHOLE) as end:
        for browser in one.browsers:
            try:
                status = _push_to(browser, one, end)
            except NotTaken as problem:
                failure = Failure(problem.failure)
                continue
            except (OSError, http.client.HTTPException):
                failure = Failure.UNREACHABLE
                continue
            except ValueError:
                # A key that is none: her other browsers are called all the same.
                failure = Failure.RECIPIENT
                continue
            if status in GONE:
                one.gone.append(browser["pk"])
            elif 200 <= status < 300:
                taken += 1
            else:
                failure = Failure.RECIPIENT if status in ABOUT_ONE else Failure.REFUSED
    if not taken:
        raise NotTaken(failure)


def _push_to(browser: Browser, one: Outgoing, end: Deadline) -> int:
    said = json.dumps({"title": one.subject, "body": one.text}).encode()
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": "3600",
        "Urgency": "high",
        "Authorization": web_push.vapid_header(
            endpoint=browser["endpoint"],
            private=one.settings["private"],
            subject=one.settings["subject"],
            now=one.at,
        ),
    }
    body = web_push.encrypt(said, p256dh=browser["p256dh"], auth=browser["auth"])
    return _post(browser["endpoint"], body, headers, end)


SENDERS: dict[str, Callable[[Outgoing], None]] = {
    ChannelKind.EMAIL: _email,
    ChannelKind.SMS: _sms,
    ChannelKind.WEBHOOK: _webhook,
    ChannelKind.PUSH: _push,
}
