"""A society adopts a version of a module, and takes it off the list for new courses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, require
from panah.ground.audit import actions as audit
from panah.programmes.training import events
from panah.programmes.training.curricula import Curriculum
from panah.programmes.training.models import Module

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def must_adopt(staff: Staff) -> None:
    require(
        staff,
        Permission.TRAINING_ADOPT,
        _("A focal point decides what the society teaches."),
        _("Tell one of them which module your branch needs."),
        status=409,
    )


@transaction.atomic
def adopt_module(
    *, languages: Mapping[str, Curriculum], valid_months: int, pk: UUID | None = None, by: Staff, at: datetime
) -> Module:
    """Adopt the version that Panah brings, whole, in all its languages. Doing it twice changes how long it holds."""
    must_adopt(by)
    one = next(iter(languages.values()))
    row, made = Module.objects.update_or_create(
        society_id=by.society_id,
        slug=one.slug,
        version=one.version,
        defaults={"valid_months": valid_months, "retired_on": None},
        create_defaults={
            "pk": pk or uuid4(),
            "content": {language: each.as_kept() for language, each in languages.items()},
            "teaches": one.teaches,
            "valid_months": valid_months,
            "adopted_on": timezone.localtime(at).date(),
        },
    )
    if made:
        # Courses that go on keep the version they began with.
        older = Module.objects.filter(society_id=by.society_id, slug=one.slug, version__lt=one.version)
        older.filter(retired_on=None).update(retired_on=row.adopted_on)
    audit.record(event=events.ADOPTED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def retire_module(*, row: Module, by: Staff, at: datetime) -> None:
    """Take a version off the list for new courses; what was learnt holds on."""
    must_adopt(by)
    row.retired_on = timezone.localtime(at).date()
    row.save(update_fields=["retired_on"])
    audit.record(event=events.RETIRED, by=by, at=at, about=row.pk)
