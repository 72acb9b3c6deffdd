"""The figures that are delivered with Panah, each with its quotation: data with its source (`data/figures.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from panah.ground.foundation import delivered
from panah.programmes.figures.rules.claims import Claim

DATA = Path(__file__).parent / "data"
FILE = DATA / "figures.toml"
SENTENCES = DATA / "sentences.toml"
type Said = Mapping[str, str]


@dataclass(frozen=True)
class GivenSource:
    publisher: str
    title: str
    kind: str
    link: str = ""
    licence: str = ""
    country: str = ""
    # It is the text that the library brings, and its figures stand in that file.
    in_library: bool = False


@dataclass(frozen=True)
class GivenFigure:
    """``who``, ``note``, ``base``: in each language of the interface. ``numerator``, ``denominator``: ids of others."""

    source: str
    claim: Claim
    who: Said
    note: Said
    base: Said
    numerator: str
    denominator: str
    per: int | None


@dataclass(frozen=True)
class GivenTension:
    figure: str
    kind: str
    says: Said
    other: str = ""


@dataclass(frozen=True)
class GivenSentence:
    """What may be said with a figure, once the society of its country has cleared it: a draft until then."""

    value: str
    says: Said
    not_to_say: Said


@dataclass(frozen=True)
class GivenFile:
    """The file: what a figure says is read by ``_figure``. ``no_figures``: a token, and what it is."""

    sources: Mapping[str, GivenSource]
    figures: Mapping[str, Mapping[str, object]]
    tensions: Mapping[str, GivenTension]
    no_figures: tuple[Said, ...]


@dataclass(frozen=True)
class Given:
    """``no_figures``: numbers on the page that count nothing, each with what it is; a test reads them."""

    sources: Mapping[str, GivenSource]
    figures: Mapping[str, GivenFigure]
    tensions: Mapping[str, GivenTension]
    no_figures: Mapping[str, str]


@cache
def given() -> Given:
    """Return all that is delivered."""
    file = delivered.load(GivenFile, FILE)
    return Given(
        file.sources,
        {key: _figure(one, file.sources) for key, one in file.figures.items()},
        file.tensions,
        {figure["token"]: figure["what"] for figure in file.no_figures},
    )


@cache
def given_sentences() -> Mapping[str, GivenSentence]:
    """Return the sentences that are delivered, by the id of the figure that each is about."""
    rows = delivered.read(SENTENCES).items()
    return {key: delivered.entry(GivenSentence, one, f"{SENTENCES.name}: {key}") for key, one in rows}


# What a row of the file may say as it stands in a claim.
_PLAIN = (
    *(
        "measure",
        "as_printed",
        "kind",
        "unit",
        "sex",
        "age",
        "citizenship",
        "exploitation",
        "country",
        "origin",
    ),
    *("transit", "destination", "data_year", "report_year", "quote", "quote_language", "place", "joint"),
)


def _figure(one: Mapping[str, object], sources: Mapping[str, GivenSource]) -> GivenFigure:
    low = one.get("low", one.get("value"))
    high = one.get("high", one.get("value"))
    source = str(one["source"])
    who, note, base = (_said(one.get(name)) for name in ("who", "note", "base"))
    begins, ends = one.get("period_from"), one.get("period_to")
    plain = {name: one[name] for name in _PLAIN if name in one}
    claim = Claim(
        publisher=str(one.get("publisher") or sources[source].publisher),
        low=None if low is None else Decimal(str(low)),
        high=None if high is None else Decimal(str(high)),
        who=who["en"],
        note=note["en"],
        denominator_text=base["en"],
        flags=tuple(one.get("flags", ())),  # type: ignore[arg-type]
        period_from=begins if isinstance(begins, date) else None,
        period_to=ends if isinstance(ends, date) else None,
        **{"as_printed": "", "quote_language": "en", **plain},  # type: ignore[arg-type]
    )
    per = one.get("per")
    return GivenFigure(
        source,
        claim,
        who,
        note,
        base,
        str(one.get("numerator", "")),
        str(one.get("denominator", "")),
        per if isinstance(per, int) else None,
    )


def _said(one: object) -> Said:
    return (
        {key: str(value) for key, value in one.items()} if isinstance(one, Mapping) else {"en": "", "ru": ""}
    )


def in_words(said: Said) -> str:
    """Return what is said in the reader's language, English where she reads another."""
    return said.get((get_language() or "en").split("-")[0]) or said["en"]
