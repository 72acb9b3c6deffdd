"""The instruments that are delivered with Panah: provisions in our own words, where they were read, known standings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from panah.ground.foundation import delivered
from panah.ground.kit.languages import INTERFACE
from panah.programmes.diplomacy.words import InstrumentKind, StandingState

FILE = Path(__file__).with_name("instruments.toml")
POLICY = {tag: Path(__file__).with_name(f"policy.{tag}.md") for tag, _name in INTERFACE}
# The states whose obligations the network reminds of.
STATES = ("kz", "kg", "tj", "tm", "uz")


@dataclass(frozen=True)
class Provision:
    """One provision in one language; ``key`` is ``instrument/id``."""

    key: str
    text: str


@dataclass(frozen=True)
class KnownStanding:
    """What was known when this version of Panah was made. ``since``: a day, a month, a year or ""."""

    party: str
    state: StandingState
    since: str = ""


@dataclass(frozen=True)
class Instrument:
    """One instrument in one language. ``adopted``: a day, a month, a year or ""; ``checked``: the day or ""."""

    id: str
    kind: str
    adopted: str
    country: str
    source: str
    link: str
    checked: str
    title: str
    about: str
    provisions: tuple[Provision, ...]
    standings: tuple[KnownStanding, ...]

    @property
    def kind_label(self) -> str:
        return str(InstrumentKind(self.kind).label)


def instruments() -> dict[str, Instrument]:
    """Return all instruments by id in the reader's language, English where she reads another."""
    language = (get_language() or "en").split("-")[0]
    return _in(language if language in dict(INTERFACE) else "en")


@cache
def _in(language: str) -> dict[str, Instrument]:
    rows = delivered.read(FILE)
    return {
        key: Instrument(
            id=key,
            kind=InstrumentKind(row["kind"]),
            adopted=row["adopted"],
            country=row.get("country", ""),
            source=row["source"],
            link=row["link"],
            checked=row.get("checked", ""),
            title=row[language]["title"],
            about=row[language]["about"],
            provisions=tuple(Provision(f"{key}/{one['id']}", one[language]) for one in row["provisions"]),
            standings=tuple(
                delivered.entry(KnownStanding, one, f"{FILE.name}: {key}") for one in row.get("standings", ())
            ),
        )
        for key, row in rows.items()
    }


def provisions() -> dict[str, tuple[Instrument, Provision]]:
    """Return every provision with its instrument, by ``instrument/id``."""
    return {each.key: (one, each) for one in instruments().values() for each in one.provisions}


def model_policy(language: str) -> str:
    """Return the network's model text of a policy, as it is delivered: headings with #, points with -."""
    return POLICY[language if language in POLICY else "en"].read_text("utf-8")
