"""Links, events and households, a group that arrives in one night."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import (
    AnswerField,
    ChoiceLabel,
    DateField,
    DateTimeField,
    Form,
    PartialDateField,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
    ticked,
)
from panah.people.cases.actions import MOST_OF_LOOKS
from panah.people.cases.forms.common import ConflictCheckedForm, colleague, filled, fingerprint
from panah.people.cases.models import CaseGroup
from panah.people.cases.words.terms import Relation

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.cases.queries import Caseload

ROWS = 30
ROW_PARTS = ("looks", "called", "age", "language", "note")
# As it is chosen, before the other case is known; in the list of links the case follows the word.
AS_ASKED = [
    (Relation.SAME.value, _("the same person")),
    (Relation.CHILD.value, _("their child")),
    (Relation.PARENT.value, _("their mother or father")),
    (Relation.SIBLING.value, _("their brother or sister")),
    (Relation.PARTNER.value, _("their husband, wife or partner")),
    (Relation.RELATIVE.value, _("another relative of theirs")),
    (Relation.TOGETHER.value, _("somebody from the same place")),
    (Relation.CAUTION.value, _("somebody they must not meet")),
]


class LinkForm(Form):
    number = one_line(
        _("Number of the other case"), hint=_("Only a case that you can open too."), required=True
    )
    relation = one_of(_("To the person of the other case, this person is"), AS_ASKED)
    remark = one_line(_("Remark"))


class AboutForm(ConflictCheckedForm):
    """What is known about an event or a household. All of it is sealed."""

    title = one_line(
        _("In a few words"), hint=_("For the team: a site, a farm, a flat. No names."), required=True
    )
    place = one_line(_("Where"))
    on = PartialDateField(label=_("When"), required=False, past=True)
    what = paragraph(_("What is known"), rows=5)
    still_there = paragraph(_("Who is still there"), hint=_("Danger now goes to the alarm, not in here."))
    informer = AnswerField(
        label=_("Could someone among them report to the exploiter?"),
        help_text=_("Then nobody is asked in front of others, and nobody is told who said what."),
    )
    caution = paragraph(_("What to be careful about"))

    def value(self) -> dict[str, object]:
        data = self.cleaned_data
        return filled({**data, "on": str(data["on"] or "")})


class CaseGroupForm(AboutForm):
    kind = one_of(
        _("What is it?"),
        [
            (
                CaseGroup.Kind.EVENT.value,
                ChoiceLabel(
                    _("Event"), _("One place, one night, one employer: people who went through it together.")
                ),
            ),
            (
                CaseGroup.Kind.HOUSEHOLD.value,
                ChoiceLabel(_("Household"), _("People who live or travel together: a mother and her child.")),
            ),
        ],
    )

    field_order = ("kind",)

    def value(self) -> dict[str, object]:
        """What is sealed: the kind stands in plain beside it."""
        return {name: said for name, said in super().value().items() if name != "kind"}


class GroupForm(AboutForm):
    """One page for up to thirty people. A line counts when something is written in it."""

    language = spoken_language(_("Language that most speak"))
    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: object, holders: Iterable[Staff] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if holders:
            self.fields["owner"] = colleague(_("Who holds the cases?"), holders, required=False)
        self.rows = [self._row(i) for i in range(ROWS)]

    def _row(self, i: int) -> list[str]:
        made = {
            "looks": one_line(_("What is seen"), most=MOST_OF_LOOKS),
            "called": one_line(_("Called")),
            "age": picked(
                _("Age"),
                [("", "–"), ("unknown", _("not known")), ("child", _("child")), ("adult", _("adult"))],
            ),
            "language": spoken_language(_("Language")),
            "note": one_line(_("First note")),
        }
        names = []
        for key, field in made.items():
            name = f"p{i}_{key}"
            # The label stands in the head of the table: said here, it tells an error's line too.
            field.label = _("%(what)s, person %(number)s") % {"what": field.label, "number": i + 1}
            field.widget.attrs["aria-label"] = field.label
            self.keep_quiet(field.widget)
            self.fields[name] = field
            names.append(name)
        return names

    def unnumbered(self) -> set[str]:
        """The questions without a number of their own on the sheet: the lines of the people have theirs."""
        return set(self.fields) - {*AboutForm.base_fields, "language"}

    def sent(self) -> UUID | None:
        """The same for the same page sent twice with the same people; another one for every other sending."""
        once = self.cleaned_data.get("once")
        told = {"about": self.about(), "people": self.people()}
        return uuid5(once, fingerprint(told)) if once else None

    def people(self) -> list[dict[str, str]]:
        """The lines in which something is written."""
        found = []
        for i in range(ROWS):
            row = {k: self.cleaned_data.get(f"p{i}_{k}", "") for k in ROW_PARTS}
            if any(row.values()):
                found.append(
                    {
                        "looks": row["looks"],
                        "called": row["called"],
                        "age_group": row["age"] or "unknown",
                        "language": row["language"],
                        "note": row["note"],
                        "number": str(i + 1),
                    }
                )
        return found

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not any(data.get(f"p{i}_{k}") for i in range(ROWS) for k in ("looks", "called", "age", "note")):
            self.add_error("p0_called", _("Write at least one person."))
        return data

    def about(self) -> dict[str, object]:
        keep = ("title", "place", "what", "still_there", "informer", "caution")
        return filled({**{k: self.cleaned_data[k] for k in keep}, "on": str(self.cleaned_data["on"] or "")})


class JoinGroupForm(Form):
    number = one_line(_("Number of the case"), hint=_("Only a case that you can open."), required=True)


class HeardForm(Form):
    alone = AnswerField(label=_("Heard alone?"))


class ConferenceForm(Form):
    on = DateField(label=_("On which day"), required=True, past=True)
    question = one_line(_("The question"), required=True)
    who = one_line(
        _("Who took part"),
        hint=_("Pseudonyms and organisations. Say whether the person was there or asked before."),
        required=True,
    )
    own_view = paragraph(_("What the person wants"))
    said = paragraph(_("What was said"), rows=4)
    decided = paragraph(_("What was decided, and who does it"), required=True)
    next = one_line(_("Topic for the next time"))

    next_at = DateTimeField(label=_("Next time"), required=False, future=True)

    def value(self) -> dict[str, object]:
        data = self.cleaned_data
        return filled(
            {
                **data,
                "on": data["on"].isoformat(),
                "next_at": data["next_at"].isoformat() if data["next_at"] else "",
            }
        )


class SupervisionForm(Form):
    with_whom = one_line(_("With whom"), required=True)
    load = one_of(
        _("How heavy is this work now?"),
        [
            ("light", _("it can be carried")),
            ("heavy", _("heavy")),
            ("too_much", _("too much: something must change")),
        ],
    )
    said = paragraph(_("What was spoken about"))
    agreed = paragraph(_("What was agreed"))

    def __init__(self, *args: object, staff: Iterable[Staff] = (), **kwargs: object) -> None:
        """``staff``: whose work a focal point may write about; nobody for those who write about their own."""
        super().__init__(*args, **kwargs)
        if staff:
            self.fields["whom"] = colleague(_("Whose work"), staff)
            self.order_fields(["whom", "with_whom", "load", "said", "agreed"])

    def value(self) -> dict[str, object]:
        return filled({name: self.cleaned_data[name] for name in ("with_whom", "load", "said", "agreed")})


class HandOverForm(Form):
    note = paragraph(_("What the new holder must know first"))

    def __init__(
        self, *args: object, staff: Iterable[Staff] = (), load: Caseload | None = None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = colleague(_("To whom"), staff)
        if load is not None:
            self.offer("to", [("", "–"), *((str(s.pk), f"{s.name} ({load.told(s.pk)})") for s in staff)])
        self.fields["told"] = ticked(_("The person knows who will go on"))
        self.fields["stay"] = ticked(_("The present holder can still open the case"))
        self.fields["beyond"] = one_line(_("Why beyond the ceiling, if it is"))
        self.order_fields(["to", "note", "told", "stay", "beyond"])


class LetInForm(Form):
    def __init__(self, *args: object, staff: Iterable[Staff] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = colleague(_("Colleague"), staff)
