"""Building the wall on PostgreSQL, and looking whether it stands. Run by the role that owns the tables."""

from typing import Any

from django.conf import settings
from django.db import connections, transaction

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.rls_tables import TenantPath, is_exempt, protected_tables, tables
from panah.ground.foundation.tenancy import NO_TENANT

POLICY, OPEN_POLICY = "one_society", "read_by_all"
# A subquery is read once a statement and not once a row. Without a setting it is null, and null equals nothing.
NOW = "(SELECT NULLIF(current_setting('panah.society', true), '')::uuid)"

PASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
# An owner can take a wall down, and so can whoever may become the owner.
OWNED = "SELECT bool_or(pg_has_role(current_user, relowner, 'MEMBER')) FROM pg_class WHERE oid = ANY({})"
STANDING = (
    "SELECT count(*) FROM pg_class WHERE oid = ANY({}) AND relrowsecurity AND relforcerowsecurity AND EXISTS"
    " (SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'one_society')"
)


def supports_rls() -> bool:
    """Say whether the main database is of the kind that can have walls."""
    return connections["default"].vendor == "postgresql"


def society_of(way: TenantPath) -> str:
    """Return the SQL that finds the society of a row.

    A parent is asked for by its key, row by row. EXISTS would say the same, but lets PostgreSQL read all files of
    the society first: 130 ms instead of 3 for the parts of 200 files among 100,000.
    """
    here = f'"{way.table}"."{way.column}"'
    if way.parent is None:
        return here
    above = way.parent
    return (
        f'(SELECT {society_of(above)} FROM "{above.table}" WHERE "{above.table}"."{way.parent_key}" = {here})'  # noqa: S608  our own tables
    )


def read_by_all(way: TenantPath) -> str:
    """Return the SQL that says of a row that every society may read it, "" where no row of the table is such."""
    if way.open_where or way.parent is None:
        return way.open_where
    above = read_by_all(way.parent)
    here = f'"{way.table}"."{way.column}"'
    if not above:
        return ""
    return (
        f'(SELECT {above} FROM "{way.parent.table}" WHERE "{way.parent.table}"."{way.parent_key}" = {here})'  # noqa: S608  our own tables
    )


def build() -> None:
    """Put every wall up anew, and let the role that serves pages into the tables. Does nothing on SQLite.

    A table that this did not see is shut to that role: there is no way in without a wall.
    """
    if not supports_rls():
        return
    walls = {way.table: way for way in protected_tables().values()}
    open_tables = [m._meta.db_table for m in tables() if is_exempt(m)]
    role = settings.PANAH_DATABASE_ROLE
    with transaction.atomic("default"), connections["default"].cursor() as cursor:
        for table, way in walls.items():
            cursor.execute(f'DROP POLICY IF EXISTS {POLICY} ON "{table}"')
            cursor.execute(f'DROP POLICY IF EXISTS {OPEN_POLICY} ON "{table}"')
            for force in ("ENABLE", "FORCE"):
                cursor.execute(f'ALTER TABLE "{table}" {force} ROW LEVEL SECURITY')
            rule = f"{society_of(way)} = {NOW}"
            cursor.execute(f'CREATE POLICY {POLICY} ON "{table}" USING ({rule}) WITH CHECK ({rule})')
            if is_open := read_by_all(way):
                # Before a sign-in nobody reads these either: no society's work is being done then.
                cursor.execute(
                    f'CREATE POLICY {OPEN_POLICY} ON "{table}" FOR SELECT'
                    f" USING ({is_open} AND {NOW} <> '{NO_TENANT}'::uuid)"
                )
        for table in open_tables:
            cursor.execute(f'DROP POLICY IF EXISTS {POLICY} ON "{table}"')
            for force in ("NO FORCE", "DISABLE"):
                cursor.execute(f'ALTER TABLE "{table}" {force} ROW LEVEL SECURITY')
        if role:
            for table in (*walls, *open_tables):
                cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO "{role}"')
            cursor.execute(f'GRANT SELECT ON django_migrations TO "{role}"')


def problems() -> list[str]:
    """Return what is wrong with the wall, as sentences; nothing when it stands, or on SQLite."""
    if not supports_rls():
        return []
    names = sorted({way.table for way in protected_tables().values()})
    those = "ARRAY[" + ",".join(f"to_regclass('\"{name}\"')" for name in names) + "]"
    wrong = []
    if _one(PASSES):
        wrong.append(
            "The database role of this node may pass the wall between societies: "
            "give PANAH_DATABASE_URL the role that docs/operations/install.md makes."
        )
    elif _one(OWNED.format(those)):
        wrong.append(
            "The database role of this node owns its tables and could take down the wall between societies: "
            "give PANAH_DATABASE_URL the role that docs/operations/install.md makes."
        )
    if _one(STANDING.format(those)) != len(names):
        wrong.append("The wall between societies has gaps in this database: run ./panah init.")
    return wrong


def must_pass() -> None:
    """Refuse when this role would see only a part of the rows: a backup or a migration needs all of them."""
    if supports_rls() and not _one(PASSES):
        raise Refusal(
            "This database role stands behind the wall between societies and would see only a part of the rows.",
            next_step="Set PANAH_DATABASE_OWNER_URL (for a backup, PANAH_DATABASE_BACKUP_URL) to a role with "
            "BYPASSRLS: docs/operations/install.md has the statements.",
            code="behind-the-wall",
        )


def _one(question: str) -> Any:
    with connections["default"].cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
        return row[0] if row else None
