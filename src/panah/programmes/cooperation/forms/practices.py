"""What is asked about a good practice, its review and translation, and about meetings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import (
    ChoiceLabel,
    DateField,
    Form,
    by_name,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
)
from panah.ground.kit.languages import READERS
from panah.ground.kit.versioned_form import KeptForm
from panah.programmes.cooperation.models import Decision, Meeting, Paper, Practice
from panah.programmes.cooperation.words import DecisionState, Verdict
from panah.programmes.diplomacy.instruments import provisions
from panah.programmes.model import queries as model_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.queries import Reachable

NO_NAMES = _("No name of a person we help, and none of a helper.")
LONG = 8000


class _PracticeFields(Form):
    title = one_line(_("Title"), required=True, most=200)
    need = paragraph(_("The need"), required=True, most=LONG, hint=_("What was missing, for whom, where."))
    done = paragraph(_("What was done"), required=True, most=LONG, hint=NO_NAMES)
    took = paragraph(_("What it took"), most=LONG, hint=_("People, days, money, agreements."))
    changed = paragraph(_("What changed"), most=LONG)
    evidence = paragraph(
        _("Evidence"), most=LONG, hint=_("How one knows it: figures, reports, what people said.")
    )
    limits = paragraph(_("Limits"), most=LONG, hint=_("Where it does not work, and what went wrong."))
    contact = one_line(_("Whom to ask"), most=200, hint=_("An office: no name of a person."))
    elements = many_of(_("Elements of the operational model"))
    provisions = many_of(_("Provisions"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        known = model_queries.elements(model_queries.current_version())
        self.offer("elements", [(name, one.title) for name, one in known.items()])
        self.offer(
            "provisions",
            [
                (key, ChoiceLabel(f"{one.title}, {key.partition('/')[2]}", each.text))
                for key, (one, each) in provisions().items()
            ],
        )


class PracticeForm(_PracticeFields, CreateForm):
    makes = Practice
    # The text's own, not that of whoever reads the form: nothing is chosen beforehand.
    language = picked(_("Language of the text"), [("", "–"), *READERS], required=True)
    field_order = ("language",)


class PracticeChangeForm(_PracticeFields, KeptForm):
    """Change a draft."""


class AskReviewForm(Form):
    society = picked(_("Which society"), required=True)

    def __init__(self, *args: object, societies: Iterable[Reachable], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("society", [("", "–"), *((one.slug, one.name) for one in societies)])


class TranslateForm(Form):
    language = picked(_("Language"), required=True)

    def __init__(self, *args: object, without: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", [("", "–"), *(one for one in READERS if one[0] != without)])


class ReviewForm(Form):
    verdict = one_of(_("What you say"), Verdict.choices)
    words = paragraph(
        _("Words to the society"),
        most=LONG,
        hint=_("What is unclear, what is missing. They read it as it is."),
    )


class MeetingForm(CreateForm):
    makes = Meeting
    title = one_line(_("Title"), required=True, most=200)
    held_on = DateField(label=_("Day"))
    place = one_line(_("Place"), most=200)
    agenda = paragraph(_("Agenda"), most=LONG, rows=6, hint=_("One point in each line."))


class MeetingChangeForm(KeptForm):
    title = one_line(_("Title"), required=True, most=200)
    held_on = DateField(label=_("Day"))
    place = one_line(_("Place"), most=200)
    agenda = paragraph(_("Agenda"), most=LONG, rows=6, hint=_("One point in each line."))


class PaperForm(CreateForm):
    makes = Paper
    title = one_line(_("Title of the paper"), required=True, most=200)
    where = one_line(_("Where it is"), hint=_("An address, or its number in the library."))


class DecisionForm(CreateForm):
    makes = Decision
    text = one_line(_("What was decided"), required=True, most=500, hint=NO_NAMES)
    owner = picked(_("Who does it"), required=True)
    with_whom = one_line(
        _("Who does it in another society"),
        most=200,
        hint=_(
            "Of a joint decision: the society and the office, no name. They are told it with the decision."
        ),
    )
    due_on = DateField(label=_("Until when"), future=True)

    def __init__(self, *args: object, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("owner", by_name(people))


class CloseForm(Form):
    state = one_of(_("How it ended"), [one for one in DecisionState.choices if one[0] != DecisionState.OPEN])
    outcome = paragraph(_("What came of it"), required=True, most=2000, hint=NO_NAMES)
