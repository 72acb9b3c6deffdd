"""Groups of peer educators, and who is in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.programmes.prevention import events
from panah.programmes.prevention.models import Group, GroupEducator
from panah.programmes.prevention.words import SessionState
from panah.programmes.volunteers import actions as volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer


@transaction.atomic
def begin_group(
    *, name: str, branch: str, language: str, pk: UUID | None = None, by: Staff, at: datetime
) -> Group:
    row = Group.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        branch_id=volunteers.kept_branch(branch, by=by),
        name=name,
        language=language,
        begun_on=timezone.localtime(at).date(),
    )
    audit.record(event=events.GROUP_CHANGED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def add_educator(*, group: Group, volunteer: Volunteer, by: Staff, at: datetime) -> None:
    """Take a volunteer into a group; twice is once."""
    if group.ended_on is not None:
        raise Refusal(_("This group has ended."), next_step=_("Begin a new one."), code="group-ended")
    today = timezone.localtime(at).date()
    GroupEducator.objects.get_or_create(
        group=group, volunteer=volunteer, until=None, defaults={"since": today}
    )
    audit.record(event=events.GROUP_CHANGED, by=by, at=at, about=group.pk)


@transaction.atomic
def take_out(*, place: GroupEducator, by: Staff, at: datetime) -> None:
    """Say that somebody is no longer in a group; that she was stays."""
    today: date = timezone.localtime(at).date()
    GroupEducator.objects.filter(pk=place.pk, until=None).update(until=today)
    audit.record(event=events.GROUP_CHANGED, by=by, at=at, about=place.group_id)


@transaction.atomic
def end_group(*, group: Group, by: Staff, at: datetime) -> None:
    """End a group that has no session before it."""
    if group.sessions.filter(state=SessionState.PLANNED).exists():
        raise Refusal(
            _("A session of this group is still planned."),
            next_step=_("Write down its numbers, or call it off."),
            code="sessions-planned",
        )
    group.ended_on = timezone.localtime(at).date()
    group.save(update_fields=["ended_on"])
    audit.record(event=events.GROUP_CHANGED, by=by, at=at, about=group.pk)
