"""A request that names somebody is linked with her case by a focal point: then two decide whether she hears of it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form, one_line
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.queries.asked_after import linked_cases
from panah.people.cases.words import AskedKind


class AskedAfter(Protocol):
    """A request of an authority or of a relative."""

    @property
    def pk(self) -> UUID: ...
    @property
    def file_id(self) -> UUID: ...
    @property
    def asked_at(self) -> datetime: ...


class LinkCaseForm(Form):
    number = one_line(
        _("Number of the case of the person whom it names"),
        hint=_(
            "Nobody but the focal points sees the link. Two of you then decide whether the person hears of it."
        ),
        required=True,
        most=20,
    )


def link_form(request: StaffRequest) -> LinkCaseForm:
    """The form of a page of a request: what was typed into it stands in it again, whichever button sent it."""
    return LinkCaseForm(request.POST if "number" in request.POST else None)


def not_bound(form: LinkCaseForm, request: StaffRequest) -> QueryDict | None:
    """What was sent for the page's other form."""
    return None if form.is_bound else request.POST or None


def was_linked(
    request: StaffRequest, form: LinkCaseForm, *, row: AskedAfter, kind: AskedKind, who: object, what: object
) -> bool:
    """Link the request with the case whose number was typed; returns whether it was."""

    def link(number: str) -> None:
        case = cases_queries.by_number(number, to=request.staff)
        if case is None:
            raise Refusal(
                _("There is no case with this number that you can open."),
                next_step=_("Look at the number again."),
                code="no-such-case",
            )
        cases.link_request(
            keys=request.keys,
            case=case,
            kind=kind,
            request=row.pk,
            file=row.file_id,
            asked={"on": row.asked_at.isoformat(), "who": who or "", "what": what or ""},
            at=timezone.now(),
        )

    return form.submit(link)


def linked(request: StaffRequest, row: AskedAfter) -> dict[str, str]:
    """By the cases with which a request is linked, what two have decided there about the person's hearing of it."""
    return linked_cases(keys=request.keys, file=row.file_id, request=row.pk)
