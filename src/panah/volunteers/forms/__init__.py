"""What is asked about volunteers, and of whoever wants to join."""

from panah.volunteers.forms.joining import AnswerForm, JoinForm
from panah.volunteers.forms.register import AddForm, ChangeForm, ListForm
from panah.volunteers.forms.steps import (
    DecidedForm,
    EraseForm,
    IncidentForm,
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
