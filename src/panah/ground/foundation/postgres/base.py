"""The engine of the main database on PostgreSQL.

Each statement is sent together with ``SET LOCAL panah.society``, in one message and so in one transaction, whether
one is open or not. Nothing has to be remembered: a setting that a rollback took back, or that a connection's last
user left, cannot count. What goes around this cursor (COPY, a cursor of the server) says nothing and sees nothing.
"""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg import sql

from panah.ground.foundation import tenancy

# Django's cursor, of which its types tell too little.
_Cursor: Any = base.Cursor


class Cursor(_Cursor):  # type: ignore[misc]
    def preface(self) -> list[str]:
        """Return what is said before a statement: nothing outside a transaction when no society was named."""
        society = tenancy.current_tenant()
        if society is None and self.connection.autocommit:
            return []
        # A UUID, written by us: nothing that anybody typed.
        said = [f"SET LOCAL panah.society = '{society or tenancy.NO_TENANT}'"]
        if settings.PANAH_DOOR_ONLY:
            # Digits and letters from a to f.
            said.append(f"SET LOCAL panah.shown = '{tenancy.shown()}'")
        return said

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Cursor":
        before = self.preface()
        # A transaction in which something failed takes no statement but this one.
        if not before or (isinstance(query, str) and query.startswith("ROLLBACK TO SAVEPOINT")):
            super().execute(query, params, **options)
            return self
        said = "; ".join([*before, ""])
        super().execute(said + query if isinstance(query, str) else sql.SQL(said) + query, params, **options)
        for _ in before:
            self.nextset()
        return self

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        # The driver would send these in a way that takes no second statement.
        for params in params_seq:
            self.execute(query, params, **options)


class DatabaseWrapper(base.DatabaseWrapper):
    cursor_class = Cursor

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": self.cursor_class}
