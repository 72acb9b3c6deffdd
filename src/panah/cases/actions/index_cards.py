"""Cards of a case: one for finding the person, and, only with consent to counting, one for facts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from panah.cases import rules
from panah.cases.models import Case
from panah.cases.queries.same_person import agreed_to_counting, is_counted, linked_as_same
from panah.cases.words import CasePart
from panah.foundation.registry import Registry
from panah.vault import queries as vault_queries
from panah.vault.actions import cards
from panah.vault.keyring import Keyring, current_key
from panah.vault.search import card_value
from panah.vault.words import KeyKind

# What a facts card holds: codes of the standard that count, never a number, a date or a place below the region.
COUNTED = (
    "prs_Gender",
    "prs_Citizenship",
    "vic_TypeOfExploitation",
    "vic_MethodsOfControl",
    "vic_MethodOfRecruitment",
    "vic_ForcedLabourIndustry",
    "vic_TypeOfSexExploitation",
    "vic_RelationshipToTrafficker",
    "vic_TraffickingStatus",
    "pan_CountriesOfExploitation",
)


# What rooms above put on the facts card of whoever agreed to be counted: ``tell(keys=, case=)`` returns coarse codes by
# name.
EXTRA_FACTS: Registry[Callable[..., Mapping[str, str]]] = Registry("what else is counted of a case")


@transaction.atomic
def update_search_card(*, keys: Keyring, case: Case, identity: Mapping[str, Any], at: datetime) -> None:
    """Seal the search card of a case anew after who this is was written; without a name there is none."""
    if current_key(case.society_id, KeyKind.SEARCH) is None:
        return
    names = [one["text"] for one in identity.get("names") or () if one.get("text")]
    if not names:
        cards.drop_card(keys=keys, file=case.file_id, kind=cards.SEARCH, at=at)
        return
    value = card_value(
        names=names,
        birth_year=_year(identity),
        number=case.number,
        phones=[one["number"] for one in identity.get("phones") or () if one.get("number")],
    )
    cards.put_card(keys=keys, file=case.file_id, kind=cards.SEARCH, value=value, at=at)


def _year(identity: Mapping[str, object]) -> int | None:
    text = str(identity.get("born") or "")[:4]
    return int(text) if text.isdigit() else None


@transaction.atomic
def add_facts_card(*, keys: Keyring, case: Case, at: datetime) -> None:
    """Write the facts card of a case whose person agreed to be counted: codes and month, nothing that joins them.

    Of cases that were linked as one person's one has a card, and it says what is true of any of them.
    """
    others = linked_as_same(keys=keys, case=case)
    if any(is_counted(keys=keys, case=one) for one in others):
        if is_counted(keys=keys, case=case):
            drop_facts_card(keys=keys, case=case, at=at)
        return
    facts = _facts_of(keys, case)
    for one in others:
        if agreed_to_counting(keys=keys, case=one):
            facts = rules.facts_of_both(facts, _facts_of(keys, one))
    said, codes = facts
    cards.put_card(keys=keys, file=case.file_id, kind=cards.FACTS, value={**said, "codes": codes}, at=at)


def _facts_of(keys: Keyring, case: Case) -> rules.Facts:
    codes = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.CODES)
    kept = {name: codes[name]["values"] for name in COUNTED if codes.get(name, {}).get("answer") == "yes"}
    said = {"of": "case", "month": f"{case.opened_at:%Y-%m}", "age": case.age_group}
    years = rules.least_age(_born(keys, case), case.opened_at.year, case.age_group)
    if years is not None:
        said["years"] = str(years)
    for tell in EXTRA_FACTS:
        said |= tell(keys=keys, case=case)
    return said, kept


def _born(keys: Keyring, case: Case) -> int | None:
    """The year of birth, from the search card that the case keeps: who it is need not be opened for it."""
    kept = vault_queries.value_of(keys=keys, file=case.file_id, part=cards.PART).get(cards.SEARCH) or [{}]
    found = kept[0].get("value", {}).get("y")
    return found if isinstance(found, int) else None


@transaction.atomic
def renew_facts_card(*, keys: Keyring, case: Case, at: datetime) -> None:
    """Rewrite the facts card from the case as it is, if there is one.

    Called where a case is written anyway and regularly (a look at the risk, closing), never when something in another
    room happens: otherwise the time of the card would tell what happened.
    """
    if is_counted(keys=keys, case=case):
        add_facts_card(keys=keys, case=case, at=at)


@transaction.atomic
def drop_facts_card(*, keys: Keyring, case: Case, at: datetime) -> None:
    """Take the facts card away: the person does not want to be counted."""
    cards.drop_card(keys=keys, file=case.file_id, kind=cards.FACTS, at=at)


@transaction.atomic
def count_once(*, keys: Keyring, case: Case, at: datetime) -> None:
    """A link says that this case is a person's who is counted by another one: its card goes.

    Nothing is written in the other file: one moment in both would say in plain that they belong together.
    """
    others = linked_as_same(keys=keys, case=case)
    if is_counted(keys=keys, case=case) and any(is_counted(keys=keys, case=one) for one in others):
        drop_facts_card(keys=keys, case=case, at=at)


@transaction.atomic
def count_apart(*, keys: Keyring, case: Case, at: datetime) -> None:
    """A link is undone: a case whose person agreed has a card of its own, which says nothing of the other case."""
    if is_counted(keys=keys, case=case) or agreed_to_counting(keys=keys, case=case):
        add_facts_card(keys=keys, case=case, at=at)
