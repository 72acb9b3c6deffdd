"""What the register of societies and services registers with the wall between societies."""

from panah.foundation.rls_tables import EXEMPT

EXEMPT.register(
    "network", "the register of societies, branches, services, numbers and rules is for the whole network"
)
