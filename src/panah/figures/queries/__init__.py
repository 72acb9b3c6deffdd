"""What is read of the register of figures; other rooms import from here."""

from panah.figures.queries.figures import figure_or_404, figures, version
