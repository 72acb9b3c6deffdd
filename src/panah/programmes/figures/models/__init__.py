"""Sources, figures and where they disagree; what may be said; tables on their way in; briefs about a country."""

from panah.programmes.figures.models.briefs import Brief, BriefFigure, BriefReview, Erratum
from panah.programmes.figures.models.importing import (
    Import,
    ImportedFigure,
    ImportFault,
    ImportPiece,
    ImportRow,
    SourceTable,
)
from panah.programmes.figures.models.register import (
    Figure,
    FilePiece,
    PublicSentence,
    Source,
    SourceFile,
    Tension,
)
