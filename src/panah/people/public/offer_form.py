"""The questions about an offer. Nothing must be answered, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, one_of, picked
from panah.people.public.offer_rules import questions_of
from panah.people.public.offer_words import OfferAnswer, OfferKind

TO_CHOOSE = _("Choose a country")


class OfferForm(Form):
    """One field for each question of a kind of offer, by its code, and the country she or he would go to."""

    def __init__(
        self, data: QueryDict | None, *, kind: OfferKind, countries: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        for one in questions_of(kind):
            self.fields[one.code] = one_of(one.asked, OfferAnswer.choices, required=False, line=True)
        self.fields["country"] = picked(
            _("Which country would you go to?"),
            [("", TO_CHOOSE), *countries],
            hint=_("You get numbers to take along. You may leave this empty."),
        )


class CardForm(Form):
    """The country whose numbers stand on a card."""

    def __init__(self, data: QueryDict | None, *, countries: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["country"] = picked(_("Which country would you go to?"), [("", TO_CHOOSE), *countries])
