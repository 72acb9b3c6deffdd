"""A page that opens once, for a receiver without Panah: an address by one way, a code by phone.

The packet is locked under a random key, and that key under the code (Argon2id, pepper). Both lie in the shred store
until the page is opened, its half hour is over, five wrong codes were typed, or three days have passed.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import ALPHABET
from panah.ground.network.queries import society_where
from panah.ground.vault import actions as vault
from panah.ground.vault.passphrases import from_passphrase
from panah.ground.vault.seals import DoesNotOpen, lock, pad, unlock, unpad
from panah.people.referrals import events
from panah.people.referrals.actions.workflow import put_answer_on_list, typed_answer
from panah.people.referrals.models import OncePage, Referral

CONTENT, ANSWER = "page", "page_answer"
TRIES = 5


@transaction.atomic
def make_page(*, referral: Referral, packet: dict[str, object], at: datetime) -> tuple[str, str, str]:
    """Make the page of a packet; returns (token for the address, code for the phone, page key as hex).

    Address and code are shown once to the caseworker and kept nowhere; the key goes into the sealed referral,
    so that an answer typed on the page can be read.
    """
    token, salt, key = secrets.token_urlsafe(18), os.urandom(16), os.urandom(32)
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    row = OncePage.objects.create(
        society_id=referral.society_id,
        referral=referral,
        token_hash=_hash(token),
        salt=salt,
        made_at=at,
        expires_at=at + retention.ONCE_PAGE.period,
    )
    body = {
        "key": lock(_from_code(code, row), key, "once key", row.pk).hex(),
        "content": lock(key, _packed(packet), "once page", row.pk).hex(),
    }
    vault.store_blob(kind=CONTENT, key=row.pk, sealed=json.dumps(body).encode(), society=referral.society_id)
    return token, f"{code[:4]}-{code[4:]}", key.hex()


def _packed(value: Mapping[str, object]) -> bytes:
    return pad(json.dumps(value, ensure_ascii=False).encode())


def _hash(token: str) -> bytes:
    return hashlib.sha256(b"panah once" + token.encode()).digest()


def _from_code(code: str, row: OncePage) -> bytes:
    tidy = "".join(c for c in code.upper() if c in ALPHABET)
    return from_passphrase(tidy, salt=bytes(row.salt), staff=row.pk).kek


def _no_such_page() -> Refusal:
    # One answer for wrong, old, used up and never there.
    return Refusal(
        _("This page cannot be opened with this code."),
        next_step=_("Call the colleague who gave it to you."),
        code="page-closed",
        status=404,
    )


def _in_tenant_of_token[T](act: Callable[..., T]) -> Callable[..., T]:
    """Do what follows inside the walls of the society whose page this is."""

    @wraps(act)
    def inside(*, token: str, **given: object) -> T:
        with tenancy.tenant_context(_society_of(token)):
            return act(token=token, **given)

    return inside


def _society_of(token: str) -> UUID:
    return society_where(
        lambda society: OncePage.objects.filter(token_hash=_hash(token), society=society).exists()
    )


@_in_tenant_of_token
def open_page(*, token: str, code: str, at: datetime) -> dict[str, Any]:
    """Return the packet if the code fits; the first opening starts its last half hour."""
    row = OncePage.objects.filter(token_hash=_hash(token), expires_at__gt=at, tries_left__gt=0).first()
    if row is None or (row.closes_at and row.closes_at <= at) or not _take_try(row):
        raise _no_such_page()
    key = _page_key(row, code)
    if key is None:
        _destroy_after_the_last(row, at)
        raise _no_such_page()
    _give_back_try(row)
    if row.opened_at is None:
        with transaction.atomic():
            OncePage.objects.filter(pk=row.pk).update(
                opened_at=at, closes_at=at + retention.ONCE_PAGE_OPEN.period
            )
            audit.record(
                event=events.OPENED, by=None, society=row.society_id, at=at, about=row.referral.case.file_id
            )
    body = json.loads(vault.load_blob(kind=CONTENT, key=row.pk) or b"{}")
    packet: dict[str, object] = json.loads(
        unpad(unlock(key, bytes.fromhex(body["content"]), "once page", row.pk))
    )
    return packet


def _page_key(row: OncePage, code: str) -> bytes | None:
    kept = vault.load_blob(kind=CONTENT, key=row.pk)
    if kept is None:
        return None
    try:
        return unlock(_from_code(code, row), bytes.fromhex(json.loads(kept)["key"]), "once key", row.pk)
    except DoesNotOpen:
        return None


def _take_try(row: OncePage) -> bool:
    """Count a try before it is looked at, so that of many at once no more are looked at than there are tries."""
    left = OncePage.objects.filter(pk=row.pk, tries_left__gt=0)
    return bool(left.update(tries_left=F("tries_left") - 1))


def _give_back_try(row: OncePage) -> None:
    OncePage.objects.filter(pk=row.pk, tries_left__lt=TRIES).update(tries_left=F("tries_left") + 1)


@transaction.atomic
def _destroy_after_the_last(row: OncePage, at: datetime) -> None:
    if OncePage.objects.select_for_update().get(pk=row.pk).tries_left == 0:
        _destroy([row.pk], at)


@_in_tenant_of_token
def answer_page(*, token: str, code: str, answer: str, note: str, at: datetime) -> None:
    """Keep what the receiver answered, locked for the caseworker, and put it on her list."""
    # Outside the transaction: a wrong code stays counted.
    open_page(token=token, code=code, at=at)
    with transaction.atomic():
        row = OncePage.objects.select_related("referral__case").get(token_hash=_hash(token))
        key = _page_key(row, code)
        if key is None:
            raise _no_such_page()
        sealed = lock(key, _packed(typed_answer(answer, note, at)), "once answer", row.pk)
        vault.store_blob(kind=ANSWER, key=row.pk, sealed=sealed, society=row.society_id)
        put_answer_on_list(referral=row.referral, at=at)


def answers_of(*, referral: Referral, key: str) -> list[dict[str, Any]]:
    """Return what was typed on the pages of a referral; ``key`` is the page key of the sealed referral."""
    found = []
    for page in OncePage.objects.filter(referral=referral):
        blob = vault.load_blob(kind=ANSWER, key=page.pk)
        if blob and key:
            try:
                found.append(json.loads(unpad(unlock(bytes.fromhex(key), blob, "once answer", page.pk))))
            except DoesNotOpen:
                continue
    return found


@transaction.atomic
def destroy_pages(*, referral: Referral, at: datetime) -> None:
    """Close every page of a referral at once."""
    _destroy(list(OncePage.objects.filter(referral=referral).values_list("pk", flat=True)), at)


def _destroy(pages: list[UUID], at: datetime) -> None:
    vault.destroy(kind=CONTENT, keys=pages)
    OncePage.objects.filter(pk__in=pages).update(tries_left=0, closes_at=at)


def tidy_pages(*, at: datetime) -> int:
    """Destroy what was read or has expired; returns how many. The worker calls it."""
    old = OncePage.objects.filter(expires_at__lte=at) | OncePage.objects.filter(closes_at__lte=at)
    # A try that was taken and never settled leaves none, and a page that is still there.
    pages = list(old.exclude(tries_left=0, closes_at__isnull=False).values_list("pk", flat=True))
    _destroy(pages, at)
    return len(pages)
