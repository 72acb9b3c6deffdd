"""The base class of all our forms, and the renderer that draws them from the kit's templates.

Settings: ``FORM_RENDERER = "panah.ground.kit.forms.Renderer"``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.forms.renderers import BaseRenderer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.field_builders import (
    LONGEST,
    by_name,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    six_words,
    spoken_language,
    ticked,
)
from panah.ground.kit.fields import (
    ANSWERS,
    AnswerField,
    AnswerWidget,
    CheckboxChoices,
    ChoiceLabel,
    DatalistInput,
    DateField,
    DateTimeField,
    PartialDateField,
    RadioChoices,
    TimeField,
    line_ends,
    part_of,
    room_in,
)
from panah.ground.kit.full_disk import refusal_when_full

if TYPE_CHECKING:
    from django.template.backends.jinja2 import Template
    from django.utils.choices import _ChoicesInput

QUIET = (forms.TextInput, forms.Textarea, forms.Select, forms.FileInput)


class Renderer(BaseRenderer):
    """Draws Django's forms and widgets from our templates."""

    def get_template(self, template_name: str) -> Template:
        from panah.ground.kit.jinja import (
            engine,  # the engine draws forms too: importing it here breaks the circle
        )

        return engine().get_template(template_name)


@dataclass(frozen=True)
class ErrorLine:
    """One line of the error summary: what is wrong, where, and (for a refusal) what to do next.

    ``label`` is that of the field, where the sentence alone would not say which field it is about.
    """

    text: str
    href: str = ""
    next_step: str = ""
    label: str = ""

    @property
    def line(self) -> str:
        if not self.label:
            return self.text
        return _("“%(label)s”. %(sentence)s") % {"label": self.label.rstrip("."), "sentence": self.text}


@dataclass
class Summary:
    """The error summary in the order of the fields; false when nothing is wrong."""

    lines: list[ErrorLine] = field(default_factory=list)
    heading: str = ""

    @property
    def title(self) -> str:
        if self.heading:
            return self.heading
        number = len(self.lines)
        return ngettext("%(num)s answer needs another look", "%(num)s answers need another look", number) % {
            "num": number
        }

    def __iter__(self) -> Iterator[ErrorLine]:
        return iter(self.lines)

    def __bool__(self) -> bool:
        return bool(self.lines)


def usual_of(kind: str) -> tuple[object, ...]:
    """What a date and a moment say of themselves when something is wrong, without their label."""
    said = (one.default_error_messages.get(kind) for one in (PartialDateField, DateTimeField))
    return tuple(sentence for sentence in said if sentence is not None)


# What Django says, which names no field, and what is said instead.
SENTENCES: dict[str, tuple[tuple[object, ...], object]] = {
    "required": (
        (forms.Field.default_error_messages["required"],),
        gettext_lazy("“%(label)s” needs an answer."),
    ),
    "invalid_choice": (
        (
            forms.ChoiceField.default_error_messages["invalid_choice"],
            forms.MultipleChoiceField.default_error_messages["invalid_choice"],
        ),
        gettext_lazy("“%(label)s”: choose one of the answers that are offered."),
    ),
    "invalid": (
        (
            forms.IntegerField.default_error_messages["invalid"],
            forms.DecimalField.default_error_messages["invalid"],
        ),
        gettext_lazy("“%(label)s”: write a number, in digits."),
    ),
    # A form may ask for two days: each says which of them it is.
    "number": (usual_of("number"), gettext_lazy("“%(label)s”: write the date in numbers.")),
    "year": (usual_of("year"), gettext_lazy("“%(label)s”: write the year with four digits.")),
    "month": (usual_of("month"), gettext_lazy("“%(label)s”: a day needs its month too.")),
    "wrong": (usual_of("wrong"), gettext_lazy("“%(label)s”: there is no such day.")),
    "past": (usual_of("past"), gettext_lazy("“%(label)s” must not lie in the future.")),
    "future": (usual_of("future"), gettext_lazy("“%(label)s” must not lie in the past.")),
    "far": (usual_of("far"), gettext_lazy("“%(label)s” lies more than a year ahead: look at the year.")),
    # The sentences of validators: no field brings one along, so None stands where Django's would.
    "max_length": (
        (None,),
        gettext_lazy(
            "“%(label)s” has room for %(limit)s characters; %(typed)s were typed. Shorten it: it is all still here."
        ),
    ),
    "min_value": ((None,), gettext_lazy("“%(label)s” is %(limit)s or more.")),
    "max_value": ((None,), gettext_lazy("“%(label)s” is %(limit)s or less.")),
}
TICK = gettext_lazy("“%(label)s”: tick this to go on.")
# The same for addresses, whose sentences Django keeps in different places.
ADDRESSES: dict[type[forms.Field], object] = {
    forms.URLField: gettext_lazy("“%(label)s”: write the whole address, for example https://example.org."),
    forms.EmailField: gettext_lazy("“%(label)s”: write the whole address, for example office@example.org."),
}
# What Django knows only when it looks at an answer.
LATER = {"limit": "%(limit_value)s", "typed": "%(show_value)s"}


class BoundField(forms.BoundField):
    """What a field shows. A choice that came back as none of its choices shows what was kept, else its beginning.

    A browser takes the first of a list where none is chosen: of a number to call, that would be *safe*.
    It also cuts what is pasted where it is told a ``maxlength``, without a word: here it is told how much room there
    is, and a script counts. What is longer is refused by the form.
    """

    @property
    def data(self) -> object:
        typed = super().data
        return line_ends(typed) if isinstance(typed, str) else typed

    def build_widget_attrs(
        self, attrs: dict[str, str | bool], widget: forms.Widget | None = None
    ) -> dict[str, str | bool]:
        found = super().build_widget_attrs(attrs, widget)
        found |= dict.fromkeys({"maxlength", "minlength"} & set((widget or self.field.widget).attrs), False)
        room = room_in(self)
        return found | {"data-room": str(room)} if room else found

    def value(self) -> object:
        value = super().value()
        one = self.field
        if not self.form.is_bound or not isinstance(one, forms.ChoiceField):
            return value
        several = isinstance(one, forms.MultipleChoiceField)
        return value if several or one.valid_value("" if value is None else value) else self.initial


class Form(forms.Form):
    """A form about people: nothing is remembered by the browser, nothing typed is lost on an error."""

    default_renderer = Renderer
    bound_field_class = BoundField
    use_required_attribute = False
    # Stands above what is wrong, where "one answer needs another look" would not say it.
    error_heading: object = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.refusals: list[ErrorLine] = []
        self.result: Any = None
        for one in self.fields.values():
            self.keep_quiet(one.widget)

    def full_clean(self) -> None:
        """Clean, once every field, also one that was added late, says of itself what is wrong."""
        # A form that nobody has sent yet is asked too, and nothing is wrong with it.
        for name, one in self.fields.items() if self.is_bound else ():
            label = str(one.label or name.replace("_", " ").capitalize())
            if (
                isinstance(one, forms.BooleanField)
                and one.error_messages.get("required") in SENTENCES["required"][0]
            ):
                # A sentence to be ticked asks nothing.
                one.error_messages["required"] = str(TICK) % {"label": label.replace("%", "%%")}
            for kind, (usual, own) in SENTENCES.items():
                if one.error_messages.get(kind) in usual:
                    # What Django fills in later must find no other sign of that kind in a label.
                    one.error_messages[kind] = str(own) % {"label": label.replace("%", "%%"), **LATER}
            if (own := ADDRESSES.get(type(one))) is not None:
                one.error_messages["invalid"] = str(own) % {"label": label.replace("%", "%%")}
        super().full_clean()

    def keep_quiet(self, widget: forms.Widget) -> None:
        # The browser offers no earlier names, and sends no words to a spelling service.
        if isinstance(widget, QUIET):
            widget.attrs.setdefault("autocomplete", "off")
        if isinstance(widget, forms.TextInput | forms.Textarea) and widget.attrs["autocomplete"] == "off":
            widget.attrs.setdefault("spellcheck", "false")

    def offer(self, name: str, choices: _ChoicesInput) -> None:
        """Set what a choice offers, once it is known who asks."""
        one = self.fields[name]
        if not isinstance(one, forms.ChoiceField):
            raise TypeError(name)
        one.choices = choices

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the top of this form, everything typed kept.

        ``except Refusal as refusal: form.refuse(refusal)`` and then show the page again.
        """
        self.add_error(None, ValidationError(str(refusal.sentence), code=refusal.code))
        self.refusals.append(ErrorLine(str(refusal.sentence), next_step=str(refusal.next_step or "")))

    def written_meanwhile(self) -> bool:
        """Say whether a colleague wrote here since the page was made; a form over what nobody else writes says no."""
        return False

    def submit(self, action: Callable[..., Any], **given: object) -> bool:
        """Call ``action`` with the clean answers and ``given``, once all is well; say whether it was done.

        What it returns is kept as ``result``. Nothing sent, a wrong answer, a colleague who wrote meanwhile and a
        refusal give False: show the page again, everything typed is kept.
        """
        if not self.is_bound or not self.is_valid() or self.written_meanwhile():
            return False
        try:
            self.result = action(**self.cleaned_data, **given)
        except Refusal as refusal:
            self.refuse(refusal)
            return False
        except (DatabaseError, OSError) as error:
            full = refusal_when_full(error, typed=True)
            if full is None:
                raise
            self.refuse(full)
            return False
        return True

    def suggest(self, name: str, offers: Sequence[tuple[str, str]]) -> None:
        """Set the names that a line of text suggests, as (name, hint), once it is known who asks."""
        widget = self.fields[name].widget
        if not isinstance(widget, DatalistInput):
            raise TypeError(name)
        widget.offers = offers

    @property
    def summary(self) -> Summary:
        if not self.is_bound or not self.errors:
            return Summary()
        refused = {one.text for one in self.refusals}
        lines = [
            *self.refusals,
            *(ErrorLine(str(text)) for text in self.non_field_errors() if str(text) not in refused),
        ]
        # Nobody typed a hidden answer: its own sentence would speak of a field that is not to be seen.
        if any(bound.errors for bound in self.hidden_fields()):
            lines.append(
                ErrorLine(_("What this page sends along by itself was changed. Open the page again."))
            )
        for bound in self.visible_fields():
            label = str(bound.label or "")
            lines += [
                ErrorLine(str(text), f"#{first_input(bound)}", label="" if label in str(text) else label)
                for text in bound.errors
            ]
        return Summary(lines, str(self.error_heading))


def first_input(bound: forms.BoundField) -> str:
    """The id of the control that a link from the summary takes the reader to: in a group, its first choice."""
    in_group = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if in_group else str(bound.id_for_label or bound.auto_id)
