"""What the database role of a machine of the door's own may do: read what is published, leave what a stranger tells.

Everything else is shut. What stands in ``OPEN`` is opened to that role by ``./panah grantdoor``; row-level security
holds for it as for every other role, and of what strangers told it finds only what a receipt opens (``OWN``).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import door_store


@dataclass(frozen=True)
class Opened:
    """What of one table is open: ``reads`` and ``changes`` name fields; "*" is every one. ``adds``: new rows."""

    reads: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    adds: bool = False


PUBLISHED = Opened(reads=("*",))
OPEN: dict[str, Opened] = {
    # The register: what the door's pages show.
    "network.Society": PUBLISHED,
    "network.Region": PUBLISHED,
    "network.FormerRegion": PUBLISHED,
    "network.RuleLine": PUBLISHED,
    "directory.Organization": PUBLISHED,
    "directory.Service": PUBLISHED,
    "directory.ServiceTerm": PUBLISHED,
    "directory.ServicePhone": PUBLISHED,
    "directory.HotlineNumber": PUBLISHED,
    "directory.Verification": PUBLISHED,
    # Whether anybody is there, and not who.
    "accounts.Staff": Opened(reads=("id", "is_active")),
    "accounts.Duty": Opened(reads=("id", "society", "what", "starts_at", "ends_at")),
    "vault.KeyHeld": Opened(reads=("key", "staff")),
    "vault.SocietyKey": PUBLISHED,
    "materials.Version": Opened(
        reads=(
            *("id", "society", "material", "titles", "audiences", "what", "type", "size", "pages", "seconds"),
            *("sha256", "number", "state", "published_on", "ended_on"),
        )
    ),
    "materials.Piece": PUBLISHED,
    "page_texts.Correction": Opened(
        reads=(
            *("id", "language", "mark", "key", "texts", "delivered", "state", "number", "society"),
            *("published_on", "ended_on", "edited_at"),
        )
    ),
    # The lines, and what the node tells of them and of whose keys what is about colleagues is sealed to.
    "hotline.Line": PUBLISHED,
    "inbox.Posted": PUBLISHED,
    # What a stranger tells, and what is told to her: never more than her receipt leads to.
    "inbox.Arrival": Opened(reads=("*",), adds=True),
    "reporters.Report": Opened(
        reads=("*",), changes=("came_back", "last_number", "last_on", "kept_until"), adds=True
    ),
    "reporters.Word": Opened(reads=("*",), changes=("seen",), adds=True),
    "reporters.Upload": Opened(reads=("*",), adds=True),
    "reporters.Piece": Opened(reads=("*",), adds=True),
    "reporters.Chat": Opened(
        reads=("*",), changes=("last_number", "spoken_at", "state", "ended_by_staff", "kept_until"), adds=True
    ),
    "reporters.ChatLine": Opened(reads=("*",), adds=True),
    "reporters.ChatGrant": Opened(adds=True),
    "hotline.LineChat": Opened(
        reads=("*",), changes=("urgency", "ended_at", "ended_by_person", "may_go_along"), adds=True
    ),
    # Numbers of an hour, about nobody.
    "reporters.Tally": Opened(reads=("*",), changes=("amount",), adds=True),
    "reporters.NodeTally": Opened(reads=("*",), changes=("amount",), adds=True),
    "audit.Waiting": Opened(adds=True),
}
_SHOWN = (
    "ARRAY(SELECT decode(x, 'hex') FROM unnest(string_to_array(current_setting('panah.shown', true), ',')) x)"
)
# What that role finds of a table: rows of a receipt or a form that was shown. What hangs on them hides with them.
OWN = {
    "reporters.Report": f"verifier = ANY({_SHOWN}) OR once = ANY({_SHOWN})",
    "reporters.Chat": (
        f"verifier = ANY({_SHOWN}) OR once = ANY({_SHOWN}) OR report_id IN (SELECT id FROM reporters_report)"  # noqa: S608  our own names
    ),
    "hotline.LineChat": "chat_id IN (SELECT id FROM reporters_chat)",
    "inbox.Arrival": (
        "id IN (SELECT arrival_id FROM reporters_report) OR id IN (SELECT arrival_id FROM reporters_word)"
    ),
}
POLICY = "door_own"


def let_in(role: str) -> None:
    """Give the role what the door needs in every database of the node, and take from it all that it had besides."""
    if connections["default"].vendor != "postgresql":
        raise Refusal(
            _("This node keeps its work in a file: there are no roles in it."),
            next_step=_("A machine of the door's own needs PostgreSQL: docs/operations/public-door.md."),
            code="no-server",
        )
    if role in (settings.PANAH_DATABASE_ROLE, settings.DATABASES["default"]["USER"]) or not _is_there(role):
        raise Refusal(
            _("There is no database role of this name that is the door's alone."),
            next_step=_(
                "Make it as the server's administrator: docs/operations/public-door.md has the line."
            ),
            code="no-role",
        )
    with transaction.atomic("default"), connections["default"].cursor() as cursor:
        for statement in statements(role):
            cursor.execute(statement)
    door_store.let_the_door_in(role)


def statements(role: str) -> list[str]:
    """Return the SQL of all that is opened in the main database; ``role`` was looked up in the server."""
    said = [
        f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}"',
        f'REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM "{role}"',
        f'GRANT SELECT ON django_migrations TO "{role}"',
    ]
    for label, opened in OPEN.items():
        table = apps.get_model(label)._meta.db_table
        if opened.reads:
            said.append(f'GRANT SELECT {columns(label, opened.reads)} ON "{table}" TO "{role}"')
        if opened.changes:
            said.append(f'GRANT UPDATE {columns(label, opened.changes)} ON "{table}" TO "{role}"')
        if opened.adds:
            said.append(f'GRANT INSERT ON "{table}" TO "{role}"')
    for label, rule in OWN.items():
        table = apps.get_model(label)._meta.db_table
        for number, act in enumerate(("SELECT", "UPDATE")):
            said.append(f'DROP POLICY IF EXISTS {POLICY}_{number} ON "{table}"')
            said.append(
                f'CREATE POLICY {POLICY}_{number} ON "{table}" AS RESTRICTIVE FOR {act} TO "{role}" USING ({rule})'
            )
    return said


def columns(label: str, fields: tuple[str, ...]) -> str:
    """Return fields as the columns of their table, "" for all of it."""
    if fields == ("*",):
        return ""
    meta = apps.get_model(label)._meta
    return "(" + ", ".join(f'"{meta.get_field(name).column}"' for name in fields) + ")"


def _is_there(role: str) -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR pg_has_role(%s, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s",
            [role, settings.DATABASES["default"]["USER"], role],
        )
        found = cursor.fetchone()
    # One that passes walls, or may become the owner, would be no wall at all.
    return found is not None and not found[0]


def may_more_than_the_door() -> bool:
    """Say whether the role of this process may look where the door has nothing to do: at colleagues' names."""
    table = apps.get_model("accounts.Staff")._meta.db_table
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT has_column_privilege(%s, 'name', 'SELECT')", [table])
        return bool(cursor.fetchone()[0])
