"""The steps of a matter, each a small form for its readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateField, Form, by_name, one_line, one_of, paragraph, picked, ticked
from panah.people.complaints import rules, words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.complaints.queries import ReportBehind


class ListForm(Form):
    """Filters of the readers' list: codes of plain columns alone, so that they may stand in an address."""

    kind = picked(_("Kind"), [("", _("All")), *words.MatterKind.choices])
    state = picked(
        _("State"), [("open", _("Not answered yet")), ("all", _("All")), *words.MatterState.choices]
    )
    sort = picked(_("Order"), [("answer", _("Answer due first")), ("newest", _("Newest first"))])


# Of what a report of the public door became: no code was given, its writer reads with the number of the message.
REPORTER_TOLD = [
    ("yes", _("yes, as an answer to the report")),
    ("not_yet", _("not yet, or no answer can reach the reporter")),
]


class AcknowledgeForm(Form):
    told = one_of(
        _("Did the person hear that it came in?"),
        [
            ("yes", _("yes, in the way that was agreed")),
            ("waits", _("the person cannot be reached: told when the code is asked for")),
        ],
    )
    text = paragraph(_("Remark"), hint=_("How, and what the person said."))

    def __init__(self, *args: object, behind: ReportBehind | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if behind is not None:
            self.offer("told", REPORTER_TOLD)


class LookForm(Form):
    text = paragraph(
        _("How it is looked into"),
        hint=_("Who is heard, by when, how the person is kept safe meanwhile."),
        rows=4,
    )


class NoteForm(Form):
    text = paragraph(_("Note"), hint=_("Only the readers of this matter see it."), required=True, rows=4)


class MeantForm(Form):
    meant = one_of(
        _("Are the readers who were left out meant by it?"),
        [("yes", _("yes: they do not read it")), ("no", _("no, or nothing says so: they read it too"))],
        required=True,
    )


class ReopenForm(Form):
    text = paragraph(
        _("Why it is opened again"),
        hint=_("The person is not content, or something new is known."),
        required=True,
    )


class AskForm(Form):
    of = picked(_("Whom"), required=True, hint=_("The one who holds the case."))
    text = paragraph(
        _("What is needed"),
        hint=_("The colleague reads these words alone, and nothing else of the request."),
        required=True,
        rows=4,
    )

    def __init__(self, *args: object, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("of", by_name(people))


class ReplyForm(Form):
    KNOWS = (
        ("safe_word", words.Proof.SAFE_WORD.label),
        ("known", _("I know the person by voice or face")),
        ("called_back", words.Proof.CALLED_BACK.label),
        ("no", _("no, or not sure")),
    )
    knows = one_of(_("Do you know that it is the person who asks?"), KNOWS)
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

    outcome = one_of(_("How it ended"), words.ComplaintOutcome.choices)
    done = paragraph(
        _("What was done"),
        hint=_("For the person, and so that it does not happen again."),
        required=True,
        rows=4,
    )
    told = paragraph(_("What the person was told, and what the person says to it"))
    way = one_of(_("How the answer reaches the person"), words.AnswerChannel.choices)
    reason = paragraph(_("Reason, if it could not be confirmed"))
    outside_told = ticked(_("The person was told where else to complain"))

    def __init__(self, *args: object, behind: ReportBehind | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        no = {words.AnswerChannel.RECEIPT, words.AnswerChannel.UNREACHED}
        if behind is not None:
            last = words.AnswerChannel.RECEIPT if behind.answer else words.AnswerChannel.UNREACHED
            no = (no - {last}) | {words.AnswerChannel.WAITS}
        self.offer("way", [(one.value, one.label) for one in words.AnswerChannel if one not in no])


class DataAnswerForm(AnswerForm):
    """How a request about own data ended: how we know that it is the person, and the reason if it is refused."""

    outcome = one_of(_("How it ended"), words.DataOutcome.choices)
    proof = one_of(_("How we know that it is the person"), words.Proof.choices)
    reason = paragraph(_("Reason, if it is refused or done in part"))
    field_order = ("proof", "outcome", "reason", "outside_told", "done", "told", "way")

    def clean(self) -> dict[str, object]:
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
    follow_up_on = DateField(
        label=_("Ask again whether it is better, on which day"), required=False, future=True
    )
    text = paragraph(_("Remark"))


class EraseForm(Form):
    number = one_line(_("The number, as it stands on top"), required=True)
    person_asks = ticked(_("The person asks for it"), _("Then it need not wait for its day."))
