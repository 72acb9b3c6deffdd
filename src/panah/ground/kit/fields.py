"""Fields and widgets of the interface: four answers, dates as far as they are known, choices by key."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.kit.dates import PartialDate, date_order

A_YEAR = timedelta(days=366)
ANSWERS = (
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
    ("unknown", gettext_lazy("Unknown")),
    ("none", gettext_lazy("Not asked")),
)


def part_of(bound: forms.BoundField) -> str:
    """Which part of the interface a field is drawn as: hidden, answers, checkbox, group or plain."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, AnswerWidget):
        return "answers"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "group" if getattr(widget, "use_fieldset", False) else "plain"


def room_in(bound: forms.BoundField) -> int:
    """How many characters a line or a paragraph has room for; 0 where nothing counts them."""
    counted = isinstance(bound.field.widget, forms.TextInput | forms.Textarea) and not bound.is_hidden
    return getattr(bound.field, "max_length", None) or 0 if counted else 0


def line_ends(text: str) -> str:
    """Return a text with one character for each end of a line: a browser sends two, and counts one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class AnswerWidget(forms.RadioSelect):
    """Yes, no, unknown, not asked: four radios, always in this order. Drawn by the part ``ask``."""


class AnswerField(forms.ChoiceField):
    """One question with four answers. Nothing sent means *not asked*; a value out of the four is an error.

    ``safe``: yes is the good answer (green), so no is the one that worries.
    """

    widget = AnswerWidget

    def __init__(self, *, safe: bool = False, initial: str = "none", **kwargs: Any) -> None:
        self.safe = safe
        super().__init__(choices=ANSWERS, required=False, initial=initial, **kwargs)

    def clean(self, value: object) -> str:
        return super().clean(value) or "none"


class ChoiceLabel:
    """A choice's text with a line that explains it: ``Explained(_("Later"), _("The person is not safe now."))``."""

    def __init__(self, text: object, small: object) -> None:
        self.text, self.small = text, small

    def __str__(self) -> str:
        return str(self.text)


class RadioChoices(forms.RadioSelect):
    """One of a few, each a whole row to touch.

    ``keys`` are letters that choose in order; ``line`` puts the choices side by side.
    """

    def __init__(self, *, keys: Sequence[str] = (), line: bool = False) -> None:
        self.keys, self.line = keys, line
        super().__init__()

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        context["widget"]["line"] = self.line
        return context

    def create_option(
        self,
        name: str,
        value: object,
        label: int | str,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, object] | None = None,
    ) -> dict[str, object]:
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        at = int(option["index"]) if str(option["index"]).isdigit() else -1
        if 0 <= at < len(self.keys):
            option["attrs"]["data-key"] = self.keys[at]
        return option


class CheckboxChoices(RadioChoices, forms.CheckboxSelectMultiple):
    """Any of a few: checkboxes drawn like Choices."""

    allow_multiple_selected = True
    input_type = "checkbox"
    template_name = "django/forms/widgets/checkbox_select.html"
    option_template_name = "django/forms/widgets/checkbox_option.html"

    def use_required_attribute(self, initial: object) -> bool:
        return False


class DatalistInput(forms.TextInput):
    """A line of text with names to choose from: anything else can be typed, and is kept as it is.

    ``offers`` are (name, hint), the one to take first first; whoever makes the form sets them for the asker.
    """

    template_name = "kit/widgets/suggested.html"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs)
        self.offers: Sequence[tuple[str, str]] = ()

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        if self.offers:
            context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_offers"
        context["widget"]["offers"] = self.offers
        return context


class SplitDateWidget(forms.Widget):
    """A date as day, month and year in the reader's order. The value is what was typed, kept on an error."""

    template_name = "kit/widgets/date.html"
    use_fieldset = True
    parts: tuple[str, ...] = ("day", "month", "year")

    def labels(self) -> dict[str, str]:
        return {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        typed, labels = self.typed(value), self.labels()
        parts = [part for part in (*date_order(), "time") if part in self.parts]
        context["widget"]["inputs"] = [
            {"part": part, "label": labels[part], "name": f"{name}_{part}", "value": typed.get(part, "")}
            for part in parts
        ]
        return context

    def typed(self, value: object) -> dict[str, str]:
        if isinstance(value, dict):
            return value
        if isinstance(value, datetime):
            here = timezone.localtime(value) if timezone.is_aware(value) else value
            return {
                "day": str(here.day),
                "month": str(here.month),
                "year": str(here.year),
                "time": f"{here:%H:%M}",
            }
        if isinstance(value, str) and value:
            value = PartialDate.parse(value)
        if isinstance(value, date | PartialDate):
            return {part: str(getattr(value, part) or "") for part in ("day", "month", "year")}
        return {}

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}_{part}", "")).strip() for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in self.parts)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_{date_order()[0]}" if id_ else id_


class PartialDateField(forms.Field):
    """A date as far as it is known. Cleans to a PartialDate, or None.

    ``past``: it may not lie after today. ``future``: it may not lie before today.
    """

    widget = SplitDateWidget
    default_error_messages = {
        "required": gettext_lazy("Write the date, or at least the year."),
        "number": gettext_lazy("A date is written in numbers."),
        "year": gettext_lazy("The year has four digits."),
        "month": gettext_lazy("A day needs its month too."),
        "wrong": gettext_lazy("There is no such day."),
        "past": gettext_lazy("The date must not lie in the future."),
        "future": gettext_lazy("The date must not lie in the past."),
    }

    def __init__(self, *, past: bool = False, future: bool = False, **kwargs: Any) -> None:
        self.past, self.future = past, future
        super().__init__(**kwargs)

    def fail(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)

    def has_changed(self, initial: object, data: Any) -> bool:
        return cast(SplitDateWidget, self.widget).typed(initial) != {
            part: text for part, text in (data or {}).items() if text
        }

    def to_python(self, value: object) -> object:
        if not isinstance(value, dict) or not any(value.values()):
            return None
        texts = {part: value.get(part, "") for part in ("day", "month", "year")}
        if not all(text == "" or (text.isascii() and text.isdigit()) for text in texts.values()):
            raise self.fail("number")
        numbers = {part: int(text) if text else None for part, text in texts.items()}
        if numbers["year"] is None or len(texts["year"]) != 4:
            raise self.fail("year")
        if numbers["day"] is not None and numbers["month"] is None:
            raise self.fail("month")
        try:
            return PartialDate(numbers["year"], numbers["month"], numbers["day"])
        except ValueError:
            raise self.fail("wrong") from None

    def validate(self, value: object) -> None:
        super().validate(value)
        today = timezone.localdate()
        if isinstance(value, PartialDate) and self.past and value.first > today:
            raise self.fail("past")
        if isinstance(value, PartialDate) and self.future and value.last < today:
            raise self.fail("future")


class DateField(PartialDateField):
    """A whole day. Cleans to a ``datetime.date``, or None."""

    default_error_messages = {
        "required": gettext_lazy("Write the day, the month and the year."),
        "whole": gettext_lazy("Write the day, the month and the year."),
    }

    def to_python(self, value: object) -> object:
        known = super().to_python(value)
        return self.whole(known) if isinstance(known, PartialDate) else None

    def whole(self, known: PartialDate) -> date:
        if known.whole is None:
            raise self.fail("whole")
        return known.whole

    def validate(self, value: object) -> None:
        whole = PartialDate(value.year, value.month, value.day) if isinstance(value, date) else None
        super().validate(whole)


class SplitDateTimeWidget(SplitDateWidget):
    """A date and a time of day."""

    parts = ("day", "month", "year", "time")

    def labels(self) -> dict[str, str]:
        return {**super().labels(), "time": _("Time")}


def clock_time(text: str) -> time | None:
    """``9``, ``9:30``, ``09.30`` and ``0930`` as a time of day; None for anything else."""
    bare = text.strip().replace(".", ":")
    hours, colon, minutes = bare.partition(":")
    if not colon and len(bare) in (3, 4):
        hours, minutes = bare[:-2], bare[-2:]
    try:
        return time(int(hours), int(minutes or 0)) if bare.replace(":", "").isascii() else None
    except (ValueError, OverflowError):
        return None


class DateTimeField(DateField):
    """A day and a time of day, read in the active time zone. Cleans to an aware ``datetime``, or None.

    ``near``: it lies no more than a year ahead, since a wrong year would put off what must ring.
    ``day_alone``: where nobody knows the hour it is the beginning of that day.
    """

    widget = SplitDateTimeWidget
    default_error_messages = {
        "required": gettext_lazy("Write the day and the time."),
        "time": gettext_lazy("Write the time as hours and minutes, for example 14:30."),
        "past": gettext_lazy("The time must not lie in the future."),
        "future": gettext_lazy("The time must not lie in the past."),
        "far": gettext_lazy("The time lies more than a year ahead: look at the year."),
    }

    def __init__(self, *, near: bool = False, day_alone: bool = False, **kwargs: Any) -> None:
        self.near, self.day_alone = near, day_alone
        super().__init__(**kwargs)

    def to_python(self, value: object) -> object:
        sent = value if isinstance(value, dict) else {}
        on = super().to_python({part: text for part, text in sent.items() if part != "time"})
        typed = sent.get("time", "")
        if not isinstance(on, date):
            if typed:
                raise self.fail("whole")
            return None
        at = time() if self.day_alone and not typed.strip() else clock_time(typed)
        if at is None:
            raise self.fail("time")
        return datetime.combine(on, at, tzinfo=timezone.get_current_timezone())

    def validate(self, value: object) -> None:
        forms.Field.validate(self, value)
        now = timezone.now()
        if not isinstance(value, datetime):
            return
        if self.past and value > now:
            raise self.fail("past")
        if self.future and value < now:
            raise self.fail("future")
        if self.near and value > now + A_YEAR:
            raise self.fail("far")


class TimeField(forms.Field):
    """A time of day, 24 hours. Cleans to a ``datetime.time``, or None."""

    widget = forms.TextInput
    default_error_messages = {"time": gettext_lazy("Write the time as hours and minutes, for example 14:30.")}

    def to_python(self, value: object) -> time | None:
        if isinstance(value, time):
            return value
        if value in (None, ""):
            return None
        at = clock_time(str(value))
        if at is None:
            raise ValidationError(self.error_messages["time"], code="time")
        return at

    def prepare_value(self, value: object) -> object:
        return f"{value:%H:%M}" if isinstance(value, time) else value
