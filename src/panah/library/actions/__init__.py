"""What can be done in the library."""

from panah.library.actions.index import index_document, index_waiting, unindex
