"""What people type into the register."""

from panah.network.forms.directory import (
    FindByNameForm,
    NumberForm,
    SearchForm,
    ServiceForm,
    VerifyForm,
)
from panah.network.forms.rulesheets import CheckForm, RuleForm
from panah.network.forms.societies import AddBranchForm, BranchForm, FindSocietyForm

__all__ = [
    "AddBranchForm", "BranchForm", "CheckForm", "FindByNameForm", "FindSocietyForm", "NumberForm",
    "RuleForm", "SearchForm", "ServiceForm", "VerifyForm",
]
