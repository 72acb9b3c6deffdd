"""The steps of a matter, each a small form for its readers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panah.complaints import rules, words
from panah.kit.forms import Choices, Day, Form, one_line, paragraph


class ListForm(Form):
    """Filters of the readers' list: codes of plain columns alone, so that they may stand in an address."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *words.Kind.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("open", _("Not answered yet")), ("all", _("All")), *words.State.choices],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("answer", _("Answer due first")), ("newest", _("Newest first"))],
    )


class AcknowledgeForm(Form):
    told = forms.ChoiceField(
        label=_("Did the person hear that it came in?"),
        choices=[
            ("yes", _("yes, in the way that was agreed")),
            ("waits", _("the person cannot be reached: told when the code is asked for")),
        ],
        widget=Choices(),
    )
    text = paragraph(_("Remark"), hint=_("How, and what the person said."))


class LookForm(Form):
    text = paragraph(
        _("How it is looked into"),
        hint=_("Who is heard, by when, how the person is kept safe meanwhile."),
        rows=4,
    )


class NoteForm(Form):
    text = paragraph(_("Note"), hint=_("Only the readers of this matter see it."), required=True, rows=4)


class ReopenForm(Form):
    text = paragraph(
        _("Why it is opened again"),
        hint=_("The person is not content, or something new is known."),
        required=True,
    )


class AskForm(Form):
    of = forms.ChoiceField(label=_("Whom"), help_text=_("The one who holds the case."))
    text = paragraph(
        _("What is needed"),
        hint=_("The colleague reads these words alone, and nothing else of the request."),
        required=True,
        rows=4,
    )

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("of", [("", "—"), *((str(one.pk), one.name) for one in people)])


class ReplyForm(Form):
    knows = forms.ChoiceField(
        label=_("Do you know that it is the person who asks?"),
        choices=[
            ("safe_word", words.Proof.SAFE_WORD.label),
            ("known", _("I know the person by voice or face")),
            ("called_back", words.Proof.CALLED_BACK.label),
            ("no", _("no, or not sure")),
        ],
        widget=Choices(),
    )
    text = paragraph(
        _("Your answer"),
        hint=_(
            "What is kept, what can be told, what would put somebody else in danger. Names of others stay out."
        ),
        required=True,
        rows=8,
    )


class AnswerForm(Form):
    """How a complaint ended."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=words.Outcome.choices, widget=Choices())
    done = paragraph(
        _("What was done"),
        hint=_("For the person, and so that it does not happen again."),
        required=True,
        rows=4,
    )
    told = paragraph(_("What the person was told, and what the person says to it"))
    way = forms.ChoiceField(
        label=_("How the answer reaches the person"), choices=words.Way.choices, widget=Choices()
    )
    reason = paragraph(_("Reason, if it could not be confirmed"))
    outside_told = forms.BooleanField(label=_("The person was told where else to complain"), required=False)


class DataAnswerForm(AnswerForm):
    """How a request about own data ended: known to be the person, with a reason where it is refused."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=words.DataOutcome.choices, widget=Choices())
    proof = forms.ChoiceField(
        label=_("How we know that it is the person"), choices=words.Proof.choices, widget=Choices()
    )
    reason = paragraph(_("Reason, if it is refused or done in part"))
    field_order = ("proof", "outcome", "reason", "outside_told", "done", "told", "way")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if rules.wants_reason(data.get("outcome", "")):
            if not data.get("reason"):
                self.add_error(
                    "reason", ValidationError(_("A refusal has its reason in writing."), code="no-reason")
                )
            if not data.get("outside_told"):
                self.add_error(
                    "outside_told",
                    ValidationError(
                        _("Tell the person where else to complain, then tick this."), code="not-told"
                    ),
                )
        return data


class CloseForm(Form):
    follow_up_on = Day(label=_("Ask again whether it is better, on which day"), required=False, future=True)
    text = paragraph(_("Remark"))


class EraseForm(Form):
    number = one_line(_("The number, as it stands on top"), required=True)
    person_asks = forms.BooleanField(
        label=_("The person asks for it"), required=False, help_text=_("Then it need not wait for its day.")
    )
