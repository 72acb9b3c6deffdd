"""Ending a colleague's access at once, or her work as focal point, and what follows for the keys she held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.permissions import must_be_of
from panah.ground.accounts.roles import Permission, may
from panah.ground.accounts.words import Role
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.registry import Registry
from panah.ground.vault import events
from panah.ground.vault.actions.admission_hooks import waits_no_more
from panah.ground.vault.actions.ceremony import give_key, new_generation, signing_seed
from panah.ground.vault.actions.focal_point_attestations import revoke_attestation
from panah.ground.vault.actions.rotation import drop_grants, files_to_reseal
from panah.ground.vault.actions.signing import propose_signing_key
from panah.ground.vault.actions.two_people import END, NO_FOCAL_POINT, decided_by_two, use_up
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.focal_points import focal_point_ids
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.models import KeyHeld, SocietyKey
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff


# R is on paper; D follows in two steps (signing.py).
RENEWED = (KeyKind.INTAKE, KeyKind.SEARCH, KeyKind.FACTS, KeyKind.LINE)
# The duty keys that go with a role. A line's key is given line by line.
KEY_OF_ROLE = {Role.DATA_OFFICER.value: KeyKind.FACTS, Role.INTAKE.value: KeyKind.INTAKE}


@dataclass(frozen=True)
class HeldWork:
    """One kind of work in a colleague's hands: what it is called, and how much of it."""

    what: StrOrPromise
    number: int


@dataclass(frozen=True)
class HandoverResult:
    """What was given on: cases, and other things that are due; ``said``: what else a room tells, in sentences."""

    cases: int
    due: int
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offboarding:
    """What one room does when a colleague leaves, or is no focal point any more; no part is obligatory."""

    # (staff=) -> what she holds; (staff=[ids]) -> how much each colleague has.
    held: Callable[..., list[HeldWork]] | None = None
    loads: Callable[..., dict[UUID, list[HeldWork]]] | None = None
    # (keys=, staff=, to=, at=): all of it goes to another.
    hand_over: Callable[..., HandoverResult] | None = None
    # (keys=, staff=) -> the files she goes on opening when she is no focal point any more.
    keeps: Callable[..., set[UUID]] | None = None
    # (keys=, staff=, at=): what she then cannot open goes to others.
    give_back: Callable[..., int] | None = None
    # (keys=, staff=, at=): what is passed on the moment an access ends, whoever hands over the rest.
    pass_on: Callable[..., int] | None = None


# Their order is that in which work is counted and handed over.
OFFBOARDING: Registry[Offboarding] = Registry("what happens to a leaver's work")


def work_held(staff: Staff) -> list[HeldWork]:
    """Return what is in a colleague's hands, without what there is none of."""
    return [held for room in OFFBOARDING if room.held for held in room.held(staff=staff) if held.number]


def loads(people: Iterable[Staff]) -> dict[UUID, list[HeldWork]]:
    """Return how much work each colleague has: numbers, nothing about anybody served."""
    found: dict[UUID, list[HeldWork]] = {person.pk: [] for person in people}
    for load in [room.loads for room in OFFBOARDING if room.loads]:
        for pk, held in load(staff=list(found)).items():
            found[pk] += held
    return found


@transaction.atomic
def hand_over_all(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """Give everything a colleague holds, one who has left too, to another; returns how much. All or none."""
    signing_seed(keys)
    must_be_of(keys.staff.society_id, staff, to)
    done = [room.hand_over(keys=keys, staff=staff, to=to, at=at) for room in OFFBOARDING if room.hand_over]
    said = tuple(sentence for one in done for sentence in one.said)
    return HandoverResult(sum(one.cases for one in done), sum(one.due for one in done), said)


@transaction.atomic
def offboard(*, keys: Keyring, staff: Staff, at: datetime) -> int:
    """A colleague leaves: no sign-in is good any more, and her duty keys get new generations.

    Her grants go wherever two others hold the file; the rest waits for ``regrant_chunk``. When a focal point leaves, a
    new signing key is made, which a second focal point confirms. The last two cannot leave. Ending a focal point or a
    reader of complaints takes a second vote, or the waiting time. Returns how many keys were renewed.
    """
    signing_seed(keys)
    _can_go(keys, staff)
    if decided_by_two(staff):
        use_up(keys=keys, act=END, staff=staff, at=at)
    was_focal_point = may(staff, Permission.VAULT_LEAD)
    accounts.deactivate(staff=staff, by=keys.staff, at=at)
    waits_no_more(staff, at)
    crash_point("leaving: disabled")
    renewed = renew_keys(keys=keys, staff=staff, at=at)
    KeyHeld.objects.filter(staff=staff).delete()
    revoke_attestation(staff.pk)
    if was_focal_point:
        propose_signing_key(keys=keys, at=at)
    crash_point("leaving: keys renewed")
    dropped = drop_grants(staff=staff.pk)
    for pass_on in [room.pass_on for room in OFFBOARDING if room.pass_on]:
        pass_on(keys=keys, staff=staff, at=at)
    crash_point("leaving: grants dropped")
    facts = {"whom": str(staff.pk), "renewed": renewed, "files": dropped}
    audit.record(event=events.LEFT, by=keys.staff, at=at, facts=facts)
    crash_point("leaving: done")
    return renewed


def _can_go(keys: Keyring, staff: Staff) -> None:
    must_be_of(keys.staff.society_id, staff)
    if staff.pk == keys.staff.pk:
        raise Refusal(
            _("You cannot end your own access."),
            next_step=_("Ask the other focal point."),
            code="not-oneself",
        )
    left = focal_point_ids(keys.staff.society_id) - {staff.pk}
    if may(staff, Permission.VAULT_LEAD) and len(left) < 2:
        raise Refusal(
            _("A society keeps two focal points."),
            next_step=_("Admit a third focal point first; then this one can leave."),
            code="too-few-focal-points",
        )


@transaction.atomic
def renew_keys(*, keys: Keyring, staff: Staff, at: datetime, kinds: Iterable[KeyKind] = RENEWED) -> int:
    """Take duty keys from a colleague and make a new generation of each for the others; returns how many."""
    wanted_kinds = list(kinds)
    held = KeyHeld.objects.filter(staff=staff, key__kind__in=wanted_kinds)
    rows = SocietyKey.objects.filter(held__in=held, retired_at=None)
    wanted = [(row.kind, row.line) for row in rows]
    held.delete()
    for kind, line in wanted:
        others = KeyHeld.objects.filter(
            key__society=keys.staff.society_id, key__kind=kind, key__line=line, key__retired_at=None
        ).select_related("staff")
        holders = [row.staff for row in others if row.staff.is_active]
        new_generation(keys=keys, kind=KeyKind(kind), line=line, holders=holders, at=at)
    return len(wanted)


@transaction.atomic
def end_focal_point(*, keys: Keyring, staff: Staff, at: datetime) -> int:
    """A colleague stays, but is no focal point any more: keys renewed, files closed; returns how many files.

    She goes on opening what is in her own hands, and the duty keys of her other roles are given to her anew.
    """
    signing_seed(keys)
    _can_go(keys, staff)
    if not may(staff, Permission.VAULT_LEAD):
        raise Refusal(_("This colleague is no focal point."), code="no-focal-point")
    if files_to_reseal(keys.staff.society_id):
        raise Refusal(
            _("Some files are not open to all focal points yet."),
            next_step=_("Seal them anew first, on the page of colleagues; then nothing is lost."),
            code="seal-anew-first",
        )
    use_up(keys=keys, act=NO_FOCAL_POINT, staff=staff, at=at)
    keep = set().union(*(room.keeps(keys=keys, staff=staff) for room in OFFBOARDING if room.keeps))
    others = staff.role_names - {"focal_point"}
    accounts.change_roles(staff=staff, roles=others, branch=staff.branch, by=keys.staff, at=at)
    lines = [row.line for row in SocietyKey.objects.filter(held__staff=staff, kind="L", retired_at=None)]
    KeyHeld.objects.filter(staff=staff, key__kind=KeyKind.SIGNING).delete()
    revoke_attestation(staff.pk)
    renew_keys(keys=keys, staff=staff, at=at)
    propose_signing_key(keys=keys, at=at)
    dropped = drop_grants(staff=staff.pk, keep=keep)
    for give_back in [room.give_back for room in OFFBOARDING if room.give_back]:
        give_back(keys=keys, staff=staff, at=at)
    keys.look_again()
    _give_back(keys, staff, others, lines, at)
    facts = {"whom": str(staff.pk), "files": dropped}
    audit.record(event=events.FOCAL_POINT_ENDED, by=keys.staff, at=at, facts=facts)
    return dropped


def _give_back(
    keys: Keyring, staff: Staff, roles: frozenset[str], lines: list[UUID | None], at: datetime
) -> None:
    for role in roles & set(KEY_OF_ROLE):
        give_key(keys=keys, kind=KEY_OF_ROLE[role], to=staff, at=at)
    if Role.HOTLINE_OPERATOR.value in roles:
        for line in lines:
            give_key(keys=keys, kind=KeyKind.LINE, to=staff, at=at, line=line)
