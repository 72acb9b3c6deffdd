"""What may be said about a country, for a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.text import Truncator
from django.utils.translation import get_language

from panah.ground.kit.beside import Beside
from panah.ground.kit.jinja import url
from panah.programmes.figures.delivered import GivenSentence, given_sentences
from panah.programmes.figures.models import Figure, PublicSentence
from panah.programmes.figures.queries.figures import has_fallen
from panah.programmes.figures.words import SentenceState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

WITH = ("society", "figure", "written_by", "decided_by")


def sentences_about(country: str, *, to: Staff) -> list[PublicSentence]:
    """Return the sentences about a country: what may be said first; what waits for those of its society alone.

    Last stands what must not be said any more, since its figure fell.
    """
    about = Q(country=country) | Q(destination=country)
    rows = PublicSentence.objects.visible(to=to).filter(about).exclude(state=SentenceState.ENDED)
    order = {SentenceState.CLEARED: 0, SentenceState.DRAFT: 1, SentenceState.REFUSED: 2}
    return sorted(
        rows.select_related(*WITH),
        key=lambda one: (one.figure_fell_on is not None, order[SentenceState(one.state)], one.written_on),
    )


def sentence_or_404(pk: UUID, *, to: Staff) -> PublicSentence:
    """Return a sentence of the reader's own society."""
    rows = PublicSentence.objects.visible(to=to).filter(society_id=to.society_id).select_related(*WITH)
    found: PublicSentence = get_object_or_404(rows, pk=pk)
    return found


@dataclass(frozen=True)
class DeliveredSentence:
    """A sentence that is delivered with Panah and that no society has cleared here: to be read, not to be said."""

    key: str
    figure: Figure
    given: GivenSentence

    @property
    def value(self) -> str:
        return self.given.value

    @property
    def sentence_en(self) -> str:
        return self.given.says["en"]

    @property
    def sentence_ru(self) -> str:
        return self.given.says["ru"]

    @property
    def not_en(self) -> str:
        return self.given.not_to_say["en"]

    @property
    def not_ru(self) -> str:
        return self.given.not_to_say["ru"]

    @property
    def source_said(self) -> str:
        one = self.figure
        named = [one.publisher, one.source.title if one.publisher not in one.source.title else ""]
        return "; ".join(part for part in named if part)

    @property
    def joint(self) -> bool:
        return self.figure.joint

    @property
    def countries(self) -> set[str]:
        return {code for code in (self.figure.country, self.figure.destination) if code}


def delivered_drafts(*, to: Staff, country: str = "") -> list[DeliveredSentence]:
    """Return the delivered sentences that nobody here has taken up, whose figures stand; of one country, or all.

    Two queries. What a society took over, refused or took back is its own from then on.
    """
    taken_up = set(
        PublicSentence.objects.visible(to=to).exclude(delivered="").values_list("delivered", flat=True)
    )
    keys = [key for key in given_sentences() if key not in taken_up]
    rows = Figure.objects.visible(to=to).filter(~has_fallen(), delivered__in=keys)
    if country:
        rows = rows.filter(Q(country=country) | Q(destination=country))
    found = {row.delivered: row for row in rows.select_related("source")}
    return [DeliveredSentence(key, found[key], given_sentences()[key]) for key in keys if key in found]


@dataclass(frozen=True)
class CountrySaid:
    """A country with how many sentences may be said about it, how many wait, and of how many the figure fell."""

    code: str
    cleared: int
    waiting: int
    fallen: int


def countries_with_sentences(*, to: Staff) -> list[CountrySaid]:
    """Return the countries that something may be said of, those that a delivered sentence is about, and the own one."""
    rows = PublicSentence.objects.visible(to=to).order_by()
    cleared: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    fallen: Counter[str] = Counter()
    for country, destination, state, fell in rows.values_list(
        "country", "destination", "state", "figure_fell_on"
    ):
        into = {SentenceState.CLEARED: cleared, SentenceState.DRAFT: waiting}.get(SentenceState(state))
        if into is not None and fell is not None:
            into = fallen
        if into is not None:
            into.update(code for code in (country, destination) if code)
    for one in delivered_drafts(to=to):
        waiting.update(one.countries)
    codes = sorted({*cleared, *waiting, *fallen, to.society.iso2})
    return [CountrySaid(code, cleared[code], waiting[code], fallen[code]) for code in codes]


def no_longer_standing(rows: Iterable[PublicSentence]) -> set[UUID]:
    """Return the sentences whose figure was replaced or withdrawn since: they are not to be said as they stand."""
    return {row.pk for row in rows if row.figure_fell_on is not None}


def newly_fallen(society: UUID) -> list[PublicSentence]:
    """Return the sentences of a society whose figure no longer stands, and which do not say so yet."""
    rows = PublicSentence.objects.filter(has_fallen("figure__"), society=society, figure_fell_on=None)
    rows = rows.filter(state__in=[SentenceState.DRAFT, SentenceState.CLEARED])
    return list(rows.exclude(figure=None))


def sentences_citing(numbers: Sequence[str], staff: Staff) -> Mapping[str, list[Beside]]:
    """Return the sentences of the own society with each of these figures, with how far each is."""
    rows = PublicSentence.objects.visible(to=staff).filter(society_id=staff.society_id)
    rows = rows.filter(figure__number__in=numbers).exclude(state=SentenceState.ENDED).select_related("figure")
    found: dict[str, list[Beside]] = {}
    for one in rows:
        title = one.sentence_ru if (get_language() or "en").startswith("ru") else one.sentence_en
        link = Beside(Truncator(title).chars(80), url("figures:sentence", one.pk), one.get_state_display())
        found.setdefault(one.figure.number if one.figure else "", []).append(link)
    return found
