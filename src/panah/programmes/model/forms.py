"""What is asked in a self-assessment, in its plan, and about the texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
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
from panah.ground.kit.versioned_form import KeptForm
from panah.programmes.model import texts
from panah.programmes.model.models import Assessment, PlannedAction
from panah.programmes.model.words import CANNOT_SAY, ActionState, Level

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

A_SENTENCE = 1000
NO_NAMES = _("No name of a person we help.")


class PeopleForm(Form):
    people = many_of(
        _("Who gives levels"),
        hint=_("Several, from different work. Each gives levels alone first."),
        required=True,
    )

    def __init__(self, *args: object, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("people", [one for one in by_name(people) if one[0]])


class BeginForm(PeopleForm, CreateForm):
    makes = Assessment
    year = one_of(_("Year"), line=True)
    field_order = ("year", "people")

    def __init__(self, *args: object, this_year: int, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.offer("year", [(str(one), str(one)) for one in (this_year, this_year - 1)])

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])


def _levels(element: texts.Element) -> list[tuple[int, ChoiceLabel]]:
    return [(level.value, ChoiceLabel(level.label, element.levels[level - 1])) for level in Level]


class LevelForm(Form):
    """What one colleague says to one element."""

    level = one_of(_("Which of these is most like us today?"))
    seen = many_of(_("What you looked at"))
    other = one_line(_("Something else you looked at"))
    sentence = paragraph(_("Why, in a sentence"), hint=NO_NAMES, most=A_SENTENCE)

    def __init__(self, *args: object, element: texts.Element, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        cannot = ChoiceLabel(_("I cannot say"), _("Others know this better."))
        self.offer("level", [*_levels(element), (CANNOT_SAY, cannot)])
        self.offer("seen", list(enumerate(element.evidence)))

    def clean_level(self) -> int:
        return int(self.cleaned_data["level"])

    def clean_seen(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["seen"]]

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or {}
        if data.get("level") and not data.get("sentence"):
            self.add_error("sentence", _("Say in a sentence why you chose this level."))
        return data


class AgreeForm(KeptForm):
    """The level that was agreed for one element."""

    level = one_of(_("The level that was agreed"))
    sentence = paragraph(
        _("Why, and where you saw it differently"), hint=NO_NAMES, required=True, most=A_SENTENCE
    )
    decided_by = many_of(_("Who decided it"), required=True, line=True)

    def __init__(
        self, *args: object, element: texts.Element, people: Iterable[Staff], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("level", _levels(element))
        self.offer("decided_by", [one for one in by_name(people) if one[0]])

    def clean_level(self) -> int:
        return int(self.cleaned_data["level"])


class ActionForm(CreateForm):
    makes = PlannedAction
    element = picked(_("About"), required=True)
    action = one_line(_("What is done"), required=True)
    owner = picked(_("By whom"), required=True)
    due_on = DateField(label=_("Until when"), future=True)

    def __init__(
        self, *args: object, elements: Iterable[texts.Element], people: Iterable[Staff], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("element", [(one.id, one.title) for one in elements])
        self.offer("owner", by_name(people))


class EndActionForm(Form):
    state = one_of(_("How it ended"), [one for one in ActionState.choices if one[0] != ActionState.OPEN])
    came_of_it = paragraph(_("What came of it"), hint=NO_NAMES, required=True, most=A_SENTENCE)


class ShareForm(Form):
    contact = picked(
        _("Whom others may ask"), required=True, hint=_("The colleague’s name is shown, and nothing else.")
    )

    def __init__(self, *args: object, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("contact", by_name(people))


def _fields() -> dict[str, forms.Field]:
    """The fields of one language."""
    levels = {
        f"level{level.value}": paragraph(level.label, required=True, most=A_SENTENCE) for level in Level
    }
    return {
        "title": one_line(_("Title"), required=True, most=80),
        "good": paragraph(_("What good looks like"), required=True, most=A_SENTENCE),
        **levels,
        "evidence": paragraph(_("Evidence to look at"), hint=_("A line each."), required=True, rows=6),
    }


class ElementForm(KeptForm):
    """The texts of one element, in every language."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for language in texts.LANGUAGES:
            for name, one in _fields().items():
                one.label = f"{one.label} ({language.upper()})"
                self.keep_quiet(one.widget)
                self.fields[f"{language}_{name}"] = one

    @staticmethod
    def initial_of(found: texts.Texts, element: str) -> dict[str, str]:
        """Return what stands in the fields at first."""
        initial: dict[str, str] = {}
        for language in texts.LANGUAGES:
            one = found[language][element]
            initial |= {f"{language}_title": one["title"], f"{language}_good": one["good"]}
            initial |= {f"{language}_level{n}": text for n, text in enumerate(one["levels"], 1)}
            initial[f"{language}_evidence"] = "\n".join(one["evidence"])
        return initial

    def clean(self) -> dict[str, object]:
        """Return ``{"typed": {language: text}, "seen"}``, as the action takes it."""
        data = super().clean() or {}
        if self.errors:
            return data
        typed: dict[str, texts.Text] = {}
        for language in texts.LANGUAGES:
            lines = str(data[f"{language}_evidence"]).splitlines()
            typed[language] = {
                "title": str(data[f"{language}_title"]),
                "good": str(data[f"{language}_good"]),
                "levels": [str(data[f"{language}_level{level.value}"]) for level in Level],
                "evidence": [line.strip() for line in lines if line.strip()],
            }
        numbers = {len(one["evidence"]) for one in typed.values()}
        if len(numbers) > 1:
            self.add_error(f"{texts.LANGUAGES[-1]}_evidence", _("As many lines as in the other language."))
        return {"typed": typed, "seen": data["seen"]}
