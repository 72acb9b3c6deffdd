"""The engine of SQLite: connections are kept from page to page, as long as the file that they opened is still there.

Opening the three databases anew, with their settings and tables, costs more than the questions of a list. But whoever
puts a backup back replaces the file: a connection to the old one would read, and write, where nobody looks any more.
"""

import os
from typing import Any

from django.db import models
from django.db.backends.sqlite3 import base, schema

LARGEST = 2**63 - 1
SCATTER = """CREATE TRIGGER IF NOT EXISTS "{table}_in_no_order" AFTER INSERT ON "{table}"
    WHEN NOT EXISTS (SELECT 1 FROM "{table}" WHERE rowid = {largest})
    BEGIN UPDATE "{table}" SET rowid = {largest} WHERE rowid = NEW.rowid; END"""


def identity(path: str) -> tuple[int, int] | None:
    """Say which file stands at a path now; None where there is none, as for a database in memory."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Rows with a random id lie in no order.

    SQLite numbers the rows of a table in turn, so that a case and the stay that was asked for next lie side by side in
    every table. Where the largest number is taken it chooses numbers by chance: the first row of a table gets it.
    """

    def create_model(self, model: type[models.Model]) -> None:
        super().create_model(model)
        self._scatter(model)

    def _remake_table(self, model: type[models.Model], *args: object, **given: object) -> None:
        super()._remake_table(model, *args, **given)  # type: ignore[misc]
        self._scatter(model)

    def _scatter(self, model: type[models.Model]) -> None:
        table, key = model._meta.db_table, model._meta.pk
        if table.startswith("new__") or isinstance(key, models.AutoField):
            # A table on its way to another name; or one whose rows say their number themselves.
            return
        self.execute(SCATTER.format(table=table, largest=LARGEST), params=None)


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor

    def get_new_connection(self, conn_params: object) -> Any:
        # Asked before it is opened: were the file replaced in between, this would be too old, and opened once more.
        self._opened = identity(str(self.settings_dict["NAME"]))
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        return super().is_usable() and self._opened == identity(str(self.settings_dict["NAME"]))
