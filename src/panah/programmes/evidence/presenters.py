"""What a page says of a budget and of an attack, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.kit.numbers import number
from panah.programmes.evidence import rules
from panah.programmes.evidence.attack_words import said, sentence, table_name
from panah.programmes.evidence.column_words import column_name, value_name
from panah.programmes.evidence.kept_tables import read_tables
from panah.programmes.evidence.words import Product
from panah.programmes.release.accounting import rho_for
from panah.programmes.release.cells import Place, ProtectedTable, State

if TYPE_CHECKING:
    from panah.programmes.evidence.models import Release
    from panah.programmes.evidence.products import Data, Rehearsed
    from panah.programmes.evidence.queries import BudgetView


# What is done, as whoever waits reads it.
STAGES = {
    "tables": gettext_lazy("Counting, hiding what is small, and attacking"),
    "measure": gettext_lazy("Counting, with noise"),
    "fit": gettext_lazy("Fitting a model to the noisy counts"),
    "estimate": gettext_lazy("Making tables with error bars"),
    "draw": gettext_lazy("Drawing rows"),
    "polish": gettext_lazy("Bringing rows and tables together"),
    "utility": gettext_lazy("Looking how good it is"),
    "attack": gettext_lazy("Attacking the rows"),
}


@dataclass(frozen=True)
class Line:
    """A line of the attack report: whether it broke something, whether it was tried at all, and what it says."""

    fails: bool
    tried: bool
    text: str


def report_lines(report: Iterable[Mapping[str, object]]) -> list[Line]:
    return [
        Line(bool(one.get("fails")), str(one.get("code")).startswith("tried-"), said(one)) for one in report
    ]


def budget_sentences(row: Release, budget: BudgetView) -> list[str]:
    """What a director should know before she lets it leave."""
    if row.product != Product.MICRODATA and row.passed is None:
        return [
            _(
                "These will be exact counts with small ones hidden. Whether what hides them withstands an attack is "
                "not known before it is prepared."
            )
        ]
    if row.product != Product.MICRODATA:
        return [
            _(
                "These are exact counts with small ones hidden. What hides them withstood the attacks below; no number "
                "says how much a reader with other knowledge may learn."
            )
        ]
    alone = rules.right_in_a_hundred(rho_for(float(row.epsilon or budget.epsilon), float(budget.delta)))
    return [
        _(
            "Somebody who only guesses whether one person is in here is right 50 times of 100. After reading this "
            "release: at most %(alone)s. After reading everything that the budget of this year allows: at most "
            "%(all)s."
        )
        % {"alone": alone, "all": budget.right_at_most}
    ]


# -- before anything is spent ------------------------------------------------------------------


@dataclass(frozen=True)
class Costs:
    """What is spent by preparing: of rows ε and what is left, of tables that no rows can follow."""

    epsilon: Decimal | None
    spent: Decimal
    whole: Decimal
    one_in: int
    beside: int


def costs_of(row: Release, budget: BudgetView, *, beside: int) -> Costs:
    return Costs(row.epsilon, budget.spent, budget.epsilon, budget.one_in, beside)


def rehearsed_lines(found: Rehearsed | None) -> list[str]:
    """What a rehearsal showed, in sentences."""
    if not found:
        return []
    head = _("%(people)s made-up people at ε = %(epsilon)s took %(seconds)s seconds of the processor.")
    return [
        head % {**found, "people": number(found["people"])},
        *(
            _(
                "Columns counted together: %(columns)s. Counts are off by %(people)s people on average; %(lost)s per "
                "cent of the combinations with at least ten people are lost."
            )
            % {**one, "lost": f"{100 * one['lost']:.2f}"}
            for one in found["missed"]
        ),
    ]


# -- tables, read on the page ------------------------------------------------------------------


@dataclass(frozen=True)
class ShownCell:
    """A cell of a table: its values, what stands in it and its share, and both as a screen reader says them."""

    labels: tuple[str, ...]
    text: str
    share: str
    aloud: str


@dataclass(frozen=True)
class ShownTable:
    """A table as it would leave: cells with nobody in them are left out, as long as that is no secret."""

    name: str
    heads: list[str]
    cells: list[ShownCell]


def shown_tables(made: Data) -> list[ShownTable]:
    return [
        ShownTable(
            table_name(table.name),
            [column_name(dimension.name) for dimension in table.dimensions],
            [_cell(table, place) for place in table.places() if table.state(place) != State.ZERO],
        )
        for table in read_tables(made["tables"])
    ]


def _cell(table: ProtectedTable, place: Place) -> ShownCell:
    state, last = table.state(place), table.dimensions[-1]
    text = {State.HIDDEN: _("not shown"), State.NOT_ASKED: _("not asked")}.get(
        state, str(int(table.values[place]))
    )
    aloud, share = sentence(table.read_aloud(place)), ""
    if place[-1] < len(last.values):
        rate = table.rate(place, of=last.name)
        share = "–" if rate.share is None else f"{100 * rate.share:.1f} %"
        aloud = f"{aloud} {sentence(rate.sentence)}"
    labels = zip(table.dimensions, table.labels(place), strict=True)
    return ShownCell(tuple(value_name(one.name, value) for one, value in labels), text, share, aloud)
