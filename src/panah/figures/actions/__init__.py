"""What can be done in the register of figures; other rooms import from here."""

from panah.figures.actions.import_accepting import Decision, accept_table
from panah.figures.actions.import_reading import read_tables
from panah.figures.actions.imports import bring_table, compare_again, refuse_table, say_columns
