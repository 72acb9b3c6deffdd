"""What is read of the register of figures; other rooms import from here."""

from panah.figures.queries.figures import figure_or_404, figures, version
from panah.figures.queries.importing import (
    SHOWN,
    counts_of,
    import_or_404,
    rows_of,
    sources_to_bring_for,
    tables_on_their_way,
)
from panah.figures.queries.importing import cited as cited_by
