"""The engine of SQLite: connections are kept from page to page, as long as the file that they opened is still there.

Opening the three databases anew, with their settings and tables, costs more than the questions of a list. But whoever
puts a backup back replaces the file: a connection to the old one would read, and write, where nobody looks any more.
"""

import os
from typing import Any

from django.db.backends.sqlite3 import base


def identity(path: str) -> tuple[int, int] | None:
    """Say which file stands at a path now; None where there is none, as for a database in memory."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: object) -> Any:
        # Asked before it is opened: were the file replaced in between, this would be too old, and opened once more.
        self._opened = identity(str(self.settings_dict["NAME"]))
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        return super().is_usable() and self._opened == identity(str(self.settings_dict["NAME"]))
