"""What people type into the register."""

from panah.kit.versioned_form import KeptForm
from panah.network.forms.import_review import BringForm, DecideForm
from panah.network.forms.numbers import NumberForm
from panah.network.forms.organizations import AgreementForm, OrganizationForm
from panah.network.forms.pathways import StepForm
from panah.network.forms.rulesheets import CheckForm, RuleForm
from panah.network.forms.search import FindByNameForm, SearchForm, VerifyForm
from panah.network.forms.services import ServiceForm
from panah.network.forms.societies import AddBranchForm, BranchForm, FindSocietyForm, SocietyForm
