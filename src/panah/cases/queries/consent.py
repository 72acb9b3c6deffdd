"""A case as what a consent is about."""

from typing import Any

from panah.cases.queries import by_number, sealed_age
from panah.consent.subjects import ConsentSubject
from panah.kit.jinja import url
from panah.vault.keyring import Keyring


def consent_subject(number: str, *, to: Any, keys: Keyring | None) -> ConsentSubject | None:
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
