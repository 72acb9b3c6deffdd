"""The hotline's forms."""

from panah.people.hotline.forms.call import CallForm, EmergencyForm, RehearsalForm, typed_from
from panah.people.hotline.forms.groups import PeopleForm
from panah.people.hotline.forms.next_step import NextStepForm
from panah.people.hotline.forms.others import (
    AidForm,
    AttemptForm,
    AuthorityAnswerForm,
    AuthorityForm,
    CallOutForm,
    CoverForm,
    DecisionForm,
    HandOverForm,
    KeepForm,
    LineForm,
    LogForm,
    PaperForm,
    PersonHearsForm,
    PromptsForm,
    ServiceForm,
)
