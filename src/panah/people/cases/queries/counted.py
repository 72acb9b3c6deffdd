"""What a case tells of its help to whoever counts: coarse words for a facts card, yes or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.vault import queries as vault_queries
from panah.people.cases.words import CasePart
from panah.people.cases.words.terms import Assistance, ClosingReason, ServiceOutcome

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring
    from panah.people.cases.models import Case

HELPED = (ServiceOutcome.GIVEN, ServiceOutcome.ONGOING)


def help_given(*, keys: Keyring, case: Case) -> dict[str, str]:
    """Whether help was given, the way home among it, and whether the person reached what she planned for later."""
    services = [
        one.value for one in vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.SERVICE)
    ]
    given = {service.get("type") for service in services if service.get("outcome") in HELPED}
    planned = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.REINTEGRATION)
    closing = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.CLOSING)
    reached = bool(planned) and case.closed_at is not None and closing.get("reason") == ClosingReason.GOALS
    said = {
        "assisted": bool(given),
        "returned": Assistance.RETURN_TRANSPORT in given,
        "reintegrated": reached,
    }
    return {name: "yes" for name, yes in said.items() if yes}
