"""What people type into the directory."""

from panah.ground.directory.forms.import_review import BringForm, DecideForm
from panah.ground.directory.forms.numbers import NumberForm
from panah.ground.directory.forms.organizations import AgreementForm, OrganizationForm
from panah.ground.directory.forms.pathways import StepForm
from panah.ground.directory.forms.search import FindByNameForm, SearchForm, VerifyForm
from panah.ground.directory.forms.services import ServiceForm
