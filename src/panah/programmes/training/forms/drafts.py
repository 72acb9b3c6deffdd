"""A module that the society writes: what stands above its parts, a part, a question; in all its languages at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import Form, many_of, one_line, paragraph, picked, spoken_language
from panah.ground.kit.languages import language_name
from panah.ground.kit.versioned_form import KeptForm
from panah.programmes.training import words
from panah.programmes.training.drafting import AboutText, Content, PartText, QuestionText
from panah.programmes.training.forms.courses import MONTHS
from panah.programmes.training.models import ModuleDraft
from panah.programmes.volunteers.words import TrainedIn

ONE_A_LINE = _("One a line.")
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8


def lines(text: object) -> list[str]:
    return [line.strip() for line in str(text).splitlines() if line.strip()]


class WriteModuleForm(CreateForm):
    """A module is begun with a title; everything else is written on its page."""

    makes = ModuleDraft
    title = one_line(_("What the module is called"), required=True, most=120)
    language = spoken_language(_("Language"), required=True)


class InEachLanguage(KeptForm):
    """Asks ``texts()`` once in each language of the module; a name in a form is ``ky_title``."""

    def __init__(self, *args: object, languages: Iterable[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for language in self.languages:
            for name, one in self.texts().items():
                if len(self.languages) > 1:
                    one.label = f"{one.label} ({language_name(language)})"
                self.keep_quiet(one.widget)
                self.fields[f"{language}_{name}"] = one

    def texts(self) -> dict[str, forms.Field]:
        """Return the fields of one language: each form has its own."""
        return {}

    def typed(self, data: Mapping[str, object], language: str, name: str) -> str:
        return str(data.get(f"{language}_{name}", ""))

    def same_number(self, data: Mapping[str, object], name: str) -> None:
        """Refuse where one language has more lines than another: a trainer would lose her place."""
        first, *others = self.languages
        number = len(lines(self.typed(data, first, name)))
        for language in others:
            field = f"{language}_{name}"
            if field not in self.errors and len(lines(self.typed(data, language, name))) != number:
                self.add_error(field, _("As many lines as in the other language."))


class AboutForm(InEachLanguage):
    """What stands above the parts."""

    audience = many_of(_("For whom"), words.Audience.choices, required=True, line=True)
    teaches = picked(
        _("Who completes it is trained in"),
        [("", pgettext_lazy("a training", "none of these")), *TrainedIn.choices],
        hint=_("What a volunteer may do follows from it."),
    )
    valid_months = forms.TypedChoiceField(
        label=_("A refresher is due after"), choices=MONTHS, coerce=int, required=True
    )

    def texts(self) -> dict[str, forms.Field]:
        return {
            "title": one_line(_("Title"), required=True, most=120),
            "aims": paragraph(_("Aims"), required=True, hint=ONE_A_LINE, most=4000),
            "materials": paragraph(_("What is needed"), hint=ONE_A_LINE, most=4000),
            "disclosure": paragraph(
                _("If somebody tells something in the course"),
                hint=_("Whom to call, what to say and what not. Nothing about it is written down."),
                most=4000,
            ),
        }

    @staticmethod
    def first(draft: ModuleDraft) -> dict[str, object]:
        """Return what stands in the form of a draft."""
        found: dict[str, object] = {"teaches": draft.teaches, "valid_months": draft.valid_months}
        for language, kept in draft.content.items():
            found["audience"] = kept.get("audience", [])
            found[f"{language}_title"] = kept["title"]
            found[f"{language}_disclosure"] = kept.get("disclosure", "")
            found |= {f"{language}_{name}": "\n".join(kept.get(name, ())) for name in ("aims", "materials")}
        return found

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        texts: dict[str, AboutText] = {
            language: {
                "title": self.typed(data, language, "title"),
                "aims": lines(self.typed(data, language, "aims")),
                "materials": lines(self.typed(data, language, "materials")),
                "disclosure": self.typed(data, language, "disclosure"),
            }
            for language in self.languages
        }
        kept = {name: data.get(name) for name in ("audience", "teaches", "valid_months", "seen")}
        return {**kept, "texts": texts}


class PartForm(InEachLanguage):
    """A part of the session plan."""

    # The title of the part that was opened: a colleague may move it, or take it off, meanwhile.
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480, required=True)

    def texts(self) -> dict[str, forms.Field]:
        return {
            "title": one_line(_("Title of the part"), required=True, most=120),
            "steps": paragraph(_("Steps"), required=True, hint=ONE_A_LINE, rows=8),
            "materials": paragraph(_("Materials"), hint=ONE_A_LINE, most=4000),
            "disclosure": paragraph(_("If somebody tells something in this part"), most=4000),
        }

    @staticmethod
    def first(content: Content, place: int) -> dict[str, object]:
        found: dict[str, object] = {}
        for language, kept in content.items():
            part = kept["parts"][place]
            found.setdefault("was", part["title"])
            found["minutes"] = part["minutes"]
            found[f"{language}_title"] = part["title"]
            found[f"{language}_disclosure"] = part.get("disclosure", "")
            found[f"{language}_steps"] = "\n".join(part.get("steps", ()))
            found[f"{language}_materials"] = "\n".join(part.get("materials", ()))
        return found

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        self.same_number(data, "steps")
        told = [bool(self.typed(data, language, "disclosure").strip()) for language in self.languages]
        if any(told) and not all(told):
            self.add_error(
                f"{self.languages[told.index(False)]}_disclosure",
                _("Write it in each language, or in none: nobody should miss it."),
            )
        texts: dict[str, PartText] = {
            language: {
                "title": self.typed(data, language, "title"),
                "steps": lines(self.typed(data, language, "steps")),
                "materials": lines(self.typed(data, language, "materials")),
                "disclosure": self.typed(data, language, "disclosure"),
            }
            for language in self.languages
        }
        kept = {name: data.get(name) for name in ("was", "minutes", "seen")}
        return {**kept, "texts": texts}


class QuestionForm(InEachLanguage):
    """A question of the knowledge test, with its answers."""

    right = many_of(
        _("Which answers are right"),
        [(str(number), str(number)) for number in range(1, MOST_OPTIONS + 1)],
        hint=_("The numbers of their lines."),
        required=True,
        line=True,
    )

    def __init__(self, *args: object, languages: Iterable[str], **kwargs: object) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        asked = [name for name in self.fields if name.endswith(("_text", "_options"))]
        self.order_fields([*asked, "right"])

    def texts(self) -> dict[str, forms.Field]:
        return {
            "text": one_line(_("Question"), required=True, most=400),
            "options": paragraph(
                _("Answers to choose from"), required=True, hint=ONE_A_LINE, rows=4, most=4000
            ),
            "why": one_line(_("Why, told after the test"), most=600),
        }

    @staticmethod
    def first(content: Content, which: str) -> dict[str, object]:
        found: dict[str, object] = {}
        for language, kept in content.items():
            one = next(each for each in kept.get("questions", ()) if each["id"] == which)
            found["right"] = [str(place + 1) for place in one["right"]]
            found[f"{language}_text"], found[f"{language}_why"] = one["text"], one.get("why", "")
            found[f"{language}_options"] = "\n".join(one["options"])
        return found

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        self.same_number(data, "options")
        number = 0
        for language in self.languages:
            number = self._options(data, language)
        right = [int(one) - 1 for one in data.get("right", ())]
        if right and number and not self.errors:
            if right[-1] >= number:
                self.add_error("right", _("There is no answer in that line."))
            elif len(right) == number:
                self.add_error("right", _("One answer at least has to be wrong."))
        texts: dict[str, QuestionText] = {
            language: {
                "text": self.typed(data, language, "text"),
                "options": lines(self.typed(data, language, "options")),
                "why": self.typed(data, language, "why"),
            }
            for language in self.languages
        }
        return {"right": right, "texts": texts, "seen": data.get("seen")}

    def _options(self, data: Mapping[str, object], language: str) -> int:
        """Return how many answers there are to choose from; refuse too few, too many and two that are the same."""
        name = f"{language}_options"
        options = lines(self.typed(data, language, "options"))
        if name in self.errors:
            return 0
        if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
            self.add_error(name, _("Write two answers at least and eight at most, one a line."))
        elif len({option.casefold() for option in options}) < len(options):
            self.add_error(name, _("Two of the answers are the same."))
        return len(options)


class SendBackForm(Form):
    remark = paragraph(
        _("What should be changed"), hint=_("No name of a person we help."), required=True, rows=4, most=2000
    )
