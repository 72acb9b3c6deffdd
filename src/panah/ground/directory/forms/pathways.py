"""One step of a referral pathway."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.directory import words
from panah.ground.directory.actions import StepEntry
from panah.ground.directory.models import PathwayStep
from panah.ground.directory.queries import receivers, senders
from panah.ground.kit.forms import paragraph, picked
from panah.ground.kit.versioned_form import KeptForm

if TYPE_CHECKING:
    from panah.ground.network.models import Society


class StepForm(KeptForm):
    need = picked(gettext_lazy("For which need"), words.Need.choices, required=True)
    sender = picked(gettext_lazy("Who refers"), required=True)
    receiver = picked(gettext_lazy("Where to"), required=True)
    order = forms.IntegerField(
        label=gettext_lazy("Which step is it?"),
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("1 is where a person is sent first."),
    )
    conditions_en = paragraph(gettext_lazy("Under which conditions, English"), rows=2)
    conditions_ru = paragraph(gettext_lazy("Under which conditions, Russian"), rows=2)

    def __init__(self, *args: object, row: PathwayStep, society: Society, **kwargs: object) -> None:
        super().__init__(*args, initial=_initial(row), **kwargs)
        self.look_at(row)
        self.offer("sender", [("", _("choose")), *senders(society)])
        self.offer("receiver", [("", _("choose")), *receivers(society)])

    def entry(self) -> StepEntry:
        given = self.cleaned_data
        begin, _colon, sender = given["sender"].partition(":")
        end, _colon, receiver = given["receiver"].partition(":")
        return StepEntry(
            need=given["need"],
            order=given["order"],
            from_role=sender if begin == "r" else "",
            from_organization=UUID(sender) if begin == "o" else None,
            to_service=UUID(receiver) if end == "s" else None,
            to_organization=UUID(receiver) if end == "o" else None,
            conditions_en=given["conditions_en"],
            conditions_ru=given["conditions_ru"],
        )


def _initial(row: PathwayStep) -> dict[str, object]:
    sender = f"o:{row.from_organization_id}" if row.from_organization_id else ""
    receiver = f"s:{row.to_service_id}" if row.to_service_id else ""
    return {
        "need": row.need,
        "order": row.order,
        "sender": f"r:{row.from_role}" if row.from_role else sender,
        "receiver": f"o:{row.to_organization_id}" if row.to_organization_id else receiver,
        "conditions_en": row.conditions_en,
        "conditions_ru": row.conditions_ru,
    }
