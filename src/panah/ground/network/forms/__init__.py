"""What people type into the register."""

from panah.ground.network.forms.rulesheets import CheckForm, RuleForm
from panah.ground.network.forms.societies import AddBranchForm, BranchForm, FindSocietyForm, SocietyForm
