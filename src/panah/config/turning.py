"""What a sealed arrival can become: a contact of a line, or a case. The rooms that make them stand above the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.accounts.queries import names_with_role, with_role
from panah.cases import actions as case_actions
from panah.cases import queries as cases_queries
from panah.cases.actions.caseload import must_fit_ceiling
from panah.hotline import actions as hotline
from panah.hotline import queries as hotline_queries
from panah.inbox.actions import CheckedContent, Result, Target
from panah.vault.keyring import Keyring

if TYPE_CHECKING:
    from panah.accounts.models import Staff

HOLD_CASES = ("caseworker", "focal_point")


def holders(staff: Staff) -> list[tuple[str, str]]:
    """Who may hold a case in her society, by pseudonym."""
    return [(str(one.pk), one.name) for one in names_with_role(staff.society_id, *HOLD_CASES)]


def answered(staff: Staff) -> list[tuple[str, str]]:
    """The lines she answers: a contact is sealed to one of them."""
    return [(str(one.pk), str(one)) for one in hotline_queries.lines_of(staff) if one.ended_at is None]


def case(*, keys: Keyring, typed: CheckedContent, choice: str, by: Staff, at: datetime) -> Result:
    """Open a case with what came, in the hands of the colleague who was chosen."""
    owner = next(one for one in with_role(by.society_id, *HOLD_CASES) if str(one.pk) == choice)
    must_fit_ceiling(owner=owner, more=1, reason="")
    made = case_actions.open_case(
        keys=keys,
        by=by,
        at=at,
        owner=owner,
        language=typed.language,
        age_group=typed.age_group,
        urgency=typed.urgency,
        identity=_identity(typed),
        note=typed.note,
        said=gettext_lazy("Get in touch: this arrived sealed. Read it, and agree on what may be noted"),
    )
    return Result("cases", made.pk, _case_place(made) if cases_queries.by_id(made.pk, to=by) else "")


def _identity(typed: CheckedContent) -> dict[str, Any] | None:
    names = [{"text": text, "kind": "other" if place else "called"} for place, text in enumerate(typed.names)]
    phones = [{"number": number, "safe": "unknown", "note": ""} for number in typed.phones]
    return {"names": names, "phones": phones} if names or phones else None


def _case_place(made: Any) -> str:
    return reverse("cases:case", args=[made.number])


def contact(*, keys: Keyring, typed: CheckedContent, choice: str, by: Staff, at: datetime) -> Result:
    """Make a contact of a line with what came; it is due on that line."""
    line = next(one for one in hotline_queries.lines_of(by) if str(one.pk) == choice)
    made = hotline.take_arrival(
        keys=keys,
        line=line,
        came_at=typed.came_at,
        typed=hotline.CallDraft(
            answers={
                "language": typed.language,
                "urgency": typed.urgency,
                **({"age_band": typed.age_group} if typed.age_group in ("adult", "child") else {}),
            },
            note=_note(typed),
            identity={"called": next(iter(typed.names), ""), "phone": next(iter(typed.phones), "")},
        ),
        by=by,
        at=at,
    )
    return Result("hotline", made.pk, reverse("hotline:contact", args=[made.number]))


def _note(typed: CheckedContent) -> str:
    # A contact has one name and one number: the others stand in the note.
    more = [_("Further name: %(text)s") % {"text": text} for text in typed.names[1:]]
    more += [_("Further telephone: %(text)s") % {"text": text} for text in typed.phones[1:]]
    return "\n".join([typed.note, *more])


def places_of_cases(subjects: Iterable[UUID], *, to: Any) -> dict[UUID, tuple[str, str]]:
    """Where cases that arrivals became open, as far as a colleague sees them; one query."""
    rows = cases_queries.visible(to=to).filter(pk__in=list(subjects))
    return {one.pk: (_case_place(one), _("Case %(number)s") % {"number": one.number}) for one in rows}


def places_of_contacts(subjects: Iterable[UUID], *, to: Any) -> dict[UUID, tuple[str, str]]:
    rows = hotline_queries.visible(to=to).filter(pk__in=list(subjects))
    return {
        one.pk: (
            reverse("hotline:contact", args=[one.number]),
            _("Contact %(number)s") % {"number": one.number},
        )
        for one in rows
    }


WAYS = [
    Target(
        name="case",
        label=gettext_lazy("Open a case"),
        text=gettext_lazy("Somebody goes on with this person over more than one step."),
        ask=gettext_lazy("Who holds the case?"),
        choices=holders,
        make=case,
    ),
    Target(
        name="contact",
        label=gettext_lazy("Make a contact of it"),
        text=gettext_lazy(
            "A line goes on: to call back, to inform, to hand on. A contact can become a case later."
        ),
        ask=gettext_lazy("Which line goes on with it?"),
        choices=answered,
        make=contact,
    ),
]
