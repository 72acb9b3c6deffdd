"""What is asked about guest seats, and what guests ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import DateField, Form, by_name, many_of, one_line, one_of, paragraph, picked
from panah.programmes.cooperation.models import Question, Seat
from panah.programmes.cooperation.words import SeatKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


class SeatForm(CreateForm):
    makes = Seat
    guest = picked(
        _("Whose account"), required=True, hint=_("Invite the guest first, with the role of a guest.")
    )
    organisation = one_line(_("Organisation"), required=True, most=200)
    kind = one_of(_("Kind"), SeatKind.choices)
    until = DateField(label=_("Until when"), future=True)

    def __init__(self, *args: object, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("guest", by_name(people))


class ShowForm(Form):
    entries = many_of(_("What the guest may read"))

    def __init__(self, *args: object, offered: Iterable[tuple[str, object]], **kwargs: object) -> None:
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
