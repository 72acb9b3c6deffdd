"""What people type into the directory."""

from panah.directory.forms.import_review import BringForm, DecideForm
from panah.directory.forms.numbers import NumberForm
from panah.directory.forms.organizations import AgreementForm, OrganizationForm
from panah.directory.forms.pathways import StepForm
from panah.directory.forms.search import FindByNameForm, SearchForm, VerifyForm
from panah.directory.forms.services import ServiceForm
