"""Documents with their files, pages and links; collections; the index of the search."""

from panah.library.models.collections import Collected, Collection
from panah.library.models.documents import Document, Link, Named, Page, Piece, Upload, UploadPiece, Version
from panah.library.models.index import Block, Entry, Shelf, Term
from panah.library.models.near import Band, Sketch
