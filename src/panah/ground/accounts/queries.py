"""Who works here, as far as the asker may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panah.ground.accounts import devices
from panah.ground.accounts.models import Device, Duty, RoleHeld, Session, Staff, StaffQuerySet
from panah.ground.accounts.models import addresses_of as addresses_of
from panah.ground.accounts.models import roles_held as roles_held
from panah.ground.accounts.roles import Permission
from panah.ground.accounts.rules import Addresses as Addresses
from panah.ground.accounts.sessions import hashed
from panah.ground.accounts.words import DutyKind, Role
from panah.ground.foundation import dialled_numbers, retention
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.request_cache import cached_per_request

if TYPE_CHECKING:
    pass


# Under which it is kept outside the database who holds which role.
ROLES = RoleHeld.protection.kind


def staff_by_username(username: str) -> Staff | None:
    """Return an active colleague by sign-in name, whatever the case of the letters."""
    return Staff.objects.active().filter(username=username.strip().lower()).first()


def staff_by_id(pk: UUID) -> Staff | None:
    """Return a colleague by id, also one who left."""
    return Staff.objects.filter(pk=pk).first()


def colleagues(*, to: Staff) -> StaffQuerySet:
    """Return the active staff of the asker's society. Guests are nobody's colleagues."""
    guests_here = [pk for pk, held in roles_held(to.society_id).items() if Role.GUEST in held]
    return Staff.objects.visible(to=to).active().exclude(pk__in=guests_here).order_by("name")


def who_signs_in(*, to: Staff) -> StaffQuerySet:
    """Return all active accounts of the asker's society, guests too: for the pages that keep accounts."""
    rows: StaffQuerySet = Staff.objects.visible(to=to).active().order_by("name")
    return rows


def guests(*, to: Staff) -> StaffQuerySet:
    """Return the active accounts of the asker's society that are guests."""
    rows: StaffQuerySet = Staff.objects.visible(to=to).with_role(to.society_id, Role.GUEST).order_by("name")
    return rows


def with_permission(society: UUID, permission: Permission) -> list[Staff]:
    """Return active staff of a society who hold a permission: whom to tell, whom to choose from."""
    return with_role(society, *permission.roles)


@cached_per_request
def with_role(society: UUID, *roles: Role | str) -> list[Staff]:
    """Return active staff of a society who hold any of the roles."""
    return list(Staff.objects.with_role(society, *roles).order_by("name"))


class ColleagueName(Protocol):
    """A colleague as a choice names her; no model is made of each."""

    @property
    def pk(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    def __hash__(self) -> int: ...


@cached_per_request
def names_with_permission(society: UUID, permission: Permission) -> list[ColleagueName]:
    """Return ``pk`` and ``name`` of active staff who hold a permission: for a choice, or to be named."""
    holding = [
        staff for staff, held in roles_held(society).items() if not held.keys().isdisjoint(permission.roles)
    ]
    return _names(staff=holding) if holding else []


@prepared
def _names(staff: list[UUID]) -> QuerySet[Staff, ColleagueName]:
    rows = Staff.objects.active().filter(pk__in=staff).order_by("name")
    return rows.values_list("pk", "name", named=True)


def held_since(society: UUID, role: Role | str) -> dict[UUID, datetime]:
    """Return who holds a role today, and since when it counts: given then, or her key was made anew then."""
    held = roles_held(society).items()
    return {staff: since for staff, roles in held if (since := roles.get(str(role))) is not None}


def on_duty(society: UUID, what: str, *, at: datetime) -> list[Staff]:
    """Return who is on duty now for calls, danger, danger_second, intake or shelter."""
    rows = Duty.objects.filter(society=society, what=what, starts_at__lte=at, ends_at__gt=at)
    return [d.staff for d in rows.select_related("staff").order_by("starts_at")]


def is_on_duty(society: UUID, what: str, *, at: datetime) -> bool:
    """Say whether anybody is on duty now for something: for whoever must not read who."""
    return Duty.objects.filter(society=society, what=what, starts_at__lte=at, ends_at__gt=at).exists()


def next_on_duty(society: UUID, kinds: Iterable[str], *, at: datetime, within: timedelta) -> list[Staff]:
    """Return whose duty of these kinds begins next, soonest first."""
    rows = Duty.objects.filter(
        society=society, what__in=list(kinds), starts_at__gt=at, starts_at__lte=at + within
    )
    duties = rows.filter(staff__is_active=True).select_related("staff").order_by("starts_at")
    return list(dict.fromkeys(duty.staff for duty in duties))


def on_duty_now(society: UUID, *, at: datetime) -> dict[str, list[Staff]]:
    """Return who is on duty now for each thing there is a duty for; one query."""
    by_duty: dict[str, list[Staff]] = {}
    for duty in _duties(society=society, at=at):
        by_duty.setdefault(duty.what, []).append(duty.staff)
    return by_duty


@dataclass(frozen=True)
class DutyPhone:
    """One colleague on duty now, for what, and the number on which she is rung; "" where she has written none.

    ``changed``: it was changed outside Panah, and ``phone`` is the sentence that says so: she is not rung on it.
    """

    pk: UUID
    what: str
    name: str
    phone: str
    changed: bool

    @property
    def usable(self) -> bool:
        """Whether she can be rung."""
        return bool(self.phone) and not self.changed


def duty_phone(colleague: Staff, what: object = "") -> DutyPhone:
    """Return on which number a colleague is rung, and for what; for many ask ``compared`` first."""
    phone = colleague.shown_phone
    return DutyPhone(colleague.pk, str(what), colleague.name, phone, bool(colleague.changed_outside))


def duty_phones(society: UUID, *, at: datetime, kinds: Iterable[str] = ()) -> list[DutyPhone]:
    """Return who is on duty now with her number, danger first; one query. ``kinds``: only these duties."""
    now = on_duty_now(society, at=at)
    order = (DutyKind.DANGER, DutyKind.DANGER_SECOND, DutyKind.CALLS, DutyKind.INTAKE, DutyKind.SHELTER)
    on_now = [
        (what, colleague) for what in order if not kinds or what in kinds for colleague in now.get(what, [])
    ]
    dialled_numbers.compared(colleague for _what, colleague in on_now)
    return [duty_phone(colleague, what.label) for what, colleague in on_now]


def rung_in_danger(staff: Staff, *, at: datetime) -> list[DutyPhone]:
    """Return whom a colleague telephones in danger: who is on duty for it, else the focal points; never herself."""
    kinds = (DutyKind.DANGER, DutyKind.DANGER_SECOND)
    on_now = duty_phones(staff.society_id, at=at, kinds=kinds)
    to_ring: dict[UUID, DutyPhone] = {}
    for one in on_now:
        if one.pk != staff.pk:
            to_ring.setdefault(one.pk, one)
    # A name without a number that can be rung helps nobody: the focal points are rung then, too.
    if not any(one.usable for one in to_ring.values()):
        leads = dialled_numbers.compared(with_permission(staff.society_id, Permission.ACCOUNTS_KEEP))
        for lead in leads:
            if lead.pk != staff.pk:
                to_ring.setdefault(lead.pk, duty_phone(lead, Role.FOCAL_POINT.label))
    return list(to_ring.values())


@prepared
def _duties(society: UUID, at: datetime) -> QuerySet[Duty]:
    rows = Duty.objects.filter(society=society, starts_at__lte=at, ends_at__gt=at, staff__is_active=True)
    return rows.select_related("staff").order_by("starts_at")


def pseudonyms(ids: Iterable[UUID | str | None]) -> dict[UUID | None, str]:
    """Return the pseudonyms of colleagues by id, in one query."""
    return dict(Staff.objects.filter(pk__in=[i for i in ids if i]).values_list("pk", "name"))


def all_colleagues(*, to: Staff) -> StaffQuerySet:
    """Return the staff of the asker's society, those who left included, each with her branch."""
    rows = Staff.objects.visible(to=to).select_related("branch")
    return rows.order_by("-is_active", "name")


@dataclass(frozen=True)
class OwnSession:
    """One of a colleague's own sign-ins: since when, last seen, and whether it is this one."""

    key: str
    started_at: datetime
    seen_at: datetime | None
    this_one: bool


def own_sessions(staff: Staff, *, current: str) -> list[OwnSession]:
    """Return a colleague's own sign-ins that have not ended, the newest first."""
    rows = Session.objects.filter(staff=staff, expire_date__gt=timezone.now()).order_by("-started_at")
    return [
        OwnSession(r.session_key, r.started_at, r.seen_at, r.session_key == hashed(current)) for r in rows
    ]


@dataclass(frozen=True)
class KnownDevice:
    """One of a colleague's own devices: since when, last used, and whether it is this one."""

    pk: UUID
    since: datetime
    used_at: datetime
    this_one: bool


def known_device(staff: Staff, *, mark: str, at: datetime) -> Device | None:
    """Return the device with this mark, if it is this colleague's and has not ended."""
    # Never longer than it may be: a clock that went back must not keep it alive.
    ends = {"expires_at__gt": at, "expires_at__lte": at + retention.KNOWN_DEVICE.period}
    return Device.objects.filter(staff=staff, mark_hash=devices.hashed(mark), **ends).first()


def own_devices(staff: Staff, *, mark: str, at: datetime) -> list[KnownDevice]:
    """Return the devices that a colleague has signed in from, the one used last first. ``mark`` is this browser's."""
    this = devices.hashed(mark)
    rows = Device.objects.filter(staff=staff, expires_at__gt=at).order_by("-used_at", "pk")
    return [KnownDevice(r.pk, r.since, r.used_at, bytes(r.mark_hash) == this) for r in rows]


def own_device_or_404(pk: UUID, *, to: Staff) -> Device:
    """Return one of the asker's own devices."""
    return get_object_or_404(Device, staff=to, pk=pk)


def whose_sign_in(cookie: str) -> UUID | None:
    """Return whose sign-in a session cookie belongs or belonged to, ended ones included until they are swept."""
    return Session.objects.filter(session_key=hashed(cookie)).values_list("staff", flat=True).first()


def uncovered(*, to: Staff, at: datetime) -> list[str]:
    """Return what nobody is on duty for now: calls and danger must always have someone."""
    now = on_duty_now(to.society_id, at=at)
    return [
        str(DutyKind(what).label)
        for what in (DutyKind.CALLS, DutyKind.DANGER, DutyKind.DANGER_SECOND)
        if not now.get(what)
    ]


def duty_or_404(pk: UUID, *, to: Staff) -> Duty:
    """Return a duty of the asker's society."""
    return get_object_or_404(Duty.objects.visible(to=to).select_related("society", "staff"), pk=pk)


def rows_with_numbers(society: UUID) -> list[Staff]:
    """Return every colleague of a society who has a duty telephone."""
    return list(Staff.objects.filter(society=society, is_active=True).exclude(duty_phone=""))
