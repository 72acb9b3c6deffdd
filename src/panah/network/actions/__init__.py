"""Every change of the register. What a society has edited, a later load leaves alone."""

from panah.network.actions.branches import add_branch, confirm_branch, edit_branch, edit_society
from panah.network.actions.capabilities import set_closed
from panah.network.actions.hosting import host_society, practise_elsewhere
from panah.network.actions.loading import Loaded, load_reference_data
from panah.network.actions.rulesheets import check_rule_line, edit_rule_line
