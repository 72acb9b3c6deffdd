"""What is read of the register of figures; other rooms import from here."""

from panah.programmes.figures.queries.briefs import (
    BriefCard,
    BriefSaid,
    brief_or_404,
    briefs,
    briefs_citing,
    charts_in,
    concerned_in,
    countries_to_brief,
    draft_said,
    figures_for,
    frozen,
    how_far,
    own_with_others,
    reviews_of,
    untold_errata,
    used_by,
    waiting_for,
)
from panah.programmes.figures.queries.charts import (
    ChartCard,
    chart_cards,
    chart_figures,
    chart_of,
    countries_of_ways,
    drawn_in,
    figure_label,
    legible,
    printed_value,
    title_of,
    ways,
)
from panah.programmes.figures.queries.citing import (
    cited_by,
    evidence_cites,
    figures_in,
    library_cites,
    made_from,
    what_changes,
)
from panah.programmes.figures.queries.comparing import (
    history_of,
    part_of,
    parts_of,
    side_by_side,
    tensions_of,
    value_of,
)
from panah.programmes.figures.queries.figures import (
    Filters,
    fallen,
    figure_or_404,
    figures,
    numbered,
    offered,
    page_of,
    version,
)
from panah.programmes.figures.queries.importing import (
    SHOWN,
    counts_of,
    import_or_404,
    rows_of,
    sheets_of_same_file,
    sources_to_bring_for,
    tables_on_their_way,
)
from panah.programmes.figures.queries.public_sentences import (
    countries_with_sentences,
    delivered_drafts,
    newly_fallen,
    no_longer_standing,
    sentence_or_404,
    sentences_about,
    sentences_citing,
)
from panah.programmes.figures.queries.sources import file_or_404, files_of, pieces, source_or_404, sources
