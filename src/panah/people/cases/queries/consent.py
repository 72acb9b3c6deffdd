"""A case as what a consent is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from panah.ground.kit.jinja import url
from panah.ground.vault.keyring import Keyring
from panah.people.cases.queries import by_number, sealed_age
from panah.people.consent import queries as consent_queries
from panah.people.consent.subjects import ConsentSubject

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.cases.models import Case


def consent_subject(number: str, *, to: Staff, keys: Keyring | None) -> ConsentSubject | None:
    """Return the case of this number as a consent needs it, or None where it is not hers to see."""
    case = by_number(number, to=to)
    if case is None:
        return None
    return ConsentSubject(
        id=case.pk,
        file=case.file_id,
        number=case.number,
        age_group=sealed_age(keys=keys, file=case.file_id),
        language=case.language,
        href=url("cases:case", case.number),
        society=case.society_id,
        branch=case.branch,
        owner=case.owner,
    )


def standing_yes(
    *, keys: Keyring | None, case: Case, purpose: str, receiver: str
) -> consent_queries.WrittenConsent | None:
    """Return the yes of this person for a receiver if it counts today, by the age that is sealed."""
    return consent_queries.standing_yes(
        keys=keys,
        file=case.file_id,
        purpose=purpose,
        receiver=receiver,
        on=timezone.localdate(),
        age_group=sealed_age(keys=keys, file=case.file_id),
    )
