"""What is read of the library; other rooms import from here."""

from panah.library.queries.search import (
    A_PAGE,
    Hit,
    Marked,
    SearchFilters,
    SearchResult,
    marked_page,
    search,
)
from panah.library.queries.similar import Similar, similar
from panah.library.rules.languages import TAGS as LANGUAGES
