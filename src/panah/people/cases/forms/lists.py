"""The filter above the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, paragraph, picked
from panah.people.cases.forms.common import colleague
from panah.people.cases.words import AgeGroup, CaseState, Urgency

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


class FilterForm(Form):
    state = picked(_("State"), [("open", _("any open")), *CaseState.choices, ("closed", _("any closed"))])
    urgency = picked(_("Urgency"), [("", _("any")), *Urgency.choices])
    age = picked(_("Adult or child"), [("", _("any")), *AgeGroup.choices])
    due = picked(
        _("Due"),
        [
            ("", _("any time")),
            ("late", _("late")),
            ("today", _("by today")),
            ("week", _("within a week")),
            ("none", _("nothing due")),
        ],
    )
    who = picked(_("Holder"), [])
    branch = picked(_("Branch"), [])
    sort = picked(
        _("Order"), [("due", _("soonest first")), ("new", _("newest first")), ("old", _("oldest first"))]
    )

    def __init__(
        self,
        *args: object,
        staff: Iterable[Staff] = (),
        branches: Iterable[tuple[str, str]] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("who", [("", _("anyone")), ("me", _("me")), *((str(s.pk), s.name) for s in staff)])
        self.offer("branch", [("", _("any")), *branches])


class ManyForm(Form):
    """To whom, what the new holder must know, and why beyond the ceiling."""

    note = paragraph(_("What the new holder must know first"))
    beyond = paragraph(_("Why beyond the ceiling, if it is"))

    def __init__(
        self, *args: object, staff: list[Staff], load: Callable[[UUID], str], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = colleague(_("To whom"), staff)
        self.offer("to", [(str(s.pk), f"{s.name} ({load(s.pk)})") for s in staff])
        self.order_fields(["to", "note", "beyond"])
