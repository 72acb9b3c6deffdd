"""What the directory registers: with the wall between societies, with the menu, and its rows with numbers."""

from django.utils.translation import gettext_lazy as _

from panah.directory.queries import all_with_numbers
from panah.foundation import told_rows
from panah.foundation.rls_tables import EXEMPT
from panah.kit.nav import MENU, MenuItem, Section

EXEMPT.register("directory", "the directory of services, numbers and agreements is for the whole network")
MENU.register(
    "network",
    MenuItem("directory:services", _("Partners and services"), "people", section=Section.DIRECTORY),
    order=70,
)
# Everybody reads all of it, whoever keeps it.
told_rows.ALL.register("directory", lambda _society: all_with_numbers())
