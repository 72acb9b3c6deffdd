"""All that cites a figure: what other rooms say, and for the rooms below what can be read there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from panah.diplomacy import queries as diplomacy_queries
from panah.figures.citing import CITED_BY
from panah.figures.models import Figure
from panah.figures.queries.charts import figure_label
from panah.figures.queries.figures import figures
from panah.figures.words import State
from panah.kit.beside import Beside
from panah.kit.jinja import url
from panah.library import queries as library_queries

if TYPE_CHECKING:
    from panah.accounts.models import Staff
# How many figures of one file are shown beside its document.
SHOWN_OF_A_FILE = 40


def cited_by(numbers: Sequence[str], *, to: Staff) -> dict[str, list[Beside]]:
    """Return, for each number that is cited, where; only what this reader may know of."""
    found: dict[str, list[Beside]] = {}
    for cites in CITED_BY:
        for number, links in cites(numbers, to).items():
            found.setdefault(number, []).extend(links)
    return found


def library_cites(numbers: Sequence[str], to: Staff) -> Mapping[str, list[Beside]]:
    """Return the documents of the library that are the file a figure stands in."""
    rows = Figure.objects.visible(to=to).filter(number__in=numbers, file__isnull=False)
    hashes = dict(rows.values_list("number", "file__sha256"))
    documents = library_queries.documents_with(set(hashes.values()), to=to) if hashes else {}
    return {number: documents[sha256] for number, sha256 in hashes.items() if sha256 in documents}


def evidence_cites(numbers: Sequence[str], to: Staff) -> Mapping[str, list[Beside]]:
    """Return the commitments whose evidence names a figure's number."""
    return diplomacy_queries.evidence_naming(numbers, to=to)


def figures_in(sha256: str, to: Staff) -> list[Beside]:
    """Return the figures that stand in the file of this hash and were not taken back, each with its sentence there."""
    rows = figures(to=to).filter(file__sha256=sha256, state=State.STANDS)[:SHOWN_OF_A_FILE]
    return [Beside(figure_label(one), url("figures:figure", one.number), one.quote) for one in rows]
