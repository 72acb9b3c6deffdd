"""A colleague's own key: made and wrapped under her passphrase and her printed code, opened by either, ended."""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.actions import end_sessions, forget_devices
from panah.ground.accounts.permissions import must_be_of, must_not_be_oneself
from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events, signing_key_chain
from panah.ground.vault.actions.admission_hooks import waits, waits_no_more
from panah.ground.vault.actions.ceremony import signing_seed
from panah.ground.vault.actions.pinning import pin
from panah.ground.vault.actions.two_people import NEW_KEY, decided_by_two, use_up
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.manifest import digest
from panah.ground.vault.models import Grant, StaffKey
from panah.ground.vault.passphrases import from_code, from_passphrase, tidy
from panah.ground.vault.pin_record import WITH, WITHOUT, PinRecord, close
from panah.ground.vault.seals import DoesNotOpen, Private, lock, unlock
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

NOBODY = tenancy.NO_TENANT


@dataclass(frozen=True)
class OpenedKey:
    """A colleague's key, opened by her passphrase or her printed code.

    ``slot`` and ``kek`` say how it was wrapped; ``with_pins`` whether the wrapping says that a record of pins exists.
    """

    staff: Staff
    seed: bytes = field(repr=False)
    slot: str = ""
    kek: bytes = field(default=b"", repr=False)
    with_pins: bool = False


def keys_of(opened: OpenedKey) -> Keyring:
    """Return what an opened key opens."""
    return Keyring(staff=opened.staff, private=Private(opened.seed))


def open_staff_key(*, staff: Staff | None, passphrase: str, with_code: bool = False) -> OpenedKey | None:
    """Open a colleague's key by her passphrase or her printed code; None when it does not fit.

    For nobody (None) the same question is asked of the database and the same derivation is done. Whoever calls this
    counts the tries.
    """
    key = StaffKey.objects.filter(staff=staff.pk if staff else NOBODY).first()
    slot = "code" if with_code else "passphrase"
    salt = os.urandom(16) if key is None else bytes(key.code_salt if with_code else key.salt)
    derive_it = from_code if with_code else from_passphrase
    derived = derive_it(passphrase, salt=salt, staff=key.staff_id if key else NOBODY)
    verifier = (key.code_verifier if with_code else key.verifier) if key else b""
    if key is None or staff is None or not hmac.compare_digest(bytes(verifier), derived.verifier):
        return None
    wrapped = bytes(key.code_wrapped if with_code else key.wrapped)
    for what in (WITH, WITHOUT):
        with suppress(DoesNotOpen):
            seed = unlock(derived.kek, wrapped, what, slot, key.staff_id)
            return OpenedKey(staff, seed, slot, derived.kek, what == WITH)
    return None


def pins_at_opening(*, opened: OpenedKey, at: datetime) -> PinRecord:
    """Return her record of pins as her vault opens, or refuse with PinGone when it was taken away or set back."""
    record = pin(staff=opened.staff, seed=opened.seed, at=at, must_exist=opened.with_pins)
    if opened.kek and not opened.with_pins:
        # A key from before there were records: from now on its wrapping says that there is one.
        field_name = "code_wrapped" if opened.slot == "code" else "wrapped"
        wrapped = lock(opened.kek, opened.seed, WITH, opened.slot, opened.staff.pk)
        StaffKey.objects.filter(staff=opened.staff).update(**{field_name: wrapped})
    return record


@transaction.atomic
def make_staff_key(*, staff: Staff, passphrase: str, code: str, at: datetime) -> None:
    """Make the colleague's key pair, wrapped under her passphrase and under her printed code.

    Neither is kept anywhere; the key opens nothing until a focal point admits it.
    """
    _long_enough(passphrase)
    if StaffKey.objects.filter(staff=staff).exists():
        raise Refusal(_("This colleague already has a key."), code="has-key")
    private = Private.new()
    StaffKey.objects.create(
        staff=staff,
        public=private.public,
        mark=digest(private.public)[:8],
        vouches=signing_key_chain.voucher_public(private.seed),
        made_at=at,
        pins=close(PinRecord(), seed=private.seed, staff=staff.pk),
        **_slots(staff, private, passphrase, code),
    )
    audit.record(event=events.KEY_MADE, by=staff, at=at)
    if current_key(staff.society_id, KeyKind.SIGNING):
        waits(staff, at)


def _long_enough(passphrase: str) -> None:
    if len(tidy(passphrase).split()) < 6 or len(tidy(passphrase)) < 24:
        raise Refusal(_("A passphrase has at least six words."), code="passphrase-too-short")


def _slots(staff: Staff, private: Private, passphrase: str, code: str) -> dict[str, bytes]:
    salt, code_salt = os.urandom(16), os.urandom(16)
    by_words = from_passphrase(passphrase, salt=salt, staff=staff.pk)
    by_code = from_code(code, salt=code_salt, staff=staff.pk)
    return {
        "salt": salt,
        "verifier": by_words.verifier,
        "wrapped": lock(by_words.kek, private.seed, WITH, "passphrase", staff.pk),
        "code_salt": code_salt,
        "code_verifier": by_code.verifier,
        "code_wrapped": lock(by_code.kek, private.seed, WITH, "code", staff.pk),
    }


@transaction.atomic
def rewrap_staff_key(*, keys: Keyring, passphrase: str, code: str, at: datetime) -> None:
    """Wrap the same key under a new passphrase and a new printed code; the old ones end."""
    _long_enough(passphrase)
    record = close(keys.record, seed=keys.private.seed, staff=keys.staff.pk)
    slots = _slots(keys.staff, keys.private, passphrase, code)
    StaffKey.objects.filter(staff=keys.staff).update(pins=record, **slots)
    audit.record(event=events.PASSPHRASE_CHANGED, by=keys.staff, at=at)


@transaction.atomic
def drop_staff_key(*, keys: Keyring, staff: Staff, at: datetime) -> None:
    """End the key of a colleague who lost passphrase and printed code, so that she can make a new one.

    What she could open waits: after a focal point has admitted the new key, everything that the focal point can open
    is sealed to it again, but for complaints and threats. For a focal point and a reader of complaints two people
    decide it.
    """
    must_manage_keys(keys, staff)
    must_not_be_oneself(keys.staff, staff)
    if decided_by_two(staff):
        use_up(keys=keys, act=NEW_KEY, staff=staff, at=at)
    end_key(staff)
    waits_no_more(staff, at)
    audit.record(event=events.BEGAN_AGAIN, by=keys.staff, at=at, facts={"whom": str(staff.pk)})


def must_manage_keys(keys: Keyring, staff: Staff) -> None:
    """Refuse unless the asker holds the signing key of this colleague's society."""
    signing_seed(keys)
    must_be_of(keys.staff.society_id, staff)


def end_key(staff: Staff) -> None:
    """End a colleague's key; with its row go the vaults that are open with it and her sign-ins, also those that wait.

    What is sealed to it counts as lost.
    """
    StaffKey.objects.filter(staff=staff).delete()
    Grant.objects.filter(staff=staff).update(sealed_to=b"")
    end_sessions(staff)
    forget_devices(staff)
