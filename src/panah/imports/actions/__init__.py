"""Bringing cases in and taking them out."""

from panah.imports.actions.exporter import take_out
from panah.imports.actions.importer import Report, Work, check_table, import_table
from panah.imports.actions.two_people import agree, ask_to_take_out, forget_list, take_agreed
from panah.imports.actions.uploads import choose_columns, drop_upload, import_piece, keep_upload, progress_of
