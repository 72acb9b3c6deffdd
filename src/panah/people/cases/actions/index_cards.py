"""Cards of a case: one for finding the person, and, only with consent to counting, one for facts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from panah.ground.foundation.registry import Registry
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import waiting_parts
from panah.ground.vault.actions import cards
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.search import card_value
from panah.ground.vault.words import KeyKind
from panah.people.cases import rules
from panah.people.cases.models import Case
from panah.people.cases.queries.same_person import (
    agreed_to_counting,
    every_linked_one_opens,
    is_counted,
    is_counted_elsewhere,
    linked_as_same,
    refused_counting,
)
from panah.people.cases.words import CasePart

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


# The names under which it waits in a case that its card is looked at again, and that it goes: a no in a linked one.
COUNTING, REFUSED = "counting", "not counted"


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

    Of cases that were linked as one person's one has a card, and it says what is true of any of them; after a no in
    one of them none has.
    """
    others = linked_as_same(keys=keys, case=case)
    if _has_none(keys, case, others):
        if is_counted(keys=keys, case=case):
            drop_facts_card(keys=keys, case=case, at=at)
        return
    facts = _facts_of(keys, case)
    for one in others:
        if agreed_to_counting(keys=keys, case=one):
            facts = rules.facts_of_both(facts, _facts_of(keys, one))
    said, codes = facts
    cards.put_card(keys=keys, file=case.file_id, kind=cards.FACTS, value={**said, "codes": codes}, at=at)


def _has_none(keys: Keyring, case: Case, others: Sequence[Case]) -> bool:
    """Whether a case has no card: of a no in it or in a linked one, or since another one is counted."""
    return (
        any(refused_counting(keys=keys, case=one) for one in (case, *others))
        or any(is_counted(keys=keys, case=other) for other in others)
        or is_counted_elsewhere(keys=keys, case=case)
    )


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
def follow_counting(*, keys: Keyring, case: Case, at: datetime) -> None:
    """After a word about being counted, or what decides whether it counts: the card comes with the yes, or goes."""
    yes = agreed_to_counting(keys=keys, case=case)
    if yes or is_counted(keys=keys, case=case):
        (add_facts_card if yes else drop_facts_card)(keys=keys, case=case, at=at)
    let_linked_follow(keys=keys, case=case, at=at)


@transaction.atomic
def count_once(*, keys: Keyring, case: Case, at: datetime) -> None:
    """Take the card of a case away whose person is counted by another one, or said no in one.

    Nothing is written in the other file: one moment in both would say in plain that they belong together.
    """
    if is_counted(keys=keys, case=case) and _has_none(keys, case, linked_as_same(keys=keys, case=case)):
        drop_facts_card(keys=keys, case=case, at=at)


@transaction.atomic
def let_linked_follow(*, keys: Keyring, case: Case, at: datetime) -> None:
    """After a word about being counted: the cards of linked cases follow, each as somebody comes in who opens it.

    Where one of them does not open, this case waits for somebody who opens it too.
    """
    others = linked_as_same(keys=keys, case=case)
    refused = any(refused_counting(keys=keys, case=one) for one in (case, *others))
    for one in others:
        if refused and is_counted(keys=keys, case=one):
            waiting_parts.look_again(keys=keys, file=one.file_id, part=REFUSED, at=at)
    if not every_linked_one_opens(keys=keys, case=case) and (refused or is_counted(keys=keys, case=case)):
        waiting_parts.look_again(keys=keys, file=case.file_id, part=COUNTING, at=at)


@transaction.atomic
def count_again(*, keys: Keyring, file: UUID, part: str, at: datetime) -> None:
    """For the vault's registry: the card of a case is looked at again, now that somebody opens it."""
    told = part in (COUNTING, REFUSED)
    case = Case.objects.filter(file_id=file, erased_at=None).first() if told else None
    if case is None:
        return
    # Whoever does not open the linked one does not read the no there; whoever does may read a yes that came since.
    unread = part == REFUSED and not every_linked_one_opens(keys=keys, case=case)
    if unread and is_counted(keys=keys, case=case):
        drop_facts_card(keys=keys, case=case, at=at)
    count_once(keys=keys, case=case, at=at)
    let_linked_follow(keys=keys, case=case, at=at)


@transaction.atomic
def count_apart(*, keys: Keyring, case: Case, at: datetime) -> None:
    """A link is undone: a case whose person agreed has a card of its own, which says nothing of the other case."""
    if is_counted(keys=keys, case=case) or agreed_to_counting(keys=keys, case=case):
        add_facts_card(keys=keys, case=case, at=at)
