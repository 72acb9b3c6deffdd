"""One request for several people of an event, who each said yes themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panah.ground.kit.forms import DateField, Form, many_of, one_of, picked, spoken_language, ticked
from panah.people.shelter import queries, rules
from panah.people.shelter.forms.stays import CHILDREN, MUST_BE_TOLD
from panah.people.shelter.words import ExplainedBefore, Group, Who

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


class BedsForm(Form):
    """The nights and the house, asked once; that each said yes, alone, is ticked by whoever heard it."""

    place = picked(gettext_lazy("Safe place"), required=True)
    from_day = DateField(label=gettext_lazy("First night"), required=True)
    to_day = DateField(label=gettext_lazy("Day of leaving"), required=True)
    who = one_of(gettext_lazy("Who comes"), [choice for choice in Who.choices if choice[0] not in CHILDREN])
    spoken = spoken_language(gettext_lazy("Spoken about it in"))
    told = many_of(gettext_lazy("What each heard first"), ExplainedBefore.choices)
    each_said_yes = ticked(gettext_lazy("Each person chosen below said yes, asked alone"))
    # Only asked where more people are chosen than beds are free.
    all_the_same = ticked(gettext_lazy("Ask for all of them all the same: the house decides who gets a bed"))

    def __init__(self, *args: object, staff: Staff, at: datetime, **kwargs: object) -> None:
        tonight = queries.tonight(at)
        super().__init__(
            *args, initial={"from_day": tonight, "to_day": tonight + timedelta(days=7)}, **kwargs
        )
        self.at = at
        self.places = {str(one.place.pk): one.place for one in queries.open_to_ask(to=staff, at=at)}
        self.offer("place", [("", "–"), *((pk, place.name) for pk, place in self.places.items())])
        if not self.is_bound:
            del self.fields["all_the_same"]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        missing = [one.label for one in MUST_BE_TOLD if one not in (data.get("told") or ())]
        if missing:
            self.add_error(
                "told",
                _("A yes counts when this was heard first: %(what)s.")
                % {"what": "; ".join(map(str, missing))},
            )
        if not data.get("each_said_yes"):
            self.add_error("each_said_yes", _("Without a yes of each person nothing is asked for."))
        if said := self._too_few():
            if not data.get("all_the_same"):
                self.add_error("all_the_same", said)
        else:
            del self.fields["all_the_same"]
        return data

    def _too_few(self) -> str:
        """Say how many beds are free when more people are chosen, else nothing."""
        place, first, last, who = (
            self.cleaned_data.get(name) for name in ("place", "from_day", "to_day", "who")
        )
        chosen = len(set(self.data.getlist("chosen"))) if isinstance(self.data, QueryDict) else 0
        if not (place and first and last and who) or not rules.span_is_fine(first, last):
            return ""
        beds = queries.free_beds(self.places[place], from_day=first, to_day=last, at=self.at, who=who)
        free = sum(not rules.is_cot(bed.name) for bed in beds)
        if chosen <= free:
            return ""
        said = ngettext(
            "%(num)s bed for %(who)s in these nights, chosen: %(chosen)s. Choose fewer, or tick here.",
            "%(num)s beds for %(who)s in these nights, chosen: %(chosen)s. Choose fewer, or tick here.",
            free,
        )
        return said % {"num": free, "who": Group(who).label, "chosen": chosen}
