"""Gathering what is kept about a person, for that person: shown once, with its purpose in the journal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import RevealPurpose
from panah.ground.work.told_parts import Asking
from panah.people.complaints import events, permissions

if TYPE_CHECKING:
    from panah.people.cases.models import Case


@transaction.atomic
def note_gathering(
    *, keys: Keyring, asking: Asking, case: Case | None, on_paper: bool, knows: str, at: datetime
) -> None:
    """Write down that everything kept is shown for the person who asks, aloud or on paper, before it is shown.

    ``case``: where it is about one. A stay's line is written by the day, since its minute would point to a case.
    """
    if case is not None and not permissions.may_gather(keys.staff, case):
        raise Refusal(
            _("Whoever holds the case, or a focal point, gathers what is kept."),
            next_step=_("Ask the holder of the case."),
            code="not-the-holder",
        )
    if knows == "no":
        raise Refusal(
            _("Nothing is told until we know that it is the person."),
            next_step=_(
                "Ask for the safe word, or call back on the agreed number. Relatives and officials are not the person."
            ),
            code="not-known-to-be-the-person",
        )
    purpose = RevealPurpose.PRINT if on_paper else RevealPurpose.PERSON_ASKS
    if asking.about == "stay":
        vault.record_by_day(event=events.GATHERED, by=keys.staff, at=at, about=asking.file)
        return
    vault.reveal(keys=keys, file=asking.file, purpose=purpose, at=at)
    audit.record(event=events.GATHERED, by=keys.staff, at=at, about=asking.file)
