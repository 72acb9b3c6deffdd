"""What the pages of help ask: closed lists alone, since the answers stand in an address."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.directory.queries import Search, listed_countries
from panah.ground.directory.words import Need
from panah.ground.kit.forms import Form, picked, ticked
from panah.ground.kit.languages import spoken, spoken_tag
from panah.ground.network.queries import place_choices
from panah.people.public.queries import ELSEWHERE, countries


class WhereForm(Form):
    """Where somebody is, and what she speaks."""

    country = picked(gettext_lazy("Where are you now?"), required=True)
    speaks = picked(gettext_lazy("Which language do you speak?"))

    def __init__(self, *args: object, reads: str, **kwargs: object) -> None:
        super().__init__(*args, **{"initial": {"speaks": spoken_tag(reads)}, **kwargs})
        known = countries()
        self.offer("country", [("", _("Choose")), *known, (ELSEWHERE, _("another country"))])
        self.offer("speaks", spoken(_("Choose")))


class CountryForm(Form):
    """In which country somebody is: it decides who reads a message, and who answers a chat."""

    country = picked(gettext_lazy("In which country are you now?"), required=True)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("country", [("", _("Choose")), *countries(), (ELSEWHERE, _("another country"))])


class PlacesForm(Form):
    """What is needed, and where."""

    need = picked(gettext_lazy("What do you need?"))
    place = picked(gettext_lazy("Where?"), required=True)
    language = picked(gettext_lazy("In which language?"))
    open_now = ticked(gettext_lazy("Only what is open now"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("need", [("", _("anything")), *Need.choices])
        self.offer("place", [("", _("Choose")), *place_choices(listed=listed_countries())])
        self.offer("language", spoken(_("any language")))

    def search(self) -> Search | None:
        """What was asked; None where no place was chosen."""
        if not self.is_bound or not self.is_valid():
            return None
        given = self.cleaned_data
        place = given["place"]
        return Search(
            need=given["need"],
            iso2=place.split("-")[0],
            region=place if "-" in place else "",
            language=given["language"],
            open_now=given["open_now"],
        )
