"""Who is held, as far as the asker's keys open it; whether the consul may be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from panah.cases.models import Case
from panah.cases.queries import sealed_age, visible
from panah.cases.queries.lists import working_labels
from panah.cases.words import CasePart
from panah.consent import queries as consent_queries
from panah.consent.words import AUTHORITY_RISKS
from panah.vault import queries as vault_queries

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.vault.keyring import Keyring


# The sealed part as it is kept: see ``actions.detention``.
type DetentionValue = dict[str, Any]
# No table says who is held, so that every case is opened and read: half a millisecond each, a second for so many.
MOST_READ = 2000


@dataclass(frozen=True)
class Held:
    """One person who is held."""

    case: Case
    label: str
    value: DetentionValue
    since: datetime | None
    until: datetime | None


def moment(value: DetentionValue, key: str) -> datetime | None:
    return datetime.fromisoformat(value[key]) if value.get(key) else None


def is_held(value: DetentionValue) -> bool:
    """Whether this part of a case says that the person is held now."""
    return bool(value) and not value.get("ended")


def held_now(*, to: Staff, keys: Keyring | None) -> tuple[list[Held], bool]:
    """(who is held in the open cases that she can open, whether older cases were left unread).

    Whose hours run out first stands first. The cases that were opened last are read.
    """
    rows = visible(to=to).filter(closed_at=None, file_id__in=vault_queries.files_of(to))
    cases = list(rows.order_by("-opened_at", "pk")[: MOST_READ + 1])
    unread = len(cases) > MOST_READ
    cases = cases[:MOST_READ]
    parts = vault_queries.read_whole(
        keys=keys, files=[case.file_id for case in cases], part=CasePart.DETENTION
    )
    held = [case for case in cases if case.file_id in parts and is_held(parts[case.file_id].value)]
    labels = working_labels(held, keys=keys)
    found = [
        Held(case, labels.get(case.pk, ""), value, moment(value, "since"), moment(value, "until"))
        for case in held
        for value in (parts[case.file_id].value,)
    ]
    found.sort(key=lambda one: (one.until is None, one.until or one.since or one.case.opened_at))
    return found, unread


def consul_may_be_told(case: Case, *, keys: Keyring, on: date, at: datetime) -> bool:
    """Whether a consent that still holds names a consulate or embassy."""
    said = consent_queries.latest(keys=keys, file=case.file_id)
    # As it is sealed: whoever writes in the database makes no adult of a child.
    age = sealed_age(keys=keys, file=case.file_id)
    return any(
        consent_queries.may_share(
            keys=keys,
            file=case.file_id,
            purpose=one.consent.purpose,
            receiver=one.consent.receiver,
            fields=one.consent.fields,
            on=on,
            age_group=age,
        ).allowed
        for one in said
        if _is_consulate(one.kept, at)
    )


def _is_consulate(kept: DetentionValue, at: datetime) -> bool:
    risk = consent_queries.authority_risk(kept.get("receiver", ""), kept.get("receiver_name") or "", at=at)
    return risk is not None and risk == AUTHORITY_RISKS["consulate"]
