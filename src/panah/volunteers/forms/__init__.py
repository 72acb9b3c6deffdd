"""What is asked about volunteers, and of whoever wants to join."""

from panah.volunteers.forms.imports import HeadingsForm, PairForm, TableForm
from panah.volunteers.forms.joining import JoinForm
from panah.volunteers.forms.register import AddForm, ListForm
from panah.volunteers.forms.steps import (
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
