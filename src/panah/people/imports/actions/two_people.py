"""Cases of several people leave with names when a second person has seen the same list and agreed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.approvals import actions as approvals
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.people.imports import queries
from panah.people.imports.actions.exporter import must_fit_a_list, opening, write_out
from panah.people.imports.permissions import EXPORT

if TYPE_CHECKING:
    from panah.ground.approvals.models import Request
    from panah.people.cases.models import Case


@transaction.atomic
def ask_to_take_out(
    *, keys: Keyring, rows: Iterable[Case], purpose: str, form: str, at: datetime
) -> Request | None:
    """Ask that these cases leave with names, those that open for her; None where it is one or none and nobody is asked.

    The list is kept with the request: what the second sees is what leaves, whatever the filter shows later.
    """
    cases = opening(keys=keys, rows=rows)
    if len(cases) < 2:
        return None
    must_fit_a_list(cases)
    facts = {"cases": ",".join(str(case.pk) for case in cases), "purpose": purpose, "form": form}
    by = keys.staff
    others = [
        colleague for colleague in with_permission(by.society_id, EXPORT.decides) if colleague.pk != by.pk
    ]
    return approvals.ask(act=EXPORT, subject=by.pk, by=by, at=at, told=others, facts=facts)


@transaction.atomic
def agree(*, keys: Keyring, request: Request, seen: str, at: datetime) -> None:
    """Let the list leave, as the second person, signed with her own key; only who can see each case of it.

    ``seen`` tells which list her page showed (``queries.mark_of``).
    """
    vault.approve(keys=keys, request=request, at=at)
    if seen != queries.mark_of(request):
        raise Refusal(
            _("This is another list than the one that your page showed."),
            next_step=_("Look at it again, and ask whoever asks for it."),
            code="another-list",
            status=409,
        )
    if len(queries.cases_of(request, to=keys.staff)) != len(queries.case_ids(request)):
        raise Refusal(
            _("The list is not whole for you: a case of it was erased, or is not yours to see."),
            next_step=_("Stop it, and let it be asked for anew."),
            code="not-the-whole-list",
        )


@transaction.atomic
def take_agreed(*, keys: Keyring, request: Request, at: datetime) -> bytes:
    """Return the table of the list that the second saw, once, to whoever asked for it."""
    facts = dict(request.facts)
    rows = queries.cases_of(request, to=keys.staff)
    vault.must_have_met(keys=keys, request=request)
    approvals.use_up(act=EXPORT, subject=keys.staff.pk, by=keys.staff, at=at, facts=facts)
    return write_out(keys=keys, rows=rows, purpose=facts["purpose"], form=facts["form"], at=at)


def forget_list(request: Request, at: datetime) -> None:
    """For the registry of approvals: what has ended says no more which cases stood together, only that it was those."""
    if request.act == EXPORT.name:
        facts = dict(request.facts)
        facts["cases"] = sha256(facts["cases"].encode()).hexdigest()
        request.facts = facts
        request.save(update_fields=["facts"])
