"""What the pages of this room, and rooms above, ask."""

from panah.evidence.queries.own_facts import CountryLine, Fact, OwnFacts, own_facts
from panah.evidence.queries.releases import (
    BudgetView,
    budget_of,
    columns_file_or_404,
    columns_files,
    earlier_of,
    fingerprint,
    floor,
    is_as_written,
    is_closed,
    laid_beside,
    made_of,
    may_be_given,
    own_tables,
    package_of,
    published_file,
    published_files,
    release_or_404,
    released_wholes,
    releases,
    same_package,
    tells_few_beside_figures,
    told_figures,
    wholes_of,
    withdrawals,
)
