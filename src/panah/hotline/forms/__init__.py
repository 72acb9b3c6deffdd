"""The hotline's forms."""

from panah.hotline.forms.call import CallForm, EmergencyForm, RehearsalForm, typed_from
from panah.hotline.forms.groups import PeopleForm
from panah.hotline.forms.next_step import NextStepForm
from panah.hotline.forms.others import (
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
