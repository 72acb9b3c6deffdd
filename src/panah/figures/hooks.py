"""What the register of figures registers with rooms below it."""

from panah.figures import actions  # noqa: F401  the journal's events are declared there
