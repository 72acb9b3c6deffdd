"""Fields as forms write them: a line, a paragraph, one of a few, many of a few, a tick. One set for all rooms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict, Unpack

from django import forms
from django.utils.translation import gettext_lazy

from panah.ground.kit.fields import CheckboxChoices, RadioChoices
from panah.ground.kit.languages import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.utils.choices import _ChoicesCallable, _ChoicesInput
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff

# A free text has room for this many characters; what is longer is a file, and is refused, never cut.
LONGEST = 20_000
A_LINE = 300


type Offered = _ChoicesInput | _ChoicesCallable


class FieldOptions(TypedDict, total=False):
    """What a field may be told beside what its builder asks for."""

    initial: object
    disabled: bool
    validators: Sequence[Callable[[object], None]]
    error_messages: Mapping[str, StrOrPromise]


class DrawnOptions(FieldOptions, total=False):
    """The same where the builder leaves open how the field is drawn."""

    widget: forms.Widget | type[forms.Widget]


class LineOptions(DrawnOptions, total=False):
    min_length: int
    strip: bool


def one_line(
    label: StrOrPromise | None = None,
    *,
    required: bool = False,
    hint: StrOrPromise = "",
    most: int | None = A_LINE,
    **more: Unpack[LineOptions],
) -> forms.CharField:
    """One line of text with room for ``most`` characters; None where whatever comes is kept."""
    return forms.CharField(label=label, required=required, help_text=hint, max_length=most, **more)


def paragraph(
    label: StrOrPromise,
    *,
    required: bool = False,
    hint: StrOrPromise = "",
    rows: int = 3,
    most: int | None = LONGEST,
    **more: Unpack[FieldOptions],
) -> forms.CharField:
    """A free text of several lines."""
    return one_line(
        label, required=required, hint=hint, most=most, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def picked(
    label: StrOrPromise,
    choices: Offered = (),
    *,
    required: bool = False,
    hint: StrOrPromise = "",
    **more: Unpack[DrawnOptions],
) -> forms.ChoiceField:
    """One of many, as a list to open."""
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint, **more)


def one_of(
    label: StrOrPromise,
    choices: Offered = (),
    *,
    required: bool = True,
    line: bool = False,
    keys: str = "",
    hint: StrOrPromise = "",
    **more: Unpack[FieldOptions],
) -> forms.ChoiceField:
    """One of a few, as radios; nothing is chosen beforehand unless ``initial`` says so."""
    return picked(
        label, choices, required=required, hint=hint, widget=RadioChoices(line=line, keys=keys), **more
    )


def many_of(
    label: StrOrPromise,
    choices: Offered = (),
    *,
    required: bool = False,
    hint: StrOrPromise = "",
    line: bool = False,
    **more: Unpack[FieldOptions],
) -> forms.MultipleChoiceField:
    """Any of a few, each a row to touch; ``line`` puts short ones side by side."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=CheckboxChoices(line=line),
        help_text=hint,
        **more,
    )


def spoken_language(
    label: StrOrPromise,
    nothing: StrOrPromise = "–",
    *,
    required: bool = False,
    hint: StrOrPromise = "",
    **more: Unpack[DrawnOptions],
) -> forms.ChoiceField:
    """A language that is spoken with people; ``nothing`` stands first."""
    return picked(label, lambda: spoken(nothing), required=required, hint=hint, **more)


def by_name(staff: Iterable[Staff]) -> list[tuple[str, str]]:
    """Colleagues to choose from, by pseudonym, nobody chosen."""
    return [("", "–"), *((str(colleague.pk), colleague.name) for colleague in staff)]


def ticked(
    label: StrOrPromise, hint: StrOrPromise = "", *, required: bool = False, **more: Unpack[DrawnOptions]
) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=required, help_text=hint, **more)


def six_words(*, required: bool = True) -> forms.CharField:
    """Her six words, for what would let somebody in, or keep a word from her, who found her screen open."""
    return forms.CharField(
        label=gettext_lazy("Your six words"),
        required=required,
        max_length=200,
        help_text=gettext_lazy("Once more: so that nobody who finds your screen open can do this."),
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
