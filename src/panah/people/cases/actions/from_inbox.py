"""A case of what arrived sealed, in the hands of a colleague who was chosen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import names_with_permission, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.vault.keyring import Keyring
from panah.people.cases import queries as cases_queries
from panah.people.cases.actions.caseload import must_fit_ceiling
from panah.people.cases.actions.documents import keep_document
from panah.people.cases.actions.opening import open_case
from panah.people.inbox.actions import CheckedContent, Converted

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def may_hold_arrival(staff: Staff) -> list[tuple[str, str]]:
    """Who may hold a case in her society, by pseudonym."""
    return [(str(one.pk), one.name) for one in names_with_permission(staff.society_id, Permission.CASES_WORK)]


def case_from_arrival(
    *, keys: Keyring, typed: CheckedContent, choice: str, by: Staff, at: datetime
) -> Converted:
    """Open a case with what came, in the hands of the colleague who was chosen."""
    owner = next(
        one for one in with_permission(by.society_id, Permission.CASES_WORK) if str(one.pk) == choice
    )
    must_fit_ceiling(owner=owner, more=1, reason="")
    made = open_case(
        keys=keys,
        by=by,
        at=at,
        owner=owner,
        language=typed.language,
        age_group=typed.age_group,
        urgency=typed.urgency,
        identity=_identity(typed),
        note=typed.note,
        said=_("Get in touch: this arrived sealed. Read it, and agree on what may be noted"),
    )
    for name, body in typed.files:
        keep_document(keys=keys, case=made, name=name, body=body, at=at)
    hers = cases_queries.by_id(made.pk, to=by) is not None
    return Converted(
        "cases", made.pk, reverse("cases:case", args=[made.number]) if hers else "", made.file_id
    )


def _identity(typed: CheckedContent) -> dict[str, object] | None:
    names = [{"text": text, "kind": "other" if place else "called"} for place, text in enumerate(typed.names)]
    phones = [{"number": number, "safe": "unknown", "note": ""} for number in typed.phones]
    return {"names": names, "phones": phones} if names or phones else None
