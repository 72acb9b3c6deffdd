"""Bringing cases in and taking them out."""

from panah.people.imports.actions.exporter import take_out
from panah.people.imports.actions.importer import Report, Work, check_table, import_table
from panah.people.imports.actions.two_people import agree, ask_to_take_out, forget_list, take_agreed
from panah.people.imports.actions.uploads import (
    choose_columns,
    drop_upload,
    import_piece,
    keep_upload,
    progress_of,
    tidy_uploads,
)
