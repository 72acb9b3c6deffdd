"""What is read of the library; other rooms import from here."""

from panah.programmes.library.practices import practices
from panah.programmes.library.queries.collections import collection_or_404, collections, in_order
from panah.programmes.library.queries.delivered import delivered_file, said_by_page
from panah.programmes.library.queries.documents import (
    Filters,
    again_named,
    beside_provisions,
    document_or_404,
    documents_with,
    languages_of,
    links_of,
    named_by,
    near_of,
    numbered,
    original_of,
    own_upload,
    page_of,
    page_or_404,
    pages_of,
    pages_without_language,
    pieces,
    readers_of,
    same_title,
    version_or_404,
    versions_of,
)
from panah.programmes.library.queries.search import A_PAGE, Hit, SearchFilters, marked_page, search
from panah.programmes.library.queries.similar import Similar, similar
from panah.programmes.library.reading.network import reads_without_network
from panah.programmes.library.rules.languages import TAGS as LANGUAGES
