"""What is looked for in the library. The words are posted: they stand in no address, log or history."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.kit.forms import Form, one_line, picked, ticked
from panah.ground.kit.languages import language_name
from panah.ground.network.words import country_name
from panah.programmes.cooperation.words import Kind as EntryKind
from panah.programmes.diplomacy.instruments import instruments
from panah.programmes.library import queries
from panah.programmes.library.rules.places import COUNTRIES
from panah.programmes.library.rules.question import MOST_LETTERS
from panah.programmes.library.words import Kind, State


class SearchForm(Form):
    """Words and phrases, and what the documents are narrowed to; nothing at all lists nothing."""

    words = one_line(
        gettext_lazy("Words"),
        most=MOST_LETTERS,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        hint=gettext_lazy("In any alphabet. Put a phrase in quotes."),
    )
    language = picked(gettext_lazy("Language"))
    kind = picked(gettext_lazy("Kind"))
    country = picked(gettext_lazy("Country"))
    instrument = picked(gettext_lazy("Treaty or law"))
    state = picked(gettext_lazy("State"))
    exact = ticked(gettext_lazy("Only in the alphabet I typed in"))

    def __init__(self, *args: object, reader_language: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        countries = sorted((country_name(one, reader_language), one.lower()) for one in COUNTRIES)
        self._choose("language", [(tag, language_name(tag, reader_language)) for tag in queries.LANGUAGES])
        beside = [(one.value, one.label) for one in (EntryKind.PRACTICE, EntryKind.MEETING)]
        self._choose("kind", [*Kind.choices, *beside])
        self._choose("country", [(code, name) for name, code in countries])
        self._choose("instrument", [(one.id, one.title) for one in instruments().values()])
        self._choose("state", [one for one in State.choices if one[0] != State.WITHDRAWN])

    def _choose(self, name: str, choices: Iterable[tuple[object, object]]) -> None:
        self.offer(name, [("", _("all")), *choices])

    def filters(self) -> queries.SearchFilters:
        return queries.SearchFilters(*(self.cleaned_data[name] for name in queries.SearchFilters._fields))
