"""What the directory registers with the wall between societies and with the menu."""

from django.utils.translation import gettext_lazy as _

from panah.foundation.rls_tables import EXEMPT
from panah.kit.nav import MENU, MenuItem, Section

EXEMPT.register("directory", "the directory of services, numbers and agreements is for the whole network")
MENU.register(
    "network",
    MenuItem("directory:services", _("Partners and services"), "people", section=Section.DIRECTORY),
    order=70,
)
