"""What the register of figures keeps: sources, their files, figures, and tables on their way in."""

from panah.figures.models.figures import Figure, FilePiece, Say, Source, SourceFile, Tension
from panah.figures.models.importing import (
    Import,
    ImportedFigure,
    ImportFault,
    ImportPiece,
    ImportRow,
    SourceTable,
)
