"""What is asked about volunteers, and of whoever wants to join."""

from panah.programmes.volunteers.forms.imports import HeadingsForm, PairForm, TableForm
from panah.programmes.volunteers.forms.joining import JoinForm
from panah.programmes.volunteers.forms.register import AddForm, ListForm
from panah.programmes.volunteers.forms.steps import (
    AnswerForm,
    ChangeStepForm,
    DecidedForm,
    EraseForm,
    IncidentForm,
    InsuranceForm,
    MoveAnswerForm,
    MoveForm,
    NothingForm,
    RoleEndForm,
    RoleForm,
    SafeguardingForm,
    StaffLinkForm,
    VetForm,
    WhenWhyForm,
)
