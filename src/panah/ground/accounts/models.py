"""Staff, their roles, sessions and duty. Staff data is personal, protected, and not sealed."""

import uuid
from collections.abc import Collection, Iterable, Mapping
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
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel, ProtectedQuerySet
from panah.ground.foundation.protected_rows import changing, trusted_version, trusted_versions
from panah.ground.foundation.protected_versions import rows_in
from panah.ground.foundation.protection import Protection, protected_fields


class StaffQuerySet(ProtectedQuerySet["Staff"]):
    def active(self) -> "StaffQuerySet":
        return self.filter(is_active=True)

    def with_role(self, society: uuid.UUID, *roles: str) -> "StaffQuerySet":
        """Return active staff of a society who hold any of the roles."""
        holding = [staff for staff, held in roles_held(society).items() if not held.keys().isdisjoint(roles)]
        return self.active().filter(pk__in=holding)

    def update(self, **kwargs: object) -> int:
        # Whether she works here is kept with what she does here.
        where = set(self.order_by().values_list("society", flat=True)) if "is_active" in kwargs else ()
        with changing(RoleHeld, where):
            return super().update(**kwargs)


class StaffManager(BaseUserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(username=(username or "").strip().lower())


class Staff(HasDialledNumbers, AbstractBaseUser):
    """A colleague who signs in. ``name`` is a pseudonym that others see.

    There is no password here: one passphrase signs in and opens the vault, and the vault keeps
    what checks it. ``password`` stays unusable.
    """

    # Apart from roles, which the door's own machine reads: where somebody is reached it does not learn.
    protection = Protection(
        kind="reached",
        by="pk",
        society="society",
        columns=("email", "email_before", "duty_phone", "duty_phone_before"),
        comes_back=False,
        taken_out=False,
        why="where colleagues are called in danger, and told of what they can still stop",
    )

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
        fields = set(written) if isinstance(written, Iterable) else {"is_active", *protected_fields(Staff)}
        with (
            changing(RoleHeld, [self.society_id] if "is_active" in fields else []),
            changing(Staff, [] if fields.isdisjoint(protected_fields(Staff)) else [self.pk]),
        ):
            super().save(*args, **kwargs)  # type: ignore[arg-type]

    def dialled(self) -> tuple[object, ...] | None:
        return (self.name, self.duty_phone) if self.duty_phone else None

    @property
    def shown_phone(self) -> str:
        """Her duty telephone as colleagues are shown it."""
        return number_of(self, self.duty_phone)

    @property
    def addresses(self) -> Addresses:
        """Where she is reached, as it was written in Panah; for many ask ``addresses_of``."""
        return self.addresses_in(trusted_version(Staff, self.pk))

    @property
    def reached_at(self) -> list[str]:
        """Where she is written to, also some weeks after she gave another address."""
        return self.addresses.written_to

    def addresses_in(self, version: bytes) -> Addresses:
        """Return what was kept of it; where nothing was, her row says it. Whoever left is reached nowhere."""
        if not self.is_active and self.pk not in roles_held(self.society_id):
            return Addresses("", "", "", "")
        own = (self.email, self.email_before, self.duty_phone, self.duty_phone_before)
        return Addresses(*next((map(str, kept) for _pk, *kept in rows_in(version)), own))

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
        columns=("staff", "role", "since", "staff__is_active"),
        why="who may do what, who reads, and since when it counts",
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
    for _pk, staff, role, since, is_active in rows_in(version):
        if is_active:
            held.setdefault(uuid.UUID(str(staff)), {})[str(role)] = datetime.fromisoformat(str(since))
    return held


def addresses_of(colleagues: Collection[Staff]) -> dict[uuid.UUID, Addresses]:
    """Return where each of these is reached; one question for all of them."""
    kept = trusted_versions(Staff, [one.pk for one in colleagues])
    return {one.pk: one.addresses_in(kept[one.pk]) for one in colleagues}


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
