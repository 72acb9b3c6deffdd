"""The steps of a referral pathway: written and removed by the society's focal points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.directory import events
from panah.ground.directory.models import Organization, PathwayStep, Service
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.network.permissions import policy

if TYPE_CHECKING:
    from uuid import UUID

    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society

# More steps for one need than this is no pathway that anyone can follow.
MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class StepEntry:
    """What a form says about a step. Exactly one of each pair is given; ids are those of the register."""

    need: str
    order: int
    from_role: str = ""
    from_organization: UUID | None = None
    to_service: UUID | None = None
    to_organization: UUID | None = None
    conditions_en: str = ""
    conditions_ru: str = ""


@transaction.atomic
def save_step(
    *,
    entry: StepEntry,
    society: Society,
    by: Staff,
    at: datetime,
    step: PathwayStep | None = None,
    seen: str | None = None,
) -> PathwayStep:
    """Add a step to the society's pathways, or change one."""
    policy.require(by, society)
    row = step or PathwayStep(society=society)
    refuse_if_changed(row, seen=seen)
    if row._state.adding and _full(society, entry.need):
        raise Refusal(
            _("This need has twelve steps already: nobody can follow more at night."),
            next_step=_("Change or remove one of them."),
            code="too-many-steps",
        )
    _must_lead_on(entry)
    for name in StepEntry.__dataclass_fields__:
        column = f"{name}_id" if name in ("from_organization", "to_service", "to_organization") else name
        setattr(row, column, getattr(entry, name))
    row.edited_at = at
    row.save()
    audit.record(event=events.PATHWAY_SAVED, by=by, at=at, about=row.pk)
    return row


def _full(society: Society, need: str) -> bool:
    return PathwayStep.objects.filter(society=society, need=need).count() >= MOST_STEPS


def _must_lead_on(entry: StepEntry) -> None:
    """A step from an organisation to itself leads nowhere."""
    to = entry.to_organization
    if entry.to_service is not None:
        to = Service.objects.values_list("organization_id", flat=True).get(pk=entry.to_service)
    if to is not None and to == entry.from_organization:
        name = Organization.objects.get(pk=to).name_en
        raise Refusal(
            _("This step leads from %(name)s back to itself.") % {"name": name},
            next_step=_("Choose who refers, or where to, anew."),
            code="step-to-itself",
        )


@transaction.atomic
def remove_step(*, step: PathwayStep, by: Staff, at: datetime) -> None:
    """Take a step out of the pathway. The journal says that it was done, and by whom."""
    policy.require(by, step.society)
    audit.record(event=events.PATHWAY_REMOVED, by=by, at=at, about=step.pk)
    step.delete()
