"""A brief as PDF: one page to hand over, or four with charts, sentences, sources and method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from panah.ground.kit.dates import day_written
from panah.programmes.figures.queries import charts_in

if TYPE_CHECKING:
    from panah.programmes.figures.models import Erratum
    from panah.programmes.figures.queries import BriefCard, BriefSaid

type Part = Sequence[object]


def brief_pdf(card: BriefCard, *, language: str, pages: int, practice: str = "") -> bytes:
    """Return a published brief in a language on one or four pages, with the errata that are known today."""
    from panah.ground.kit.report_pdf import (
        pages_pdf,  # reportlab's tables take memory: loaded by whoever makes one
    )

    said: BriefSaid = card.row.content[language]
    with override(language):
        first = (said["title"], _first_page(card, said, language))
        more = [
            (_("Charts"), _charts(said)),
            (_("What each figure says"), _sentences(said)),
            (_("Sources and method"), _method(said)),
        ]
        return pages_pdf(pages=[first, *(more if pages > 1 else [])], foot=stamp(card), practice=practice)


def dated(day: date) -> str:
    """Return a day with its year: paper lies about for long."""
    return day_written(day, get_language() or "en", same_year=False)


def stamp(card: BriefCard) -> str:
    """Return which version of the register stands in it, in one line."""
    told = {"version": card.row.version, "day": dated(card.row.frozen_on) if card.row.frozen_on else "–"}
    return _("Register of figures, version %(version)s, %(day)s") % told


def _first_page(card: BriefCard, said: BriefSaid, language: str) -> list[Part]:
    row = card.row
    parts: list[Part] = [*_texts(said)]
    heads = [_("Figure"), _("What it counts"), _("Year"), _("Published by")]
    rows = [[one["value"], one["what"], one["year"], one["publisher"]] for one in said["figures"]]
    parts.insert(1, ["table", [heads, *rows]])
    parts.extend(_errata(card.errata))
    cleared = card.clearance
    if cleared is not None:
        told = {"society": row.concerned.name_in(language), "day": dated(cleared.on)}
        parts.append(["text", _("Cleared by %(society)s, %(day)s.") % told])
    if row.published_on:
        told = {"society": row.society.name_in(language), "day": dated(row.published_on)}
        parts.append(["text", _("Published by %(society)s, %(day)s.") % told])
    parts.append(["text", _("Figures of different measures and publishers are never added.")])
    return parts


def _texts(said: BriefSaid) -> list[Part]:
    parts: list[Part] = [
        ["text", said["says"]],
        ["heading", _("What is not known")],
        ["text", said["unknown"]],
    ]
    if said["note"]:
        parts.extend([["heading", _("The society’s note")], ["text", said["note"]]])
    if said["joint"]:
        parts.append(["text", said["joint"]])
    return parts


def _errata(errata: Iterable[Erratum]) -> list[Part]:
    rows = [[one.was, str(one.get_state_display()), one.now or "–", one.why, dated(one.on)] for one in errata]
    if not rows:
        return []
    heads = [_("Figure"), _("What became of it"), _("Now"), _("Why"), _("Day")]
    return [["heading", _("Errata")], ["table", [heads, *rows]]]


def _charts(said: BriefSaid) -> list[Part]:
    parts: list[Part] = []
    for chart in charts_in(said):
        parts.append(["heading", chart.title])
        parts.append(["pictures", [(panel.title, panel.picture) for panel in chart.panels]])
    if not parts:
        parts.append(["text", _("None of its figures is a number that can be drawn.")])
    return parts


def _sentences(said: BriefSaid) -> list[Part]:
    heads = [_("Figure"), _("What it counts"), _("As it is printed"), _("To note"), _("What not to say")]
    rows = [
        [one["value"], one["what"], one["quote"] or "–", one["note"] or "–", one["not_to_say"] or "–"]
        for one in said["figures"]
    ]
    return [["table", [heads, *rows]]]


def _method(said: BriefSaid) -> list[Part]:
    heads = [_("Figure"), _("Published by"), _("Source"), _("Number in the register")]
    rows = [
        [one["value"], one["publisher"], " ".join(filter(None, (one["source"], one["link"]))), one["number"]]
        for one in said["figures"]
    ]
    sentences = [
        _("A figure is what its publisher says. Where publishers disagree, they stand beside each other."),
        _("Figures of different measures and publishers are never added."),
        _("A number that was hidden because it is small stands as the range in which it lies."),
        _("The society whose country this is has read this brief and cleared it."),
        _(
            "A second person was asked whether it will get young women of this nationality stopped at a border."
        ),
    ]
    return [["table", [heads, *rows]], ["heading", _("How to read it")], ["text", "\n".join(sentences)]]
