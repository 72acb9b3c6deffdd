"""The society's keys: the ceremony, generations, who is admitted, who holds which key."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from shamir_mnemonic import generate_mnemonics

from panah.ground.accounts.permissions import must_be_of
from panah.ground.accounts.roles import focal_point_only
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events, journal_pins
from panah.ground.vault.actions.admission_hooks import waits_no_more
from panah.ground.vault.actions.focal_point_attestations import attest_focal_point
from panah.ground.vault.actions.pinning import pin_generation, pin_signing_key
from panah.ground.vault.errors import no_society_keys
from panah.ground.vault.focal_points import focal_point_ids, must_lead
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.models import KeyHeld, SocietyKey, StaffKey
from panah.ground.vault.pin_record import name_of
from panah.ground.vault.seals import Private, seal, sign, signing_public
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class Shares:
    """Three SLIP-39 shares of the recovery key, any two of which make it again. Shown once."""

    words: tuple[str, str, str] = field(repr=False)


def new_recovery() -> tuple[bytes, Shares]:
    """Return a new R: its public half, and its private half as three shares, kept nowhere."""
    recovery = Private.new()
    return recovery.public, Shares(tuple(generate_mnemonics(1, [(2, 3)], recovery.seed)[0]))


@transaction.atomic
def hold_ceremony(*, keys: Keyring, focal_points: Iterable[Staff | UUID], at: datetime) -> Shares:
    """Make R, D, G, K and F of the society of ``keys`` at once; returns the shares, kept nowhere.

    The ceremony on the screen goes share by share and ends in the same ``found_society``.
    """
    recovery, shares = new_recovery()
    found_society(keys=keys, focal_points=focal_points, recovery=recovery, at=at)
    return shares


@transaction.atomic
def found_society(
    *,
    keys: Keyring,
    focal_points: Iterable[Staff | UUID],
    recovery: bytes,
    at: datetime,
    holders: Mapping[str, str] | None = None,
) -> None:
    """Make D, G, K and F under a recovery key whose shares are already on paper.

    D signs every key and both focal points' own keys. R's private half exists only in the shares.
    """
    society = keys.staff.society_id
    people = ceremony_people(keys, focal_points)
    signing = os.urandom(32)
    try:
        with transaction.atomic():
            SocietyKey.objects.create(
                society_id=society,
                kind=KeyKind.RECOVERY,
                public=recovery,
                made_at=at,
                signature=sign(signing, "society key", society, KeyKind.RECOVERY, "", 1, recovery),
            )
    except IntegrityError:
        raise _held_already() from None
    made = [_make_key(society, KeyKind.SIGNING, None, signing, recovery, signing, at)] + [
        _make_key(society, kind, None, os.urandom(32), recovery, signing, at)
        for kind in (KeyKind.INTAKE, KeyKind.SEARCH, KeyKind.FACTS)
    ]
    for person in people:
        _sign_and_admit(person, signing, at)
        attest_focal_point(society=society, staff=person.staff_id, signing_seed=signing)
        for key, seed in made:
            _hold(key, seed, person, at)
    pin_signing_key(keys=keys, key=made[0][0], at=at)
    journal_pins.begin(society)
    audit.record(
        event=events.CEREMONY, by=keys.staff, at=at, facts={"shares": 3, "needed": 2, **(holders or {})}
    )


def _held_already() -> Refusal:
    return Refusal(_("The society's keys are made already."), code="ceremony-held")


def ceremony_people(
    keys: Keyring, focal_points: Iterable[Staff | UUID], *, again: bool = False
) -> list[StaffKey]:
    """Return the keys of those who take part, or refuse: two focal points; once, unless it is held ``again``."""
    people = list(StaffKey.objects.filter(staff__in=list(focal_points)).select_related("staff"))
    if current_key(keys.staff.society_id, KeyKind.RECOVERY) and not again:
        raise _held_already()
    if len(people) < 2 or keys.staff.pk not in {p.staff_id for p in people}:
        raise Refusal(
            _("Two focal points with keys of their own are needed."),
            next_step=_("The second focal point opens the invitation and makes six words first."),
            code="two-focal-points",
        )
    must_be_of(keys.staff.society_id, *(p.staff for p in people))
    return people


def _make_key(
    society: UUID,
    kind: str,
    line: UUID | None,
    seed: bytes,
    recovery: bytes,
    signing_seed: bytes,
    at: datetime,
    generation: int = 1,
) -> tuple[SocietyKey, bytes]:
    public = signing_public(seed) if kind == KeyKind.SIGNING else Private(seed).public
    what = ("society key", society, kind, line or "", generation)
    under = current_key(society, KeyKind.RECOVERY)
    key = SocietyKey.objects.create(
        society_id=society,
        kind=kind,
        line=line,
        generation=generation,
        public=public,
        made_at=at,
        signature=sign(signing_seed, *what, public),
        to_recovery=seal(recovery, seed, *what, "recovery"),
        recovery_generation=under.generation if under else 1,
    )
    return key, seed


def _hold(key: SocietyKey, seed: bytes, person: StaffKey, at: datetime) -> None:
    sealed = seal(
        bytes(person.public),
        seed,
        "society key",
        key.society_id,
        key.kind,
        key.line or "",
        key.generation,
        person.staff_id,
    )
    KeyHeld.objects.update_or_create(
        key=key, staff_id=person.staff_id, defaults={"sealed": sealed, "since": at}
    )


def _sign_and_admit(
    person: StaffKey,
    signing_seed: bytes,
    at: datetime,
    *,
    by: Staff | None = None,
    known_by: Staff | None = None,
) -> None:
    # Whoever is there at the ceremony is known to all who sit there; nobody need say so again.
    person.signature = sign(
        signing_seed, "staff key", person.staff.society_id, person.staff_id, bytes(person.public)
    )
    person.admitted_at, person.admitted_by, person.known_by = at, by, known_by
    person.save(update_fields=["signature", "admitted_at", "admitted_by", "known_by"])
    waits_no_more(person.staff, at)


def signing_seed(keys: Keyring) -> bytes:
    """Return D, or refuse: only focal points hold it."""
    held = keys.holds(KeyKind.SIGNING)
    if held is None:
        raise focal_point_only()
    return held.seed


@transaction.atomic
def make_line_key(*, keys: Keyring, line: UUID, operators: Iterable[Staff], at: datetime) -> None:
    """Make the duty key L of a hotline line and give it to focal points and operators."""
    _make_generation(keys, KeyKind.LINE, line, operators, at)


@transaction.atomic
def new_generation(
    *, keys: Keyring, kind: KeyKind, line: UUID | None, holders: Iterable[Staff], at: datetime
) -> None:
    """Replace a society key; the old one still opens what was sealed to it."""
    _make_generation(keys, kind, line, holders, at)


def _next_generation(keys: Keyring, kind: str, line: UUID | None) -> int:
    # Counted over all rows and over what was seen: after a restored backup no generation comes twice.
    rows = SocietyKey.objects.filter(society=keys.staff.society_id, kind=kind, line=line)
    highest = rows.aggregate(highest=Max("generation"))["highest"] or 0
    return int(max(highest, keys.record.seen.get(name_of(kind, line), 0)) + 1)


def _make_generation(
    keys: Keyring, kind: str, line: UUID | None, holders: Iterable[Staff], at: datetime
) -> None:
    seal_with = signing_seed(keys)
    society = keys.staff.society_id
    recovery = keys.society_key(KeyKind.RECOVERY)
    if recovery is None:
        raise no_society_keys()
    old = current_key(society, kind, line)
    number = _next_generation(keys, kind, line)
    made, seed = _make_key(society, kind, line, os.urandom(32), bytes(recovery.public), seal_with, at, number)
    if old:
        rows = SocietyKey.objects.filter(society=society, kind=kind, line=line)
        rows.filter(retired_at=None, generation__lt=made.generation).update(retired_at=at)
    leading = focal_point_ids(society)
    wanted = leading | {s.pk for s in holders}
    holding = list(
        StaffKey.objects.filter(staff__in=wanted, admitted_at__isnull=False).select_related("staff")
    )
    must_lead(keys, [person for person in holding if person.staff_id in leading])
    for person in holding:
        keys.must_trust(person)
        _hold(made, seed, person, at)
    pin_generation(keys=keys, key=made, at=at)
    audit.record(
        event=events.GENERATION, by=keys.staff, at=at, facts={"kind": kind, "generation": made.generation}
    )


@transaction.atomic
def give_key(*, keys: Keyring, kind: KeyKind, to: Staff, at: datetime, line: UUID | None = None) -> None:
    """Give a duty key (all generations held) to an admitted colleague."""
    person = StaffKey.objects.filter(staff=to, admitted_at__isnull=False).select_related("staff").first()
    mine = [k for k in keys.held() if k.kind == kind and (line is None or k.line == line)]
    if person is None or not mine:
        raise Refusal(
            _("This key cannot be given now."),
            next_step=_("The colleague must be admitted, and you must hold the key yourself."),
            code="cannot-give",
        )
    keys.must_trust(person)
    for held in mine:
        _hold(SocietyKey.objects.get(pk=held.id), held.seed, person, at)
    audit.record(event=events.KEY_GIVEN, by=keys.staff, at=at, facts={"kind": kind, "to": str(to.pk)})


@transaction.atomic
def take_key(*, keys: Keyring, kind: KeyKind, staff: Staff, at: datetime, line: UUID | None = None) -> None:
    """Take a duty key back and make a new generation for the others.

    What was sealed before stays readable to whoever kept a copy; what is sealed from now on does not.
    """
    signing_seed(keys)
    if kind == KeyKind.SIGNING:
        raise Refusal(_("The signing key stays with the focal points."), code="not-this-key")
    rows = KeyHeld.objects.filter(key__society=keys.staff.society_id, key__kind=kind, staff=staff)
    rows = rows.filter(key__line=line) if line else rows
    lines = set(rows.filter(key__retired_at=None).values_list("key__line", flat=True))
    rows.delete()
    for one in lines:
        others = KeyHeld.objects.filter(
            key__society=keys.staff.society_id, key__kind=kind, key__line=one, key__retired_at=None
        ).select_related("staff")
        _make_generation(keys, kind, one, [row.staff for row in others if row.staff.is_active], at)
    audit.record(event=events.KEY_TAKEN, by=keys.staff, at=at, facts={"kind": kind, "from": str(staff.pk)})
