"""A new signing key D after a focal point went: one who stays makes it, another countersigns it.

Until then the old one stays in force, so that work goes on; who stays sees what waits on the colleagues page. The
second signature puts the new key in place: every key of the society and of its colleagues is signed anew by it.
"""

import os
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.approvals.permissions import must_decide
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events, signing_key_chain
from panah.ground.vault.actions.ceremony import _hold, _make_key, _next_generation, signing_seed
from panah.ground.vault.actions.focal_point_attestations import renew_attestations
from panah.ground.vault.actions.pinning import pin_signing_key
from panah.ground.vault.actions.signing_hooks import sign_anew
from panah.ground.vault.actions.two_people import SIGNING_KEY
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.errors import no_society_keys
from panah.ground.vault.focal_points import focal_point_ids, must_lead
from panah.ground.vault.keyring import Keyring, current_key, older_key
from panah.ground.vault.models import KeyHeld, SocietyKey, StaffKey
from panah.ground.vault.passphrases import tidy
from panah.ground.vault.seals import Bit, DoesNotOpen, sign, signed, signing_public
from panah.ground.vault.words import KeyKind


@transaction.atomic
def propose_signing_key(*, keys: Keyring, at: datetime) -> SocietyKey:
    """Make the next D, signed by the one in force and by whoever makes it; one that waited before is dropped."""
    seed, society = signing_seed(keys), keys.staff.society_id
    old, recovery = current_key(society, KeyKind.SIGNING), keys.society_key(KeyKind.RECOVERY)
    if old is None or recovery is None:
        raise no_society_keys()
    SocietyKey.objects.filter(society=society, kind=KeyKind.SIGNING, waits=True).delete()
    number = _next_generation(keys, KeyKind.SIGNING, None)
    new, fresh = _make_key(
        society, KeyKind.SIGNING, None, os.urandom(32), bytes(recovery.public), seed, at, number
    )
    new.waits = True
    _countersign(keys, new, old)
    leading = list(StaffKey.objects.filter(staff__in=focal_point_ids(society)).select_related("staff"))
    must_lead(keys, leading)
    for person in leading:
        keys.must_trust(person)
        _hold(new, fresh, person, at)
    crash_point("signing: new key waits")
    audit.record(event=events.SIGNING_MADE, by=keys.staff, at=at, facts={"generation": new.generation})
    return new


def _countersign(keys: Keyring, new: SocietyKey, old: SocietyKey) -> None:
    bits = signing_key_chain.countersignature_body(
        new.society_id, new.generation, bytes(old.public), bytes(new.public)
    )
    mine = sign(signing_key_chain.voucher(keys.private.seed), *bits)
    new.countersigned = {**new.countersigned, str(keys.staff.pk): mine.hex()}
    new.save(update_fields=["waits", "countersigned"])


def waiting_seed(keys: Keyring) -> tuple[SocietyKey, bytes] | None:
    """Return the signing key that waits and its private half, or None when there is none for this colleague."""
    held = (
        KeyHeld.objects.filter(staff=keys.staff, key__waits=True, key__society=keys.staff.society_id)
        .select_related("key")
        .first()
    )
    if held is None:
        return None
    key = held.key
    what = ("society key", key.society_id, key.kind, key.line or "", key.generation, keys.staff.pk)
    try:
        seed = keys.private.open(bytes(held.sealed), *what)
    except DoesNotOpen:
        return None
    return (key, seed) if signing_public(seed) == bytes(key.public) else None


@transaction.atomic
def confirm_signing_key(*, keys: Keyring, at: datetime) -> SocietyKey:
    """Countersign the new D as a second focal point, and put it in place of the old one."""
    old_seed = signing_seed(keys)
    found = waiting_seed(keys)
    old = current_key(keys.staff.society_id, KeyKind.SIGNING)
    if found is None or old is None:
        raise Refusal(
            _("No new signing key waits for you."),
            next_step=_("Look at the list of colleagues: it is in place already, or was made anew."),
            code="nothing-waits",
        )
    new, seed = found
    if str(keys.staff.pk) in new.countersigned:
        raise Refusal(
            _("You made this key: a second focal point confirms it."),
            next_step=_("Tell the other focal point that it waits."),
            code="not-oneself",
        )
    must_decide(SIGNING_KEY, keys.staff, asked_at=new.made_at, exclude=set())
    _must_follow(keys, new, old)
    _countersign(keys, new, old)
    signed_anew = _put_in_place(new, old, old_seed, seed, at)
    audit.record(
        event=events.SIGNING_CONFIRMED,
        by=keys.staff,
        at=at,
        facts={"generation": new.generation, "signed": signed_anew},
    )
    stays = signing_key_chain.remaining_signers(keys.record, new.countersigned)
    pin_signing_key(keys=keys, key=new, vouchers=stays, at=at)
    crash_point("signing: in place")
    return new


def _must_follow(keys: Keyring, new: SocietyKey, old: SocietyKey) -> None:
    # Signed by the key she pinned, and by the focal point who made it: nothing else is put in place by her hand.
    what = ("society key", new.society_id, KeyKind.SIGNING, "", new.generation, bytes(new.public))
    bits = signing_key_chain.countersignature_body(
        new.society_id, new.generation, bytes(old.public), bytes(new.public)
    )
    met = keys.record.vouchers
    stays = focal_point_ids(new.society_id)
    made_by = StaffKey.objects.filter(staff__in=set(new.countersigned) & {str(pk) for pk in stays})
    good = any(
        signed(
            met.get(str(one.staff_id), bytes(one.vouches)),
            bytes.fromhex(new.countersigned[str(one.staff_id)]),
            *bits,
        )
        for one in made_by
    )
    trusted = keys.pinned or bytes(old.public)
    if not good or not signed(trusted, bytes(new.signature), *what):
        raise Refusal(
            _("This signing key was not made by a focal point who is here."),
            next_step=_("Do not confirm it. Call the other focal point: someone may have put it there."),
            code="signing-key-not-ours",
        )


def _put_in_place(new: SocietyKey, old: SocietyKey, old_seed: bytes, seed: bytes, at: datetime) -> int:
    """Sign everything anew that the old key had signed; what it had not signed stays as it is."""
    before, number = bytes(old.public), 0
    for key in SocietyKey.objects.filter(society=new.society_id).exclude(kind=KeyKind.SIGNING):
        what: tuple[Bit, ...] = (
            "society key",
            key.society_id,
            key.kind,
            key.line or "",
            key.generation,
            bytes(key.public),
        )
        if signed(before, bytes(key.signature), *what):
            key.signature, number = sign(seed, *what), number + 1
            key.save(update_fields=["signature"])
    people = StaffKey.objects.filter(staff__society=new.society_id, admitted_at__isnull=False)
    for person in people.select_related("staff"):
        what = ("staff key", new.society_id, person.staff_id, bytes(person.public))
        if signed(before, bytes(person.signature), *what):
            person.signature, number = sign(seed, *what), number + 1
            person.save(update_fields=["signature"])
    number += renew_attestations(society=new.society_id, before=before, seed=seed)
    number += sign_anew(society=new.society_id, old_seed=old_seed, new_seed=seed, at=at)
    crash_point("signing: signed anew")
    old.retired_at = at
    old.save(update_fields=["retired_at"])
    new.waits = False
    new.save(update_fields=["waits"])
    return number


@transaction.atomic
def accept_by_telephone(*, keys: Keyring, words: str, at: datetime) -> None:
    """Pin the signing key in force because its six words were compared by telephone with a focal point."""
    from panah.ground.vault.queries import fingerprint

    current = current_key(keys.staff.society_id, KeyKind.SIGNING)
    if current is None or tidy(words) != fingerprint(bytes(current.public)):
        raise Refusal(
            _("These are not the six words of the society's signing key."),
            next_step=_("Call a focal point once more and let the words be read to you."),
            code="words-differ",
        )
    if keys.older_than_seen(current, KeyKind.SIGNING, None):
        # Whoever brought an old one back reads its words to both ends of the telephone.
        raise older_key()
    # Whom she met before says nothing about this key: she meets the focal points anew as she signs in.
    pin_signing_key(keys=keys, key=current, vouchers={}, at=at)
    audit.record(event=events.SIGNING_ACCEPTED, by=keys.staff, at=at)
