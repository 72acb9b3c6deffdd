"""What a colleague does here, and the keys that go with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.permissions import other_society
from panah.ground.accounts.words import Role
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events
from panah.ground.vault.actions import two_people as acts
from panah.ground.vault.actions.admission_hooks import waits_no_more
from panah.ground.vault.actions.ceremony import _hold, give_key, signing_seed
from panah.ground.vault.actions.focal_point_attestations import attest_focal_point
from panah.ground.vault.actions.offboarding import KEY_OF_ROLE, renew_keys
from panah.ground.vault.actions.rotation import files_to_reseal
from panah.ground.vault.actions.signing import waiting_seed
from panah.ground.vault.actions.two_people import use_up
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.errors import not_admitted
from panah.ground.vault.focal_points import focal_point_ids
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.models import KeyHeld, SocietyKey, StaffKey
from panah.ground.vault.protected_roles import ROLES
from panah.ground.vault.same_person import say_known
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Branch


FOCAL_POINT, OFFICER = Role.FOCAL_POINT.value, Role.DATA_PROTECTION_OFFICER.value


@dataclass(frozen=True)
class Changed:
    """The kinds of duty keys that were given and taken with a change of roles."""

    given: tuple[KeyKind, ...] = ()
    taken: tuple[KeyKind, ...] = ()


def _must_have_a_role(roles: Collection[str]) -> None:
    if not roles:
        raise Refusal(
            _("A colleague does at least one thing here."),
            next_step=_("Choose what, or end this colleague's access."),
            code="no-role",
        )


@transaction.atomic
def change_roles(
    *, keys: Keyring, staff: Staff, roles: Iterable[str], branch: Branch | None, at: datetime
) -> Changed:
    """Give a colleague these roles and the duty keys that go with them; keys she no longer needs are renewed.

    What two people decide is no matter of a tick and stays as it is: focal point, data protection officer. Before the
    ceremony only the first of the two.
    """
    ready = current_key(keys.staff.society_id, KeyKind.RECOVERY) is not None
    fixed = set(ROLES if ready else (FOCAL_POINT,))
    if ready:
        signing_seed(keys)
    held = set(staff.role_names)
    stays, leads = held & fixed, FOCAL_POINT in held
    wanted = (set(roles) - fixed) | stays
    _must_have_a_role(wanted)
    added, taken = accounts.change_roles(staff=staff, roles=wanted, branch=branch, by=keys.staff, at=at)
    if not ready:
        # Before the ceremony there are no keys to give.
        return Changed()
    given = _give(keys, staff, added, at)
    gone = [] if leads else [KEY_OF_ROLE[role] for role in sorted(taken & set(KEY_OF_ROLE))]
    if Role.HOTLINE_OPERATOR.value in taken and not leads:
        gone.append(KeyKind.LINE)
    had = set(KeyHeld.objects.filter(staff=staff, key__kind__in=gone).values_list("key__kind", flat=True))
    if had:
        renew_keys(keys=keys, staff=staff, at=at, kinds=gone)
    return Changed(tuple(given), tuple(kind for kind in gone if kind.value in had))


def _give(keys: Keyring, staff: Staff, added: set[str], at: datetime) -> list[KeyKind]:
    # Before her key is admitted nothing can be sealed to it: admitting gives what her roles need.
    if not StaffKey.objects.filter(staff=staff, admitted_at__isnull=False).exists():
        return []
    given = []
    for role in sorted(added & set(KEY_OF_ROLE)):
        give_key(keys=keys, kind=KEY_OF_ROLE[role], to=staff, at=at)
        given.append(KEY_OF_ROLE[role])
    if Role.HOTLINE_OPERATOR.value in added:
        lines = SocietyKey.objects.filter(
            society=staff.society_id, kind=KeyKind.LINE, retired_at=None
        ).values_list("line", flat=True)
        # With several lines a focal point says which ones she answers, on the page of the line.
        if len(lines) == 1:
            give_key(keys=keys, kind=KeyKind.LINE, to=staff, at=at, line=lines[0])
            given.append(KeyKind.LINE)
    return given


@transaction.atomic
def give_keys_of_roles(*, keys: Keyring, staff: Staff, at: datetime) -> tuple[KeyKind, ...]:
    """Give a colleague who was just admitted the duty keys of her roles; returns the kinds."""
    waiting = waiting_seed(keys)
    # A focal point who made a new key while a signing key waits: what lay under her lost one is sealed anew.
    if waiting is not None and KeyHeld.objects.filter(staff=staff, key=waiting[0]).exists():
        _hold(*waiting, StaffKey.objects.select_related("staff").get(staff=staff), at)
    return tuple(_give(keys, staff, set(staff.role_names), at))


@transaction.atomic
def make_focal_point(*, keys: Keyring, staff: Staff, at: datetime) -> int:
    """Make a colleague a focal point: every key of the society now; returns how many files are still to be opened.

    Two focal points have decided it. Files are opened by ``regrant_chunk`` in her own session or another focal point's.
    Done twice, it does no harm.
    """
    seed = signing_seed(keys)
    person = StaffKey.objects.select_related("staff").filter(staff=staff, admitted_at__isnull=False).first()
    if staff.society_id != keys.staff.society_id or not staff.is_active:
        raise other_society()
    if person is None:
        raise not_admitted()
    keys.must_trust(person)
    if staff.pk not in focal_point_ids(staff.society_id):
        use_up(keys=keys, act=acts.FOCAL_POINT, staff=staff, at=at)
        say_known(staff, keys.staff)
        waits_no_more(staff, at)
    if not staff.is_focal_point:
        roles = staff.role_names | {FOCAL_POINT}
        accounts.change_roles(staff=staff, roles=roles, branch=staff.branch, by=keys.staff, at=at)
    if staff.pk not in focal_point_ids(staff.society_id):
        accounts.count_roles_anew(staff=staff, at=at, roles=[FOCAL_POINT])
    attest_focal_point(society=staff.society_id, staff=staff.pk, signing_seed=seed)
    rows = SocietyKey.objects.in_bulk([held.id for held in keys.held()])
    for held in keys.held():
        _hold(rows[held.id], held.seed, person, at)
    waiting = waiting_seed(keys)
    if waiting is not None:
        _hold(*waiting, person, at)
    crash_point("focal point: keys given")
    facts = {"whom": str(staff.pk), "keys": len(rows)}
    audit.record(event=events.FOCAL_POINT_MADE, by=keys.staff, at=at, facts=facts)
    crash_point("focal point: made")
    return files_to_reseal(staff.society_id)


@transaction.atomic
def make_officer(*, keys: Keyring, staff: Staff, at: datetime) -> None:
    """Make a colleague a data protection officer, as two focal points decided."""
    use_up(keys=keys, act=acts.OFFICER, staff=staff, at=at)
    say_known(staff, keys.staff)
    waits_no_more(staff, at)
    roles = staff.role_names | {OFFICER}
    accounts.change_roles(staff=staff, roles=roles, branch=staff.branch, by=keys.staff, at=at)
    accounts.count_roles_anew(staff=staff, at=at, roles=[OFFICER])


@transaction.atomic
def end_officer(*, keys: Keyring, staff: Staff, at: datetime) -> None:
    """A colleague stays, but is no data protection officer any more."""
    roles = staff.role_names - {OFFICER}
    _must_have_a_role(roles)
    use_up(keys=keys, act=acts.NO_OFFICER, staff=staff, at=at)
    accounts.change_roles(staff=staff, roles=roles, branch=staff.branch, by=keys.staff, at=at)
