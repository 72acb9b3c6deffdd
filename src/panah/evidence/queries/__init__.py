"""What the pages of this room, and rooms above, ask."""

from panah.evidence.queries.journalled import (
    given_as_journalled,
    hash_of_made,
    is_as_written,
    ledger_as_journalled,
    left,
    left_as_journalled,
    people_of,
)
from panah.evidence.queries.own_facts import CountryLine, Fact, OwnFacts, own_facts
from panah.evidence.queries.releases import (
    BudgetView,
    budget_of,
    columns_file_or_404,
    columns_files,
    earlier_of,
    fingerprint,
    floor,
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
    stands,
    tells_few_beside_figures,
    told_figures,
    told_withdrawn,
    wholes_of,
    withdrawals,
)
