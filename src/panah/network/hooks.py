"""What the register of societies and services registers with the wall between societies."""

from django.utils.translation import gettext_lazy as _

from panah.foundation.rls_tables import EXEMPT
from panah.kit.nav import MENU, MenuItem

EXEMPT.register(
    "network", "the register of societies, branches, services, numbers and rules is for the whole network"
)
MENU.register("network", MenuItem("network:services", _("Partners and services"), "people"), order=70)
