"""Colleagues, their roles, settings and duty. Keys are the vault's; ``sign_in`` calls ``deactivate`` here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts import devices, events, permissions
from panah.ground.accounts.changes import REACHED_ELSEWHERE, forget_browsers
from panah.ground.accounts.eligibility import unfit
from panah.ground.accounts.models import Device, Duty, RoleHeld, Session, Staff
from panah.ground.accounts.queries import known_device
from panah.ground.accounts.roster import broken_limits
from panah.ground.accounts.roster_checks import on_it_already
from panah.ground.accounts.rules import LONGEST_DUTY
from panah.ground.accounts.sessions import hashed
from panah.ground.accounts.words import Role
from panah.ground.audit import actions as audit
from panah.ground.foundation import dialled_numbers, retention
from panah.ground.foundation.errors import Refusal

if TYPE_CHECKING:
    from panah.ground.network.models import Branch, Society

MOST_DEVICES = 10
USERNAME = re.compile(r"[a-z][a-z0-9.-]{1,31}")


@transaction.atomic
def add_colleague(
    *,
    society: Society,
    username: str,
    name: str,
    roles: Iterable[str],
    at: datetime,
    by: Staff | None = None,
    branch: Branch | None = None,
    language: str = "en",
    speaks: Iterable[str] = (),
    email: str = "",
) -> Staff:
    """Add a colleague, who still needs an invitation. ``by`` is None only when the node is being set up."""
    tidy = username.strip().lower()
    if not USERNAME.fullmatch(tidy):
        raise Refusal(
            _("A sign-in name has two to 32 small Latin letters, digits, dots or dashes."),
            next_step=_("Begin it with a letter."),
            code="bad-username",
        )
    if by is not None:
        permissions.require_staff_manager(by, society)
    _guest_alone(roles := sorted(set(roles)))
    try:
        with transaction.atomic():
            staff = Staff.objects.create(
                username=tidy,
                name=name.strip(),
                society=society,
                branch=branch,
                language=language,
                speaks=sorted(set(speaks)),
                email=email,
                joined_at=at,
                password="!",  # noqa: S106  no password fits this: the vault checks the passphrase
            )
    except IntegrityError:
        raise Refusal(
            _("Somebody already signs in with this name."),
            next_step=_("Choose another one."),
            code="name-taken",
        ) from None
    RoleHeld.objects.bulk_create(RoleHeld(staff=staff, role=Role(r), since=at) for r in roles)
    audit.record(event=events.ADDED, by=by, society=society.pk, at=at, facts={"whom": str(staff.pk)})
    return staff


@transaction.atomic
def change_roles(
    *, staff: Staff, roles: Iterable[str], branch: Branch | None, by: Staff, at: datetime
) -> tuple[set[str], set[str]]:
    """Give a colleague exactly these roles; returns (added, taken). The keys that go with them are given apart."""
    permissions.require_staff_manager(by, staff.society)
    before, after = set(staff.role_names), {Role(r).value for r in roles}
    _guest_alone(after)
    if Role.GUEST in before ^ after:
        raise Refusal(
            _("A guest does not become a colleague, and a colleague no guest."),
            next_step=_("Invite a new account with another sign-in name."),
            code="guest-for-good",
        )
    if "focal_point" in before - after and _focal_points_beside(staff) < 2:
        raise Refusal(
            _("A society keeps two focal points."),
            next_step=_("Give this role to a third colleague first."),
            code="too-few-focal-points",
        )
    RoleHeld.objects.filter(staff=staff, role__in=before - after).delete()
    RoleHeld.objects.bulk_create(RoleHeld(staff=staff, role=r, since=at) for r in sorted(after - before))
    if staff.branch_id != (branch.pk if branch else None):
        staff.branch = branch
        staff.save(update_fields=["branch"])
    staff.__dict__.pop("role_names", None)
    facts = {"whom": str(staff.pk), "added": sorted(after - before), "taken": sorted(before - after)}
    audit.record(event=events.ROLES, by=by, at=at, facts=facts)
    return after - before, before - after


def _guest_alone(roles: Collection[str]) -> None:
    if Role.GUEST in roles and len(roles) > 1:
        raise Refusal(
            _("A guest reads what is shared with her, and does nothing else here."),
            next_step=_("Choose the role of a guest alone, or other roles without it."),
            code="guest-alone",
        )


def count_roles_anew(*, staff: Staff, at: datetime, roles: Iterable[str] | None = None) -> None:
    """A key was made anew, or a role was confirmed by two: for what two people decide it counts from now."""
    rows = RoleHeld.objects.filter(staff=staff)
    (rows if roles is None else rows.filter(role__in=list(roles))).update(since=at)


def _focal_points_beside(staff: Staff) -> int:
    others = Staff.objects.with_role(staff.society_id, "focal_point").exclude(pk=staff.pk)
    return int(others.count())


@transaction.atomic
def deactivate(*, staff: Staff, by: Staff, at: datetime) -> None:
    """Disable a colleague at once: no sign-in, no running session, no duty from now on."""
    permissions.require_staff_manager(by, staff.society)
    Staff.objects.filter(pk=staff.pk).update(is_active=False, left_at=at)
    staff.is_active, staff.left_at = False, at
    Session.objects.filter(staff=staff).delete()
    forget_devices(staff)
    Duty.objects.filter(staff=staff, starts_at__gt=at).delete()
    Duty.objects.filter(staff=staff, ends_at__gt=at).update(ends_at=at)
    audit.record(event=events.LEFT, by=by, at=at, facts={"whom": str(staff.pk)})


@transaction.atomic
def change_settings(
    *,
    by: Staff,
    language: str,
    theme: str,
    shortcuts: bool,
    speaks: Iterable[str],
    email: str,
    duty_phone: str,
    at: datetime,
) -> None:
    """Change one's own settings."""
    was, changed = by.addresses, dict[str, str | datetime]()
    # An earlier change of these weeks stays what it was: two changes in a row do not silence it either.
    if email != was.email:
        lately = _lately(was.email_before, by.email_changed_at, at)
        changed |= {"email_before": was.email_before if lately else was.email, "email_changed_at": at}
    if duty_phone != was.duty_phone:
        lately = _lately(was.duty_phone_before, by.duty_phone_changed_at, at)
        changed |= {
            "duty_phone_before": was.duty_phone_before if lately else was.duty_phone,
            "duty_phone_changed_at": at,
        }
    Staff.objects.filter(pk=by.pk).update(
        language=language,
        theme=theme,
        shortcuts=shortcuts,
        speaks=sorted(set(speaks)),
        email=email,
        duty_phone=duty_phone,
        **changed,
    )
    dialled_numbers.keep([Staff.objects.get(pk=by.pk)])
    audit.record(event=events.SETTINGS, by=by, at=at)
    if changed:
        for tell in REACHED_ELSEWHERE:
            tell(Staff.objects.get(pk=by.pk), at)


def _lately(before: str, changed_at: datetime | None, at: datetime) -> bool:
    return bool(before) and changed_at is not None and at - changed_at < retention.OLD_ADDRESS.period


def forget_old_addresses(*, at: datetime) -> int:
    """Delete the addresses and numbers from before a change of weeks ago; returns how many."""
    phones = Staff.objects.filter(duty_phone_changed_at__lt=at - retention.OLD_ADDRESS.period)
    old = Staff.objects.filter(email_changed_at__lt=at - retention.OLD_ADDRESS.period)
    return int(phones.update(duty_phone_before="", duty_phone_changed_at=None)) + int(
        old.update(email_before="", email_changed_at=None)
    )


@transaction.atomic
def end_session(*, by: Staff, session: str, at: datetime) -> None:
    """End one of one's own sign-ins, named by its stored hash."""
    if Session.objects.filter(staff=by, session_key=session).delete()[0]:
        audit.record(event=events.SESSION_ENDED, by=by, at=at)


@transaction.atomic
def end_other_sessions(*, by: Staff, keep: str, at: datetime) -> int:
    """End all of one's own sign-ins but the one whose cookie is ``keep``; returns how many."""
    gone = Session.objects.filter(staff=by).exclude(session_key=hashed(keep)).delete()[0]
    if gone:
        audit.record(event=events.SESSION_ENDED, by=by, at=at, facts={"ended": gone})
    forget_browsers(by)
    return gone


def end_sessions(staff: Staff) -> None:
    """End every sign-in of a colleague: her key ended."""
    Session.objects.filter(staff=staff).delete()


@transaction.atomic
def remember_device(*, by: Staff, mark: str, at: datetime) -> str:
    """Know the browser of a sign-in that fitted, by a new mark in place of ``mark``; returns the new one.

    Ten are kept, those used last.
    """
    before = known_device(by, mark=mark, at=at) if mark else None
    new = devices.new_mark()
    times = {"used_at": at, "expires_at": at + retention.KNOWN_DEVICE.period}
    if before is None:
        Device.objects.create(staff=by, mark_hash=devices.hashed(new), since=at, **times)
        audit.record(event=events.DEVICE_KNOWN, by=by, at=at)
    else:
        Device.objects.filter(pk=before.pk).update(mark_hash=devices.hashed(new), **times)
    kept = Device.objects.filter(staff=by).order_by("-used_at", "pk").values_list("pk", flat=True)
    Device.objects.filter(pk__in=list(kept[MOST_DEVICES:])).delete()
    return new


@transaction.atomic
def forget_device(*, by: Staff, device: UUID, at: datetime) -> None:
    """Forget one of one's own devices: tries from it count with those of strangers."""
    if Device.objects.filter(staff=by, pk=device).delete()[0]:
        audit.record(event=events.DEVICE_FORGOTTEN, by=by, at=at)
        forget_browsers(by)


def forget_devices(staff: Staff) -> None:
    """Forget every device of a colleague: she left, or her key ended."""
    Device.objects.filter(staff=staff).delete()
    forget_browsers(staff)


@transaction.atomic
def put_on_duty(
    *,
    staff: Staff,
    what: str,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    by: Staff | None = None,
    anyway: bool = False,
) -> Duty:
    """Put a colleague on the roster. ``by`` is None only for the node's own practice data.

    Without the role, key or age nobody is put on a duty; long hours, a short rest and a missing channel are said, and
    done only ``anyway``.
    """
    if by is not None:
        permissions.require_staff_manager(by, staff.society)
    if not starts_at < ends_at <= starts_at + LONGEST_DUTY:
        raise Refusal(
            _("A duty ends after it begins, and within two days."),
            next_step=_("Correct the times, or make two duties of it."),
            code="bad-duty",
        )
    if by is not None:
        _must_fit(staff, what, starts_at, ends_at, at, anyway=anyway)
    duty = Duty.objects.create(
        society_id=staff.society_id, staff=staff, what=what, starts_at=starts_at, ends_at=ends_at
    )
    audit.record(
        event=events.ON_DUTY,
        by=by,
        society=staff.society_id,
        at=at,
        facts={"whom": str(staff.pk), "what": what},
    )
    return duty


WARNS = "roster-warns"


def _must_fit(
    staff: Staff, what: str, starts_at: datetime, ends_at: datetime, at: datetime, *, anyway: bool
) -> None:
    problems = unfit([staff], what, at=at).get(staff.pk, [])
    for one in problems:
        if one.refused:
            raise Refusal(one.sentence, next_step=one.next_step, code=f"unfit-{one.code}")
    if on_it_already(staff=staff, what=what, starts_at=starts_at, ends_at=ends_at):
        raise Refusal(
            _("This colleague is on this duty at that time already."),
            next_step=_("Choose somebody else, or other hours: first and second must be two people."),
            code="on-it-already",
        )
    warned = broken_limits(staff=staff, what=what, starts_at=starts_at, ends_at=ends_at, at=at).said()
    warned += [f"{problem.sentence} {problem.next_step}" for problem in problems]
    if warned and not anyway:
        raise Refusal(
            " ".join(warned),
            next_step=_("If it has to be so, tick “all the same” and press again."),
            code=WARNS,
        )


@transaction.atomic
def copy_week(*, monday: date, by: Staff, at: datetime) -> tuple[int, int]:
    """Put the duties of one week on the next one, at the same hours; returns (how many, how many were left out).

    Left out is whoever does not fit any more or is on that duty then already. Who was put on ``anyway`` is again.
    """
    permissions.require_staff_manager(by, by.society)
    begins = timezone.make_aware(datetime.combine(monday, time.min))
    week = timedelta(days=7)
    rows = Duty.objects.filter(
        society=by.society_id, starts_at__gte=begins, starts_at__lt=begins + week, staff__is_active=True
    )
    copied = left_out = 0
    for row in rows.select_related("staff", "staff__society").order_by("starts_at", "pk"):
        starts, ends = (timezone.localtime(one) + week for one in (row.starts_at, row.ends_at))
        if starts <= at:
            left_out += 1
            continue
        try:
            put_on_duty(
                staff=row.staff, what=row.what, starts_at=starts, ends_at=ends, at=at, by=by, anyway=True
            )
            copied += 1
        except Refusal:
            left_out += 1
    return copied, left_out


@transaction.atomic
def take_off_duty(*, duty: Duty, by: Staff, at: datetime) -> None:
    """Take a duty off the roster; one that has begun ends now."""
    permissions.require_staff_manager(by, duty.society)
    if duty.starts_at >= at - timedelta(minutes=1):
        duty.delete()
    else:
        duty.ends_at = at
        duty.save(update_fields=["ends_at"])
    audit.record(event=events.OFF_DUTY, by=by, at=at, facts={"whom": str(duty.staff_id), "what": duty.what})


def end_every_session() -> int:
    """End every sign-in on this node: after a restore, when those of another day came back; returns how many.

    Devices that were forgotten since that day must not be known again either.
    """
    Device.objects.all().delete()
    return int(Session.objects.all().delete()[0])


def sweep_sessions(*, at: datetime) -> int:
    """Delete sign-ins, devices and addresses from before a change that have had their time; counts the first two."""
    forget_old_addresses(at=at)
    gone = int(Device.objects.filter(expires_at__lt=at).delete()[0])
    return gone + int(Session.objects.filter(expire_date__lt=at).delete()[0])
