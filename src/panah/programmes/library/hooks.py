"""What the library registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.node_health import HEALTH
from panah.ground.foundation.rls_tables import EXEMPT, READ_BY_ALL
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.programmes.cooperation.searching import PAPERS, SEARCH
from panah.programmes.diplomacy.beside import ATTACHED, BESIDE_PROVISIONS
from panah.programmes.library import actions, permissions, queries  # noqa: F401  the journal's events are declared there
from panah.programmes.library.attached import attached
from panah.programmes.library.words import LIBRARY

# Pieces, pages and versions follow their document; a list that is made by one society stays its own.
OPEN = "\"{table}\".\"visibility\" IN ('network', 'public')"
READ_BY_ALL.register("library.Document", OPEN.format(table="library_document"))
READ_BY_ALL.register("library.Named", "false")
for _table in ("Shelf", "Term", "Block"):
    EXEMPT.register(f"library.{_table}", "the index of what all may read; of nothing confidential")
MENU.register(
    LIBRARY,
    MenuItem("library:list", _("Library"), "book", visible=permissions.reads, section=Section.SOCIETY),
    order=88,
)
WITHOUT, WITH = "read without network", "read with network: this system does not let a process give it up"
HEALTH.register("documents", lambda: WITHOUT if queries.reads_without_network() else WITH)
BESIDE_PROVISIONS.register(LIBRARY, queries.beside_provisions)
ATTACHED.register(LIBRARY, attached)
SEARCH.register(LIBRARY, "library:search")
PAPERS.register(LIBRARY, queries.named_by)
