"""The forms of a report: an answer, an end with a word to the reporter, joining, whom it concerns, a pile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.concerning_form import ConcerningForm
from panah.ground.kit.forms import Form, many_of, one_of, paragraph, ticked
from panah.people.intake.words import CameOfIt
from panah.people.reporters.words import Told

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

LONGEST_ANSWER = 20_000


class AnswerForm(Form):
    text = paragraph(
        _("What you write to the reporter"),
        hint=_("In plain words, and in the language of the message where you can. No names of colleagues."),
        required=True,
        rows=6,
        most=LONGEST_ANSWER,
    )
    asks = ticked(_("This asks something back: wait for the reporter’s next words"))
    file = forms.FileField(
        label=_("A file that goes along"),
        required=False,
        help_text=_("At most 25 MB. Whoever holds that telephone can see it."),
    )
    also = many_of(_("Also to the reports that are joined with this one"))
    # So that a button pressed twice sends one answer.
    once = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: object, joined: Iterable[tuple[str, object]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = list(joined)
        if choices:
            self.offer("also", choices)
        else:
            del self.fields["also"]


class FinishForm(Form):
    """The end of a report: what its reporter reads with the receipt, chosen here."""

    told = one_of(_("What does the reporter read?"), Told.choices, required=True)
    text = paragraph(
        _("A last word to the reporter"),
        hint=_("May stay empty. It is read with the number of the message, like every answer."),
        rows=4,
        most=LONGEST_ANSWER,
    )
    also = many_of(_("Close the joined reports with the same word"))

    def __init__(
        self, *args: object, joined: Iterable[tuple[str, object]] = (), answers: bool = True, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = list(joined)
        if choices:
            self.offer("also", choices)
        else:
            del self.fields["also"]
        if not answers:
            del self.fields["text"]


class JoinForm(Form):
    other = one_of(_("Which report is of the same matter?"), required=True)

    def __init__(self, *args: object, others: Iterable[tuple[str, object]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("other", others)


class ColleagueForm(ConcerningForm):
    """It is about somebody who works here: it goes past the intake, and past whoever is ticked; one tick is needed."""

    reads = _("would read it")
    concerns = many_of(
        _("Who must not read it"),
        hint=_("Tick everybody it is about. Those who are ticked never learn that it exists."),
    )
    nobody = ticked(_("It is about none of these, or nobody knows about whom"))
    danger = ticked(_("Somebody is in danger because of it, or it goes on"))
    abuse = ticked(_("It tells of abuse or exploitation by someone who works with us"))

    def __init__(
        self, *args: object, people: Iterable[Staff], readers_saw_it: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, people=people, **kwargs)
        # Done once, whatever a page sends: the report itself is settled by it.
        del self.fields["once"]
        if readers_saw_it:
            self.fields["concerns"].help_text = _(
                "Tick everybody it is about. Those who are ticked see it no more; a reader had it on her list, and "
                "may have read it."
            )

    def clean(self) -> dict[str, object]:
        """It goes to its readers for good: nobody is left in because nobody was thought of."""
        data: dict[str, object] = super().clean() or {}
        if "concerns" in data and bool(data["concerns"]) == bool(data.get("nobody")):
            self.add_error(
                "concerns",
                ValidationError(
                    _("Tick whoever it is about, or that it is about none of these."), code="whom-it-is-about"
                ),
            )
        return data


class CameOfItForm(Form):
    """What two people who saw a marked picture write; of one that is ``gone``, that nobody could look at it."""

    came_of_it = one_of(_("What came of it?"), required=True)

    def __init__(self, *args: object, gone: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [one for one in CameOfIt if gone or one != CameOfIt.GONE]
        self.offer("came_of_it", [(choice.value, choice.label) for choice in choices])


class EmptyForm(Form):
    first = forms.UUIDField(widget=forms.HiddenInput())
    until = forms.DateTimeField(widget=forms.HiddenInput())
