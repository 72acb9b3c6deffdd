"""Which cases were linked as one person's, as far as they open: she is counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.cases.models import Case
from panah.cases.words import CasePart
from panah.cases.words.terms import Relation
from panah.consent import queries as consent_queries
from panah.consent.words import ConsentPurpose
from panah.vault import queries as vault_queries
from panah.vault import waiting_parts
from panah.vault.actions import cards

if TYPE_CHECKING:
    from panah.vault.keyring import Keyring


def linked_as_same(*, keys: Keyring, case: Case) -> list[Case]:
    """Return the other cases of the person of this one that the asker can open, over however many links."""
    found: dict[str, Case] = {}
    ask = [case]
    while ask:
        same = {to for one in ask for to in _same(keys, one)} - {str(case.pk), *found}
        rows = list(Case.objects.filter(pk__in=same, society=case.society_id, erased_at=None)) if same else []
        opened = keys.which_open([one.file_id for one in rows]) if rows else set()
        ask = [one for one in rows if one.file_id in opened]
        found |= {str(one.pk): one for one in ask}
    return list(found.values())


def _same(keys: Keyring, case: Case) -> list[str]:
    links = waiting_parts.read_all(keys=keys, file=case.file_id, part=CasePart.LINK)
    return [one.value["to"] for one in links if one.value.get("relation") == Relation.SAME]


def is_counted(*, keys: Keyring, case: Case) -> bool:
    """Say whether the case has a facts card."""
    return bool(vault_queries.value_of(keys=keys, file=case.file_id, part=cards.PART).get(cards.FACTS))


def agreed_to_counting(*, keys: Keyring, case: Case) -> bool:
    """Say whether the person's last word about being counted is a yes."""
    return any(
        one.consent.purpose == ConsentPurpose.STATISTICS
        and one.consent.said == "yes"
        and one.consent.withdrawn_on is None
        for one in consent_queries.latest(keys=keys, file=case.file_id)
    )
