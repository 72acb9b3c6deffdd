"""Staff, their roles, sessions and duty. Staff data is personal, protected, and not sealed."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.functional import cached_property

from panah.ground.accounts import roles
from panah.ground.accounts.rules import Addresses
from panah.ground.accounts.words import THEMES, Role
from panah.ground.foundation.dialled_numbers import HasDialledNumbers, number_of
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protected_rows import Protection, changing, trusted_version
from panah.ground.foundation.protected_versions import rows_in


class StaffQuerySet(TenantQuerySet["Staff"]):
    def active(self) -> "StaffQuerySet":
        return self.filter(is_active=True)

    def with_role(self, society: uuid.UUID, *roles: str) -> "StaffQuerySet":
        """Return active staff of a society who hold any of the roles."""
        holding = [staff for staff, held in roles_held(society).items() if not held.keys().isdisjoint(roles)]
        return self.active().filter(pk__in=holding)

    def update(self, **kwargs: object) -> int:
        if kept_of_staff().isdisjoint(kwargs):
            return super().update(**kwargs)
        # Whether she works here, and where she is reached, is kept with what she does here.
        with changing(RoleHeld, set(self.order_by().values_list("society", flat=True))):
            return super().update(**kwargs)


class StaffManager(BaseUserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(username=(username or "").strip().lower())


class Staff(HasDialledNumbers, AbstractBaseUser):
    """A colleague who signs in. ``name`` is a pseudonym that others see.

    There is no password here: one passphrase signs in and opens the vault, and the vault keeps
    what checks it. ``password`` stays unusable.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    # On which she is rung while she is on duty: colleagues, and gateways of her society, are told it.
    duty_phone = models.CharField(max_length=17, blank=True, default="")
    # Written to as well until some time after the change: whoever sat at her screen cannot silence it alone.
    email_before = models.EmailField(blank=True, default="")
    email_changed_at = models.DateTimeField(null=True, blank=True)
    duty_phone_before = models.CharField(max_length=17, blank=True, default="")
    duty_phone_changed_at = models.DateTimeField(null=True, blank=True)
    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="staff")
    branch = models.ForeignKey(
        "network.Branch", on_delete=models.PROTECT, null=True, blank=True, related_name="staff"
    )
    language = models.CharField(max_length=8, default="en")
    speaks = models.JSONField(default=list, blank=True)
    theme = models.CharField(max_length=5, choices=THEMES, blank=True, default="")
    shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = StaffManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="staff_who_left_are_not_active",
                condition=models.Q(left_at__isnull=True) | models.Q(is_active=False),
            )
        ]

    class Privacy:
        personal = (
            "username",
            "name",
            "email",
            "duty_phone",
            "email_before",
            "email_changed_at",
            "duty_phone_before",
            "duty_phone_changed_at",
            "speaks",
            "last_login",
        )
        ordinary = (
            "id",
            "password",
            "society",
            "branch",
            "language",
            "theme",
            "shortcuts",
            "is_active",
            "joined_at",
            "left_at",
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        written = kwargs.get("update_fields")
        if isinstance(written, Iterable) and kept_of_staff().isdisjoint(written):
            super().save(*args, **kwargs)  # type: ignore[arg-type]
            return
        with changing(RoleHeld, [self.society_id]):
            super().save(*args, **kwargs)  # type: ignore[arg-type]

    def dialled(self) -> tuple[object, ...] | None:
        return (self.name, self.duty_phone) if self.duty_phone else None

    @property
    def shown_phone(self) -> str:
        """Her duty telephone as colleagues are shown it."""
        return number_of(self, self.duty_phone)

    @property
    def addresses(self) -> Addresses:
        """Where she is reached, as it was written in Panah; for many of one society ask ``addresses_in``."""
        return self.addresses_among(addresses_in(self.society_id))

    @property
    def reached_at(self) -> list[str]:
        """Where she is written to, also some weeks after she gave another address."""
        return self.addresses.written_to

    def addresses_among(self, known: Mapping[uuid.UUID, Addresses]) -> Addresses:
        """Return hers of those that are kept. Of whoever holds no role nothing is kept: there her row says it."""
        own = (self.email, self.email_before, self.duty_phone, self.duty_phone_before)
        return known.get(self.pk) or Addresses(*own if self.is_active else ("", "", "", ""))

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The roles held now, as they were given in Panah and not as the table says."""
        return frozenset(roles_held(self.society_id).get(self.pk, ()))

    def has_role(self, *roles: str) -> bool:
        """Say whether this person holds any of the roles."""
        return self.is_active and not self.role_names.isdisjoint(roles)

    def may(self, permission: str) -> bool:
        """Ask ``roles.may`` by a permission's name: for templates, and for rooms below this one."""
        return roles.may(self, roles.Permission(permission))

    @property
    def is_focal_point(self) -> bool:
        """Whether this person decides for the society, beside the other focal points."""
        return self.has_role(Role.FOCAL_POINT)


class RoleHeld(ProtectedModel):
    """What a colleague does here. ``since`` is from when it counts in what two people decide (``count_roles_anew``)."""

    protection = Protection(
        kind="roles",
        by="staff__society",
        society="staff__society",
        columns=(
            *("staff", "role", "since", "staff__is_active"),
            *("staff__email", "staff__email_before", "staff__duty_phone", "staff__duty_phone_before"),
        ),
        why="who may do what, who reads, since when it counts, and where each is reached",
    )

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=Role.choices)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "role"], name="a_role_is_held_once")
        ]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "role", "since")


def roles_held(society: uuid.UUID) -> Mapping[uuid.UUID, Mapping[str, datetime]]:
    """Return the roles of each colleague at work in a society, and since when each counts."""
    return _roles_in(trusted_version(RoleHeld, society))


@lru_cache(maxsize=64)
def _roles_in(version: bytes) -> Mapping[uuid.UUID, Mapping[str, datetime]]:
    held: dict[uuid.UUID, dict[str, datetime]] = {}
    for _pk, staff, role, since, is_active, *_addresses in rows_in(version):
        if is_active:
            held.setdefault(uuid.UUID(str(staff)), {})[str(role)] = datetime.fromisoformat(str(since))
    return held


@lru_cache
def kept_of_staff() -> frozenset[str]:
    """Return the columns of a colleague's own row that are kept with her roles."""
    through = "staff__"
    return frozenset(
        one.removeprefix(through) for one in RoleHeld.protection.columns if one.startswith(through)
    )


def addresses_in(society: uuid.UUID) -> Mapping[uuid.UUID, Addresses]:
    """Return where each who holds a role in a society is reached; whoever left, nowhere."""
    return _addresses_of(trusted_version(RoleHeld, society))


@lru_cache(maxsize=64)
def _addresses_of(version: bytes) -> Mapping[uuid.UUID, Addresses]:
    return {
        uuid.UUID(str(staff)): Addresses(*map(str, addresses) if is_active else ("", "", "", ""))
        for _pk, staff, _role, _since, is_active, *addresses in rows_in(version)
    }


class Duty(ProtectedModel):
    """Who is on duty for what, from when until when: a line of the hotline, danger, intake."""

    protection = Protection(
        kind="duties",
        by="society",
        society="society",
        columns=("society", "staff", "what", "starts_at", "ends_at"),
        over="ends_at",
        why="whom danger and calls ring",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="duties")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="duties")
    what = models.CharField(
        max_length=20,
        choices=[
            ("calls", "calls"),
            ("danger", "danger"),
            ("danger_second", "danger_second"),
            ("intake", "intake"),
            ("shelter", "shelter"),
        ],
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="duty_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            )
        ]
        indexes: ClassVar = [models.Index(fields=["society", "what", "ends_at"], name="duty_now")]

    class Privacy:
        personal = ("staff",)
        ordinary = ("id", "society", "what", "starts_at", "ends_at")


class Session(AbstractBaseSession):
    """A sign-in, found by the hash of its cookie: a stolen table opens no session."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_session"

    class Privacy:
        personal = ("staff", "session_data", "started_at", "seen_at")
        ordinary = ("session_key", "expire_date")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from panah.ground.accounts.sessions import SessionStore

        return SessionStore


class Device(Model):
    """A browser that a colleague has signed in from, found by the hash of its mark: no address, no agent."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="devices")
    mark_hash = models.BinaryField(unique=True)
    since = models.DateTimeField()
    used_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Privacy:
        personal = ("staff", "since", "used_at")
        ordinary = ("id", "mark_hash", "expires_at")
