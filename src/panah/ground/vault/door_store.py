"""The shred store as the door's own database role gets it: it adds what strangers write, and reads what is for them.

A row is never changed nor taken away by that role, and it sees none of any other kind: no half of a key, no card, no
draft. What belongs to receipts it finds by its key alone, so that a thief of that machine cannot list the reports and
chats of everybody. PostgreSQL keeps it to that; the role that owns the store is not touched by it.
"""

from django.db import connections, transaction
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.registry import Registry
from panah.ground.vault import shred_store
from panah.ground.vault.models import ShredRow

# What the door may do with a kind of rows, separated by blanks: "add" them, "read" all of them, or "name" a key and
# read what lies under it (shred_lookup.py).
DOOR_KINDS: Registry[str] = Registry("what of the shred store the public door writes or reads")
TABLE = ShredRow._meta.db_table


def kinds_for(what: str) -> list[str]:
    return sorted(kind for kind, may in DOOR_KINDS.items() if what in may.split())


def let_the_door_in(role: str) -> None:
    """Give the role in every copy of the shred store what it needs there, and nothing else. Repeats itself safely."""
    aliases = [store.alias for store in shred_store.copies()]
    if any(connections[alias].vendor != "postgresql" for alias in aliases):
        raise Refusal(
            _("The shred store of this node is a file: another machine cannot reach it."),
            next_step=_("Put both copies into PostgreSQL: PANAH_SHRED_URL and PANAH_SHRED_COPY_URL."),
            code="no-shred-server",
        )
    for alias in aliases:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            for statement in statements(role):
                cursor.execute(statement)


def statements(role: str) -> list[str]:
    """Return the SQL; ``role`` was looked up in the server, kinds are words of our own code."""
    added, read, named = (
        ", ".join(f"'{kind}'" for kind in kinds_for(what)) for what in ("add", "read", "name")
    )
    by_key = "key = ANY(string_to_array(current_setting('panah.named', true), ',')::uuid[])"
    shown = f"kind IN ({read}) OR (kind IN ({named}) AND {by_key})"
    others = f"current_user <> '{role}'"
    return [
        f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}"',
        f'GRANT SELECT, INSERT ON "{TABLE}" TO "{role}"',
        f'GRANT SELECT ON django_migrations TO "{role}"',
        f'ALTER TABLE "{TABLE}" ENABLE ROW LEVEL SECURITY',
        *(
            f'DROP POLICY IF EXISTS {name} ON "{TABLE}"'
            for name in ("of_the_node", "door_adds", "door_reads")
        ),
        f'CREATE POLICY of_the_node ON "{TABLE}" USING ({others}) WITH CHECK ({others})',
        f'CREATE POLICY door_adds ON "{TABLE}" FOR INSERT TO "{role}" WITH CHECK (kind IN ({added}))',
        f'CREATE POLICY door_reads ON "{TABLE}" FOR SELECT TO "{role}" USING ({shown})',
    ]
