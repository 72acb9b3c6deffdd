"""Tries at the door, counted in buckets: what strangers type is not counted against a colleague's own device.

A bucket is found by a peppered hash of what it stands for, so the table tells neither names nor devices, and a made-up
name has a bucket like any other. A try is counted before it is looked at: of many at once none slips through.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts import permissions
from panah.ground.accounts.queries import known_device, staff_by_username
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import events
from panah.ground.sign_in.models import SignInAttempt
from panah.ground.sign_in.words import OpeningReason
from panah.ground.vault.host_sealing import peppered

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
# After an hour's wait nothing gets longer: what is doubled for days would not fit into a date.
DOUBLED_AT_MOST = 6
# While a focal point holds a name open, so many wrong tries are taken before it waits again.
OPEN_FOR = timedelta(minutes=15)
TRIES_WHILE_OPEN = 30
OPENINGS_A_DAY = 3
DAY = timedelta(days=1)


class NotSignedIn(Refusal):
    """Wrong name, passphrase or code; all look alike."""

    status = 403


@dataclass(frozen=True)
class Bucket:
    """Where tries are counted; ``known_device``: apart from strangers, and with a place of its own at the door."""

    key: bytes
    known_device: bool = False


def of_name(username: str) -> Bucket:
    """Everybody who types this name without being known."""
    return _bucket(b"attempt", username.strip().lower().encode())


def of_sign_in(staff: Staff) -> Bucket:
    """Her own sign-in, in which she types her words once more."""
    return _bucket(b"signed-in attempt", staff.username.encode())


def of_invitation(token: str) -> Bucket:
    """Whoever holds this one link."""
    return _bucket(b"invitation attempt", token.encode())


def of_ceremony(staff: Staff, username: str) -> Bucket:
    """A second focal point who types her words beside the first one, in the first one's sign-in."""
    return _bucket(b"ceremony attempt", staff.pk.bytes + username.strip().lower().encode())


def of_browser(*, username: str, mark: str, at: datetime) -> Bucket:
    """The device with this mark, if this colleague has signed in from it; else all who type the name."""
    # Without a mark nothing is asked: a stranger meets the same work for every name.
    staff = staff_by_username(username) if mark else None
    device = known_device(staff, mark=mark, at=at) if staff is not None else None
    if device is None:
        return of_name(username)
    return Bucket(_bucket(b"device attempt", device.pk.bytes).key, known_device=True)


def _bucket(kind: bytes, what: bytes) -> Bucket:
    return Bucket(peppered(kind + what))


def refuse_if_waiting(bucket: Bucket, *, at: datetime) -> None:
    """Refuse while the bucket waits."""
    _refuse_if_waiting(SignInAttempt.objects.filter(pk=bucket.key).first(), at)


@transaction.atomic
def claim(bucket: Bucket, *, at: datetime) -> None:
    """Count a try as wrong until it is given back, or refuse while the bucket waits."""
    attempt = _locked(bucket, at)
    _refuse_if_waiting(attempt, at)
    attempt.failed += 1
    attempt.last_at = at
    attempt.wait_until = _next_wait(attempt, at)
    attempt.save()


def _locked(bucket: Bucket, at: datetime) -> SignInAttempt:
    # Others begin the same bucket at this moment, or forget it: whoever finds no row to wait for makes one.
    while True:
        SignInAttempt.objects.bulk_create([SignInAttempt(id=bucket.key, last_at=at)], ignore_conflicts=True)
        attempt = SignInAttempt.objects.select_for_update().filter(pk=bucket.key).first()
        if attempt is not None:
            return attempt


@transaction.atomic
def give_back(bucket: Bucket) -> None:
    """Take a try back that was not wrong."""
    attempt = SignInAttempt.objects.select_for_update().filter(pk=bucket.key).first()
    if attempt is not None and attempt.failed:
        # It was taken while nothing waited: what waits since then is its own doing.
        attempt.failed -= 1
        attempt.wait_until = None
        attempt.save()
        if not attempt.failed:
            forget(bucket)


def forget(*buckets: Bucket) -> None:
    """Forget the tries of buckets whose owner has come in. How often a name was opened stays counted for its day."""
    rows = SignInAttempt.objects.filter(pk__in=[bucket.key for bucket in buckets])
    rows.filter(openings=0).delete()
    rows.update(failed=0, wait_until=None)


def _refuse_if_waiting(attempt: SignInAttempt | None, at: datetime) -> None:
    until = _waits_until(attempt, at)
    if until is not None:
        minutes = max(1, round((until - at).total_seconds() / 60))
        raise NotSignedIn(
            _("Too many tries. Wait %(minutes)s min, then try again.") % {"minutes": minutes},
            code="wait",
            status=429,
        )


def _waits_until(attempt: SignInAttempt | None, at: datetime) -> datetime | None:
    # Never longer than the longest wait: a clock that went back must not shut people out.
    if attempt and attempt.wait_until and timedelta(0) < attempt.wait_until - at <= LONGEST_WAIT:
        return attempt.wait_until
    return None


def _next_wait(attempt: SignInAttempt, at: datetime) -> datetime | None:
    if attempt.open_until and timedelta(0) < attempt.open_until - at <= OPEN_FOR:
        return attempt.open_until if attempt.failed >= TRIES_WHILE_OPEN else None
    if attempt.failed < FREE_TRIES:
        return None
    return at + min(FIRST_WAIT * 2 ** min(attempt.failed - FREE_TRIES, DOUBLED_AT_MOST), LONGEST_WAIT)


def name_waits_until(staff: Staff, *, at: datetime) -> datetime | None:
    """Return until when a colleague's name waits at the door of those who are not known; None when it does not."""
    return _waits_until(SignInAttempt.objects.filter(pk=of_name(staff.username).key).first(), at)


@transaction.atomic
def open_name(*, staff: Staff, reason: OpeningReason, by: Staff, at: datetime) -> None:
    """Let a colleague's name sign in again for a quarter of an hour, and journal why. Three times a day."""
    permissions.require_staff_manager(by, staff.society)
    permissions.must_not_be_oneself(by, staff)
    attempt = SignInAttempt.objects.select_for_update().filter(pk=of_name(staff.username).key).first()
    if attempt is None or _waits_until(attempt, at) is None:
        # Pressed twice, or the wait is over meanwhile.
        return
    _count_opening(attempt, at)
    attempt.failed, attempt.wait_until, attempt.open_until, attempt.last_at = 0, None, at + OPEN_FOR, at
    attempt.save()
    facts: dict[str, object] = {"whom": str(staff.pk), "reason": reason.value}
    audit.record(event=events.NAME_OPENED, by=by, at=at, facts=facts)


def _count_opening(attempt: SignInAttempt, at: datetime) -> None:
    since = attempt.openings_since
    if since is None or abs(at - since) >= DAY:
        attempt.openings, attempt.openings_since = 0, at
    if attempt.openings >= OPENINGS_A_DAY:
        raise Refusal(
            _("This name was opened three times within a day."),
            next_step=_(
                "Send the colleague a link with “The code app is lost”: what strangers type does not count there."
            ),
            code="opened-too-often",
        )
    attempt.openings += 1
