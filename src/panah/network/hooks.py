"""What the register of societies registers: with the wall between societies, and its rows with numbers."""

from panah.foundation import told_rows
from panah.foundation.rls_tables import EXEMPT
from panah.network.queries import emergency_lines

EXEMPT.register("network", "the register of societies, branches and rules is for the whole network")
told_rows.ALL.register("network", lambda _society: emergency_lines())
