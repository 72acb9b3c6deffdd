"""What people type into the register."""

from panah.network.forms.rulesheets import CheckForm, RuleForm
from panah.network.forms.societies import AddBranchForm, BranchForm, FindSocietyForm, SocietyForm
