"""Money, goods and tickets: a receipt with a number of its own, no name, two signatures."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.approvals.permissions import must_decide
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import new_number
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.people.cases import events, rules
from panah.people.cases.actions.case_record import journal, must_be_open
from panah.people.cases.actions.due_items import complete_item, on_case
from panah.people.cases.models import Case
from panah.people.cases.permissions import RECEIPT
from panah.people.cases.words import CasePart
from panah.people.cases.words.due_types import SIGN
from panah.people.cases.words.terms import MeansKind


@transaction.atomic
def give_means(*, keys: Keyring, case: Case, means: Mapping[str, Any], second: Any, at: datetime) -> UUID:
    """Seal what was given: ``{"kind", "what", "amount", "currency", "mark", "on"}``; ``second`` is asked to sign.

    The receipt has a number of its own; the person signs with a mark or a word. Giving does not wait for the second
    signature, but the receipt stays open on her list until it is there.
    """
    must_be_open(case)
    if second.pk == keys.staff.pk or second not in vault_queries.holders(case.file_id):
        raise Refusal(
            _("The second signature comes from another colleague who can open the case."),
            next_step=_("Choose a colleague, or let one in first."),
            code="no-second",
        )
    item = work.due(SIGN, on_case(case), keys=keys, at=at, owner=second)
    value = {
        **means,
        "kind": MeansKind(means["kind"]).value,
        "receipt": new_number(),
        "first": str(keys.staff.pk),
        "first_name": keys.staff.name,
        "first_at": at.isoformat(),
        "asked": str(second.pk),
        "item": str(item.pk),
    }
    ref = vault.add(keys=keys, file=case.file_id, part=CasePart.MEANS, value=value, at=at)
    journal(events.MEANS_GIVEN, keys=keys, case=case, at=at)
    return ref


def _receipt(keys: Keyring, case: Case, ref: UUID) -> dict[str, Any]:
    found = vault_queries.read(keys=keys, file=case.file_id, part=CasePart.MEANS, ref=ref)
    if found is None:
        raise Refusal(
            _("There is no such receipt."), next_step=_("Open the means of the case again."), code="gone"
        )
    return found.value


@transaction.atomic
def sign_second(*, keys: Keyring, case: Case, ref: UUID, at: datetime) -> None:
    """Sign as the second. Whoever gave cannot."""
    kept = _receipt(keys, case, ref)
    if not rules.waits_for_second(kept, str(keys.staff.pk)):
        raise Refusal(
            _("The second signature comes from another colleague, once."),
            next_step=_("Look at who has signed."),
            code="not-the-second",
        )
    given_at = datetime.fromisoformat(kept["first_at"])
    must_decide(RECEIPT, keys.staff, asked_at=given_at, exclude=set(), asked_by={UUID(kept["first"])})
    value = {
        **kept,
        "second": str(keys.staff.pk),
        "second_name": keys.staff.name,
        "second_at": at.isoformat(),
    }
    vault.write(keys=keys, file=case.file_id, part=CasePart.MEANS, value=value, at=at, ref=ref)
    complete_item(case=case, item=kept.get("item"), by=keys.staff, at=at)
    journal(events.MEANS_SIGNED, keys=keys, case=case, at=at)


@transaction.atomic
def void_means(*, keys: Keyring, case: Case, ref: UUID, reason: str, at: datetime) -> None:
    """Declare a receipt void, with a reason. It stays to be read; nothing is rubbed out."""
    kept = _receipt(keys, case, ref)
    value = {**kept, "void": reason, "void_name": keys.staff.name, "void_at": at.isoformat()}
    vault.write(keys=keys, file=case.file_id, part=CasePart.MEANS, value=value, at=at, ref=ref)
    complete_item(case=case, item=kept.get("item"), by=keys.staff, at=at)
    journal(events.MEANS_VOIDED, keys=keys, case=case, at=at)
