"""The forms of complaints and of requests about own data."""

from panah.people.complaints.forms.hearing import HearingForm as HearingForm
from panah.people.complaints.forms.intake import ComplaintForm, GatherForm, LeaveForm, NameForm, OwnDataForm
from panah.people.complaints.forms.steps import (
    AcknowledgeForm,
    AnswerForm,
    AskForm,
    CloseForm,
    DataAnswerForm,
    EraseForm,
    ListForm,
    LookForm,
    MeantForm,
    NoteForm,
    ReopenForm,
    ReplyForm,
)
