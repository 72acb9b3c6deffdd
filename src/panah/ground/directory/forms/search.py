"""Looking for a service, and saying whether it answered."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.directory import queries, words
from panah.ground.directory.queries import Search
from panah.ground.kit.forms import Form, one_line, one_of, picked, ticked
from panah.ground.kit.languages import spoken
from panah.ground.network.queries import place_choices


class SearchForm(Form):
    """Closed lists only: this search stands in an address, and no word about a person may."""

    need = picked(gettext_lazy("What is needed"))
    place = picked(gettext_lazy("Where"))
    language = picked(gettext_lazy("Language"))
    admits = picked(gettext_lazy("For whom"))
    open_now = ticked(gettext_lazy("Open now"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._choose("need", _("anything"), words.Need.choices)
        self._choose("place", _("anywhere"), place_choices(listed=queries.listed_countries()))
        self.fields["language"].choices = spoken(_("any language"))  # type: ignore[attr-defined]
        self._choose("admits", _("anyone"), words.Admits.choices)

    def _choose(self, name: str, nothing: str, choices: Iterable[tuple[str, object]]) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    def search(self) -> Search:
        """What was asked; whatever does not stand in its list is left out rather than refused."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        place = given.get("place", "")
        return Search(
            need=given.get("need", ""),
            iso2=place.split("-")[0],
            region=place if "-" in place else "",
            language=given.get("language", ""),
            admits=given.get("admits", ""),
            open_now=given.get("open_now", False),
        )


class FindByNameForm(Form):
    """Free words are posted, so that nothing typed here lies in an address or a history."""

    words = one_line(
        gettext_lazy("Find by name"), required=True, most=80, widget=forms.TextInput(attrs={"type": "search"})
    )


class VerifyForm(Form):
    """What came of trying it just now."""

    outcome = one_of(
        gettext_lazy("What came of it"),
        words.ContactAttemptOutcome.choices,
        error_messages={"required": gettext_lazy("Say what came of it.")},
    )
    note = one_line(
        gettext_lazy("Note"), hint=gettext_lazy("About the line only: nothing about a person who was helped.")
    )

    def clean_outcome(self) -> words.ContactAttemptOutcome:
        return words.ContactAttemptOutcome(self.cleaned_data["outcome"])
