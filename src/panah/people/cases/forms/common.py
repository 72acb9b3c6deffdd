"""Fields that several forms of this room share."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, by_name, paragraph, picked
from panah.people.cases.words.codes import country_choices

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff


# Asked in the office when a sheet is typed in, not where the paper is written.
OF_THE_OFFICE = frozenset({"owner", "branch", "beyond"})


def country(label: StrOrPromise, *, required: bool = False, hint: StrOrPromise = "") -> forms.ChoiceField:
    return picked(label, lambda: country_choices(practice=True), required=required, hint=hint)


def colleague(
    label: StrOrPromise, staff: Iterable[Staff], *, required: bool = True, hint: StrOrPromise = ""
) -> forms.ChoiceField:
    """A colleague by pseudonym."""
    return picked(label, by_name(staff), required=required, hint=hint)


def filled(values: Mapping[str, object]) -> dict[str, object]:
    """What was answered, without empty answers: what is kept is what was said."""
    return {k: v for k, v in values.items() if v not in ("", None, [], {})}


class ConflictCheckedForm(Form):
    """A form over values that others edit too; ``initial`` is what is stored. It remembers what its writer saw."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.there = dict(self.initial)
        self.was_seen = ""
        self.initial["seen"] = fingerprint(self.there)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.was_seen = data.pop("seen", "")
        return data

    def written_meanwhile(self) -> bool:
        """Say whether a colleague wrote here since the page was made.

        Then what was typed stays, what is there stands at each field, and the next saving has seen it.
        """
        if self.was_seen in ("", fingerprint(self.there)):
            return False
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = fingerprint(self.there)
        self.data = data
        self.add_error(
            None, _("A colleague wrote here in the meantime. Look at the marked answers, then save again.")
        )
        mine = {name: self._typed(name) for name in self.fields if name != "seen"}
        for name, typed in mine.items():
            if typed != _plain(self.there.get(name)):
                there = _as_text(self.fields[name], self.there.get(name)) or "–"
                self.add_error(name, _("What is there now: %(text)s") % {"text": there})
        return True

    def _typed(self, name: str) -> str:
        as_text = isinstance(self.fields[name], forms.CharField)
        return _plain(self[name].value() if as_text else self.cleaned_data.get(name))


def fingerprint(value: Mapping[str, object]) -> str:
    """What two values that are alike have in common, and no others."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _plain(value: object) -> str:
    return "" if value in (None, [], "none") else str(value).replace("\r\n", "\n").strip()


def _as_text(field: forms.Field, value: object) -> str:
    if isinstance(field, forms.ChoiceField):
        labels = dict(cast("Iterable[tuple[object, object]]", field.choices))
        return ", ".join(
            str(labels.get(one, one)) for one in (value if isinstance(value, list) else [value]) if one
        )
    return _plain(value)


class NoteForm(Form):
    text = paragraph(
        _("New note"), hint=_("Only the team reads it. It never leaves with a referral."), required=True
    )


class ReasonForm(Form):
    text = paragraph(_("Reason"), required=True)


class RemarkForm(Form):
    text = paragraph(_("Remark"))
