"""Briefs for a reader: which there are, what one says as it was frozen, how far it is, what no longer stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, override

from panah.ground.kit.beside import Beside
from panah.ground.kit.jinja import url
from panah.ground.kit.languages import INTERFACE
from panah.ground.kit.panel_chart import Row, Shape, drawn
from panah.ground.network import queries as network_queries
from panah.ground.network.words import country_name
from panah.programmes.figures.brief_states import BriefReviewKind, BriefStanding, BriefState
from panah.programmes.figures.models import Brief, BriefFigure, BriefReview, Erratum, Figure, PublicSentence
from panah.programmes.figures.queries.charts import printed_value, row_of, title_of, ways_of, what_of, year_of
from panah.programmes.figures.queries.figures import WITH, fallen, has_fallen
from panah.programmes.figures.rules.briefs import Review, digest_of, standing, version_of
from panah.programmes.figures.words import NOT_DEDUPLICATED, SentenceState, ValueKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.kit.panel_chart import Chart

# To choose from: nobody reads through more.
MOST_OFFERED = 300
LANGUAGES = tuple(code for code, _name in INTERFACE)


class FigureSaid(TypedDict):
    """A figure as a brief says it, in one language."""

    number: str
    value: str
    what: str
    year: str
    publisher: str
    source: str
    link: str
    quote: str
    note: str
    not_to_say: str


class RowSaid(TypedDict):
    label: str
    shape: str
    low: str
    high: str
    note: str
    breaks: str


class ChartSaid(TypedDict):
    title: str
    panels: list[tuple[str, list[RowSaid]]]


class BriefSaid(TypedDict):
    """All that a brief says in one language, frozen when the second reader was asked."""

    title: str
    country: str
    says: str
    unknown: str
    note: str
    figures: list[FigureSaid]
    charts: list[ChartSaid]
    joint: str


@dataclass(frozen=True)
class BriefCard:
    """A brief with how far it is and what was said of it."""

    row: Brief
    standing: BriefStanding
    reviews: Sequence[BriefReview] = ()
    errata: Sequence[Erratum] = ()

    @property
    def title(self) -> str:
        return self.row.title_ru if _language() == "ru" else self.row.title_en

    @property
    def tone(self) -> str:
        """Green once it is out, yellow while somebody waits for somebody; a draft waits for nobody."""
        if self.standing == BriefStanding.PUBLISHED:
            return "soon" if self.errata else "good"
        return "info" if self.standing in (BriefStanding.DRAFT, BriefStanding.WITHDRAWN) else "soon"

    @property
    def country(self) -> str:
        return country_name(self.row.country, get_language() or "en")

    @property
    def said(self) -> BriefSaid | None:
        """What it says in the reader's language; None for a draft, which was not frozen yet."""
        found: BriefSaid | None = self.row.content.get(_language())
        return found

    @property
    def reading(self) -> BriefReview | None:
        return self._last(BriefReviewKind.READING)

    @property
    def clearance(self) -> BriefReview | None:
        return self._last(BriefReviewKind.CLEARANCE)

    def _last(self, kind: str) -> BriefReview | None:
        found = [one for one in self.reviews if one.kind == kind and one.digest == self.row.digest]
        return found[-1] if found else None


def _language() -> str:
    return "ru" if (get_language() or "en").startswith("ru") else "en"


def briefs(*, to: Staff) -> list[BriefCard]:
    """Return the briefs of the own society, and those of others that wait for its word or were published."""
    rows = Brief.objects.visible(to=to).select_related("society", "concerned", "author")
    found = rows.prefetch_related("reviews", "errata")
    return [_card(one) for one in found]


def brief_or_404(pk: UUID, *, to: Staff) -> BriefCard:
    rows = Brief.objects.visible(to=to).select_related(
        "society", "concerned", "author", "reader", "published_by", "withdrawn_by"
    )
    row: Brief = get_object_or_404(rows.prefetch_related("reviews__by", "reviews__society", "errata"), pk=pk)
    return _card(row)


def _card(row: Brief) -> BriefCard:
    reviews = list(row.reviews.all())
    return BriefCard(row, how_far(row, reviews), reviews, list(row.errata.all()))


def how_far(row: Brief, reviews: Iterable[BriefReview]) -> BriefStanding:
    return BriefStanding(standing(row.state, row.digest, reviews_of(reviews)))


def reviews_of(reviews: Iterable[BriefReview]) -> list[Review]:
    return [Review(one.kind, one.good, one.digest, one.turn) for one in reviews]


def concerned_in(country: str) -> UUID | None:
    """Return the society whose country it is, where it works on this node: nobody else can clear a brief."""
    found = network_queries.society_in_country(country)
    return found.id if found and found.hosted else None


def countries_to_brief() -> list[tuple[str, str]]:
    """Return the countries whose society works here and can clear a brief."""
    return sorted(
        ((one.iso2, one.country) for one in network_queries.hosted_societies()), key=lambda one: one[1]
    )


def figures_for(country: str, *, to: Staff) -> list[Figure]:
    """Return the figures that stand and tell of a country: what a brief about it can use, wholes before parts."""
    rows = Figure.objects.visible(to=to).filter(~has_fallen(), country=country).select_related(*WITH)
    found = rows.order_by("sex", "age", "citizenship", "exploitation", "measure", "-data_year", "publisher")
    return sorted(found[:MOST_OFFERED], key=lambda one: (one.measure, -(one.data_year or 0), one.publisher))


def used_by(row: Brief) -> list[Figure]:
    rows = BriefFigure.objects.filter(brief=row).select_related(
        *("figure__source", "figure__superseded_by", "figure__numerator", "figure__denominator")
    )
    return [one.figure for one in rows]


def content_of(row: Brief) -> dict[str, BriefSaid]:
    """Return what a brief says now, in both languages, with its figures as the register has them."""
    figures = used_by(row)
    said = {
        one.figure_id: one
        for one in PublicSentence.objects.filter(
            figure__in=figures, state=SentenceState.CLEARED, society_id=row.society_id
        )
    }
    content: dict[str, BriefSaid] = {}
    for language in LANGUAGES:
        with override(language):
            content[language] = {
                "title": getattr(row, f"title_{language}"),
                "country": country_name(row.country, language),
                "says": getattr(row, f"says_{language}"),
                "unknown": getattr(row, f"unknown_{language}"),
                "note": getattr(row, f"note_{language}"),
                "figures": [_figure_said(one, said.get(one.pk), language) for one in figures],
                "charts": _charts_said(figures),
                "joint": str(NOT_DEDUPLICATED) if any(one.joint for one in figures) else "",
            }
    return content


def draft_said(row: Brief) -> BriefSaid:
    """Return what a draft says now, in the reader's language."""
    return content_of(row)[_language()]


def frozen(row: Brief) -> tuple[dict[str, BriefSaid], str, str]:
    """Return the content of a brief as it is now, its digest, and the register's version in it."""
    content = content_of(row)
    return content, digest_of(content), version_of([dict(one) for one in content["en"]["figures"]])


def _figure_said(one: Figure, sentence: PublicSentence | None, language: str) -> FigureSaid:
    return {
        "number": one.number,
        "value": printed_value(one),
        "what": getattr(sentence, f"sentence_{language}") if sentence else what_of(one),
        "year": year_of(one),
        "publisher": one.publisher,
        "source": one.source.title,
        "link": one.source.link,
        "quote": one.quote,
        "note": "; ".join([*one.flag_labels, *([one.break_reason] if one.break_reason else [])]),
        "not_to_say": getattr(sentence, f"not_{language}") if sentence else "",
    }


def _charts_said(figures: Sequence[Figure]) -> list[ChartSaid]:
    """Each measure is a chart of its own, each publisher a panel of it."""
    by_measure: dict[str, dict[str, list[RowSaid]]] = {}
    for one in sorted(figures, key=lambda one: one.data_year or 0):
        if one.kind == ValueKind.NUMBER and one.low is not None:
            title = ", ".join(part for part in (one.publisher, " → ".join(ways_of(one))) if part)
            rows = by_measure.setdefault(title_of(one.country, one.measure), {}).setdefault(title, [])
            rows.append(_row_said(row_of(one)))
    return [{"title": title, "panels": list(panels.items())} for title, panels in by_measure.items()]


def _row_said(row: Row) -> RowSaid:
    return {
        "label": row.label,
        "shape": str(row.shape),
        "low": "" if row.low is None else str(row.low.normalize()),
        "high": "" if row.high is None else str(row.high.normalize()),
        "note": row.note,
        "breaks": row.breaks,
    }


def charts_in(said: BriefSaid) -> list[Chart]:
    """Draw the charts of a brief from what was frozen, not from the register of today."""
    return [
        drawn(one["title"], [(name, [_row_again(row) for row in rows]) for name, rows in one["panels"]])
        for one in said["charts"]
    ]


def _row_again(row: RowSaid) -> Row:
    return Row(
        row["label"], Shape(row["shape"]), _decimal(row["low"]), _decimal(row["high"]), None, row["note"],
        breaks=row["breaks"],
    )  # fmt: skip


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def untold_errata(society: UUID) -> list[BriefFigure]:
    """Return the figures of a society's published briefs that no longer stand and are in no list of errata yet."""
    rows = BriefFigure.objects.filter(brief__society_id=society, brief__state=BriefState.PUBLISHED)
    rows = rows.filter(has_fallen("figure__")).select_related(
        *("brief__author", "figure__superseded_by", "figure__numerator", "figure__denominator")
    )
    told = set(Erratum.objects.filter(brief__society_id=society).values_list("brief", "figure", "state"))
    return [
        one
        for one in rows
        if (fell := fallen(one.figure)) and (one.brief_id, one.figure_id, fell.state) not in told
    ]


def briefs_citing(numbers: Sequence[str], staff: Staff) -> Mapping[str, list[Beside]]:
    """Return the briefs that use each of these figures, with how far each is."""
    used = BriefFigure.objects.filter(figure__number__in=numbers, brief__in=Brief.objects.visible(to=staff))
    found: dict[str, list[Beside]] = {}
    for one in used.select_related("brief", "figure").prefetch_related("brief__reviews"):
        card = BriefCard(one.brief, how_far(one.brief, one.brief.reviews.all()))
        link = Beside(card.title, url("figures:brief", one.brief_id), str(card.standing.label))
        found.setdefault(one.figure.number, []).append(link)
    return found


def waiting_for(society: UUID) -> list[Brief]:
    """Return the briefs of other societies about this one's country that were ever put up for clearance."""
    rows = Brief.objects.filter(concerned_id=society).exclude(society_id=society)
    return list(rows.exclude(state__in=[BriefState.DRAFT, BriefState.READING]).prefetch_related("reviews"))


def own_with_others(society: UUID) -> list[Brief]:
    """Return the society's briefs about other countries on which the society there may have spoken."""
    rows = Brief.objects.filter(society_id=society, state__in=[BriefState.CLEARING, BriefState.PUBLISHED])
    return list(rows.exclude(concerned_id=society).select_related("author").prefetch_related("reviews"))
