"""All that a database holds before anybody has worked in it: tables to the last index, triggers, walls, grants, rows.

Two databases that were made in different ways are compared by what ``whole`` says of each.
"""

from __future__ import annotations

import re
from typing import Any

# In the order of the questions: what a table is made of, what holds it together, and who may do what.
OF_POSTGRES = {
    "tables": "SELECT relname, relkind, relrowsecurity, relforcerowsecurity, relpersistence, reloptions FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace",
    "columns": "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,"
    " a.attgenerated, a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a"
    " JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
    " WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind <> 'i'",
    "bounds": "SELECT conrelid::regclass, conname, contype, condeferrable, condeferred, convalidated,"
    " pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT oid::regprocedure, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "walls": "SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies",
    "grants": "SELECT relname, relacl FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "extensions": "SELECT extname, extversion FROM pg_extension",
}
OF_SQLITE = {
    "columns": "SELECT t.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden FROM sqlite_master t"
    " JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table'",
    "references": "SELECT t.name, f.\"from\", f.\"table\", f.\"to\", f.on_update, f.on_delete, f.match FROM sqlite_master t"
    " JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
    "indexes": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    # An index that stands for UNIQUE is numbered in the order of its table's columns.
    "unique": "SELECT t.name, i.origin, i.partial, (SELECT group_concat(x.name) FROM pragma_index_xinfo(i.name) x"
    " WHERE x.key) FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i.\"unique\"",
    "triggers": "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')",
}  # fmt: skip
# Whatever was made, its steps are written down; when and in which order is nothing to compare.
STEPS = "django_migrations"


def whole(connection: Any) -> dict[str, list[str]]:
    """Return what the database holds, by kind, each in an order of its own."""
    asked = OF_POSTGRES if connection.vendor == "postgresql" else OF_SQLITE
    with connection.cursor() as cursor:
        found = {what: _answers(cursor, question) for what, question in asked.items()}
        tables = connection.introspection.table_names(cursor)
        found["rows"] = [row for name in sorted({*tables} - {STEPS}) for row in _rows(cursor, name)]
        if connection.vendor == "sqlite":
            found["as written"] = _as_written(cursor)
    return found


def _answers(cursor: Any, question: str) -> list[str]:
    cursor.execute(question)
    return sorted(map(str, cursor.fetchall()))


def _rows(cursor: Any, table: str) -> list[str]:
    """Return every row by the names of its columns: which stands first is nobody's promise."""
    cursor.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    return sorted(f"{table} {sorted(zip(names, map(str, row), strict=True))}" for row in cursor.fetchall())


def _as_written(cursor: Any) -> list[str]:
    """Return every table's columns and bounds as SQLite keeps them: as they were typed, in the order of their making."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL")
    return sorted(f"{name} {sorted(_parts(sql))}" for name, sql in cursor.fetchall())


def _parts(sql: str) -> list[str]:
    """Return what stands between the commas of CREATE TABLE; a comma within brackets or quotes parts nothing."""
    inside, parts, depth, quoted = sql[sql.index("(") + 1 : sql.rindex(")")], [""], 0, False
    for letter in inside:
        quoted ^= letter == "'"
        depth += 0 if quoted else {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return [re.sub(r"\s+", " ", one).strip() for one in parts]
