"""Sources, figures and where they disagree; what may be said; briefs about a country."""

from panah.figures.models.briefs import Brief, BriefFigure, BriefWord, Erratum
from panah.figures.models.register import Figure, FilePiece, Say, Source, SourceFile, Tension
