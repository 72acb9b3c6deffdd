"""What is read of the register of figures; other rooms import from here."""

from panah.figures.queries.citing import cited_by, evidence_cites, library_cites
from panah.figures.queries.comparing import (
    Partition,
    SideBySide,
    growth_of,
    history_of,
    part_of,
    parts_of,
    side_by_side,
    tensions_of,
    value_of,
)
from panah.figures.queries.figures import (
    A_PAGE,
    Filters,
    figure_or_404,
    figures,
    numbered,
    offered,
    page_of,
    version,
)
from panah.figures.queries.saying import countries_said, due_again, say_or_404, sayings
from panah.figures.queries.sources import file_or_404, pieces, source_or_404, sources
