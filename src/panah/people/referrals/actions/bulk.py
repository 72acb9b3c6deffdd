"""A referral for several people of an event: prepared for each who agreed to this receiver, sent by nobody yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.people.consent.words import WHY_NOT, ConsentPurpose
from panah.people.referrals import queries
from panah.people.referrals.actions.steps import coverage, prepare

if TYPE_CHECKING:
    from panah.people.cases.models import Case


def prepare_one_of_many(
    *, keys: Keyring, case: Case, line: str, data: Mapping[str, str], at: datetime
) -> None:
    """Prepare it for this person; what is told is chosen on its page, from what this person agreed to."""
    del line
    receiver, purpose = f"service:{data['service']}", ConsentPurpose.PARTNER
    verdict = coverage(keys=keys, case=case, purpose=purpose, receiver=receiver, fields=(), at=at)
    if not verdict.allowed:
        raise Refusal(
            WHY_NOT.get(verdict.why, _("The person was not asked about this receiver yet.")),
            next_step=_("Ask this person, alone: the page of the case, Consent."),
            code="no-consent",
        )
    if any(
        one.sealed["receiver"] == receiver and one.row.state not in queries.ENDED
        for one in queries.of_case(case=case, keys=keys)
    ):
        raise Refusal(
            _("There is a referral to this service already."),
            next_step=_("Look at it on the page of the case: Referrals."),
            code="referral-there",
        )
    content = {
        "purpose": purpose.value,
        "receiver": receiver,
        "receiver_name": queries.receiver_name(receiver, other="", at=at),
        "need": data["need"],
        "note": data["note"],
        "values": {},
    }
    prepare(keys=keys, case=case, content=content, at=at)
