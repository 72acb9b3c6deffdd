"""What a page says of a budget and of an attack, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.evidence import rules
from panah.evidence.attack_words import said
from panah.evidence.words import Product
from panah.release.accounting import rho_for

if TYPE_CHECKING:
    from panah.evidence.models import Release
    from panah.evidence.queries import BudgetView


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
            "Whoever thought it even odds whether one person is in here is right in at most %(alone)s of 100 cases "
            "after reading this release, and in at most %(all)s of 100 after reading everything that the budget of "
            "this year allows. Without any release it would be 50."
        )
        % {"alone": alone, "all": budget.right_at_most}
    ]
