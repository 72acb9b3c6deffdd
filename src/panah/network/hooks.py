"""What the register of societies registers with the wall between societies."""

from panah.foundation.rls_tables import EXEMPT

EXEMPT.register("network", "the register of societies, branches and rules is for the whole network")
