"""Who works here, as far as the asker may know."""

from datetime import datetime
from typing import Any

from panah.accounts.models import Duty, Staff
from panah.accounts.words import Role


def staff_by_username(username: str) -> Staff | None:
    """Return an active colleague by sign-in name, whatever the case of the letters."""
    return Staff.objects.active().filter(username=username.strip().lower()).first()


def colleagues(*, to: Any) -> Any:
    """Return the active staff of the asker's society."""
    return Staff.objects.visible(to=to).active().order_by("name")


def with_role(society: Any, *roles: Role | str) -> list[Staff]:
    """Return active staff of a society who hold any of the roles."""
    return list(Staff.objects.filter(society=society).with_role(*roles).order_by("name"))


def on_duty(society: Any, what: str, *, at: datetime) -> list[Staff]:
    """Return who is on duty now for calls, danger, danger_second, intake or shelter."""
    rows = Duty.objects.filter(society=society, what=what, starts_at__lte=at, ends_at__gt=at)
    return [d.staff for d in rows.select_related("staff").order_by("starts_at")]


def pseudonyms(ids: Any) -> dict[Any, str]:
    """Return the pseudonyms of colleagues by id, in one query."""
    return dict(Staff.objects.filter(pk__in=[i for i in ids if i]).values_list("pk", "name"))


def all_colleagues(*, to: Any) -> Any:
    """Return the staff of the asker's society, those who left included, with roles and branch in two queries."""
    rows = Staff.objects.visible(to=to).select_related("branch").prefetch_related("roles")
    return rows.order_by("-is_active", "name")
