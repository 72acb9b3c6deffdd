"""Documents with their files, pages and links; collections; the index of the search."""

from panah.programmes.library.models.collections import Collected, Collection
from panah.programmes.library.models.documents import (
    Document,
    Link,
    Named,
    Page,
    Piece,
    Upload,
    UploadPiece,
    Version,
)
from panah.programmes.library.models.index import Block, Entry, Shelf, Term
from panah.programmes.library.models.near import Band, Sketch
