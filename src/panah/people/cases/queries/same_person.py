"""Which cases were linked as one person's, as far as they open: she is counted once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from panah.ground.vault import queries as vault_queries
from panah.ground.vault import waiting_parts
from panah.ground.vault.actions import cards
from panah.people.cases.models import Case
from panah.people.cases.queries import sealed_age
from panah.people.cases.words import CasePart
from panah.people.cases.words.terms import Relation
from panah.people.consent import queries as consent_queries
from panah.people.consent.words import ConsentPurpose

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring


def linked_as_same(*, keys: Keyring, case: Case) -> list[Case]:
    """Return the other cases of the person of this one that the asker can open, over however many links."""
    return _reached(keys, case, _same(keys, case))[0]


def every_linked_one_opens(*, keys: Keyring, case: Case) -> bool:
    """Say whether the asker opens all cases that were linked as this person's."""
    return _reached(keys, case, _same(keys, case))[1]


def is_counted_elsewhere(*, keys: Keyring, case: Case) -> bool:
    """Say whether a link has it that the person is counted by a case that the asker does not open."""
    return any(not _reached(keys, case, {to})[1] for to, counted in _same(keys, case).items() if counted)


def _reached(keys: Keyring, case: Case, first: Iterable[str]) -> tuple[list[Case], bool]:
    """The cases that open from ``first`` on, and whether all do."""
    found: dict[str, Case] = {}
    ask, all_open = set(first), True
    while ask:
        rows = list(Case.objects.filter(pk__in=ask, society=case.society_id, erased_at=None))
        opened = keys.which_open([row.file_id for row in rows]) if rows else set()
        more = [row for row in rows if row.file_id in opened]
        all_open = all_open and len(more) == len(rows)
        found |= {str(one.pk): one for one in more}
        ask = {to for one in more for to in _same(keys, one)} - {str(case.pk), *found}
    return list(found.values()), all_open


def _same(keys: Keyring, case: Case) -> dict[str, bool]:
    """The cases that this one is linked with, and whether one there was counted when it was linked."""
    links = waiting_parts.read_all(keys=keys, file=case.file_id, part=CasePart.LINK)
    same = [one.value for one in links if one.value.get("relation") == Relation.SAME]
    return {one["to"]: bool(one.get("counted")) for one in same}


def person_is_counted(*, keys: Keyring, case: Case) -> bool:
    """Say whether this case or one that was linked as the same person's, and opens, has a facts card."""
    return any(is_counted(keys=keys, case=one) for one in (case, *linked_as_same(keys=keys, case=case)))


def is_counted(*, keys: Keyring, case: Case) -> bool:
    """Say whether the case has a facts card."""
    return bool(vault_queries.value_of(keys=keys, file=case.file_id, part=cards.PART).get(cards.FACTS))


def agreed_to_counting(*, keys: Keyring, case: Case) -> bool:
    """Say whether the person's last word about being counted is a yes that counts."""
    return _last_word(keys, case) is True


def refused_counting(*, keys: Keyring, case: Case) -> bool:
    """Say whether the last word about being counted is anything but a yes that counts. Who was not asked said none."""
    return _last_word(keys, case) is False


def _last_word(keys: Keyring, case: Case) -> bool | None:
    for one in consent_queries.latest(keys=keys, file=case.file_id):
        if one.consent.purpose == ConsentPurpose.STATISTICS:
            # Whoever was counted while a yes stood stays counted when it has ended.
            why = consent_queries.why_not(
                keys=keys,
                file=case.file_id,
                answer=one.consent,
                on=date.min,
                age_group=sealed_age(keys=keys, file=case.file_id),
            )
            return not why
    return None
