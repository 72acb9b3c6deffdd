"""A bed for several people of an event: each a request of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.people.cases import queries as cases_queries
from panah.people.shelter.actions.bed_requests import ask
from panah.people.shelter.models import Place
from panah.people.shelter.queries.cases import stays_of_file
from panah.people.shelter.words import NOT_ENDED, Agrees, YesNo

if TYPE_CHECKING:
    from panah.people.cases.models import Case


def ask_for_one_of_many(
    *, keys: Keyring, case: Case, line: str, data: Mapping[str, Any], at: datetime
) -> None:
    """Ask for this person, who goes by the number on the sheet; a child is asked for alone, with who agreed."""
    if cases_queries.is_child(keys=keys, case=case):
        raise Refusal(
            _("This is a child, or perhaps a child."),
            next_step=_("Ask on the page of the case, where it is written who agreed."),
            code="child-alone",
        )
    if any(row.state in NOT_ENDED for row in stays_of_file(keys=keys, file=case.file_id)):
        raise Refusal(
            _("A bed was asked for already, or is slept in."),
            next_step=_("Look at the page of the case: Safe bed."),
            code="bed-there",
        )
    place = Place.objects.visible(to=keys.staff).select_related("society").get(pk=data["place"])
    sheet = {
        # Without a word of ours: the house reads it in its own language.
        "called": f"№ {line}" if line else case.number,
        "who": data["who"],
        "age": cases_queries.sealed_age(keys=keys, file=case.file_id).value,
        "language": case.language,
        "needs": "",
        "said": YesNo.YES.value,
        "spoken": data["spoken"],
        "told": data["told"],
        "agrees": Agrees.SELF.value,
    }
    ask(
        keys=keys,
        place=place,
        sheet=sheet,
        from_day=data["from_day"],
        to_day=data["to_day"],
        at=at,
        case=case,
    )
