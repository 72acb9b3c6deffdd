"""Every change of the register. What a society has edited, a later load leaves alone."""

from panah.ground.network.actions.branches import add_branch, confirm_branch, edit_branch, edit_society
from panah.ground.network.actions.capabilities import set_closed
from panah.ground.network.actions.hosting import host_society, practise_elsewhere
from panah.ground.network.actions.loading import load_reference_data
from panah.ground.network.actions.rulesheets import check_rule_line, edit_rule_line
