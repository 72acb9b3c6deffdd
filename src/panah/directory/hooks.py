"""What the directory registers with the wall between societies."""

from panah.foundation.rls_tables import EXEMPT

EXEMPT.register("directory", "the directory of services, numbers and agreements is for the whole network")
