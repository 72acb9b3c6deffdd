"""The forms of complaints and of requests about own data."""

from panah.complaints.forms.hearing import HearingForm as HearingForm
from panah.complaints.forms.intake import ComplaintForm, GatherForm, LeaveForm, NameForm, OwnDataForm
from panah.complaints.forms.steps import (
    AcknowledgeForm,
    AnswerForm,
    AskForm,
    CloseForm,
    DataAnswerForm,
    EraseForm,
    ListForm,
    LookForm,
    NoteForm,
    ReopenForm,
    ReplyForm,
)
