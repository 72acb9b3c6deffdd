"""What a reader of a directory has to be told, and what the attributes of a record come down to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from panah.ground.directory.hsds import terms
from panah.ground.directory.hsds.values import Reading, Record, clean
from panah.ground.network.words import folded


@dataclass(frozen=True, slots=True)
class Places:
    """What places are called: regions by folded name and code, countries by folded name, zones by country."""

    regions: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)

    def region(self, text: str) -> str:
        return self.regions.get(folded(text.strip()), "")

    def country(self, text: str) -> str:
        return self.countries.get(folded(text.strip()), "")


@dataclass(frozen=True, slots=True)
class ReaderDefaults:
    """What the reader has to be told: whose file this is, the country where it says none, today."""

    source: str
    iso2: str
    today: date
    places: Places
    # Between nodes nothing personal is taken, whatever stands there.
    contacts: bool = True


@dataclass(slots=True)
class Terms:
    """The attributes of a record: codes of our own lists, details, and the words of everybody else's."""

    ours: dict[str, list[str]] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def terms_of(reading: Reading) -> Terms:
    found = Terms()
    for one in reading.records("attributes"):
        term = one.get("taxonomy_term")
        term = term if isinstance(term, dict) else {}
        name, code = clean(term.get("taxonomy")), clean(term.get("code"))
        if name == terms.DETAILS:
            found.details[code] = clean(one.get("value"))
        elif name in terms.ABOUT:
            found.ours.setdefault(name, []).append(code)
        else:
            found.others += [t for t in (clean(term.get("name")), code, clean(one.get("value"))) if t]
    return found


def codes(found: Terms, name: str, allowed: Iterable[str], guesses: list[str]) -> list[str]:
    ours = [code for code in allowed if code in found.ours.get(name, ())]
    return ours or guesses


def russian(reading: Reading, told: Terms, name: str) -> str:
    """The name in Russian letters, wherever one stands."""
    for text in (told.details.get("name_ru", ""), clean(reading.record.get("alternate_name")), name):
        if any("а" <= c <= "я" or c == "ё" for c in text.casefold()):
            return reading.bounded("alternate_name", text, 200)
    return ""


def addresses(reading: Reading) -> list[Record]:
    places = [
        one["location"]
        for one in reading.records("service_at_locations")
        if isinstance(one.get("location"), dict)
    ]
    return [one for place in (*places, *reading.records("locations")) for one in inside(place, "addresses")]


def country_of(reading: Reading, asked: ReaderDefaults) -> str:
    areas = [clean(one.get(name)) for one in reading.records("service_areas") for name in ("extent", "name")]
    countries = [clean(one.get("country")) for one in addresses(reading)]
    for text in (*areas, *countries):
        region = asked.places.region(text)
        found = asked.places.country(text) or region.split("-")[0]
        if found:
            return found
    return ""


def inside(record: Record, name: str) -> list[Record]:
    """The records in a list of a record that nobody complains about."""
    value = record.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
