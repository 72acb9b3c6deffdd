"""What is asked about guest seats, and what guests ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from panah.cooperation.models import Question, Seat
from panah.cooperation.words import SeatKind
from panah.kit.create_form import CreateForm
from panah.kit.forms import DateField, Form, by_name, many_of, one_line, one_of, paragraph, picked

if TYPE_CHECKING:
    from panah.accounts.models import Staff


class SeatForm(CreateForm):
    makes = Seat
    guest = picked(
        _("Whose account"), required=True, hint=_("Invite the guest first, with the role of a guest.")
    )
    organisation = one_line(_("Organisation"), required=True, most=200)
    kind = one_of(_("Kind"), SeatKind.choices)
    until = DateField(label=_("Until when"), future=True)

    def __init__(self, *args: Any, people: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("guest", by_name(people))


class ShowForm(Form):
    entries = many_of(_("What the guest may read"))

    def __init__(self, *args: Any, offered: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("entries", list(offered))


class AskForm(CreateForm):
    makes = Question
    text = paragraph(
        _("What you would like to know"),
        required=True,
        most=4000,
        hint=_("No name of a person we help, and none of a helper."),
    )


class AnswerForm(Form):
    answer = paragraph(_("Answer"), required=True, most=8000)
