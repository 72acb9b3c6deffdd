"""The forms of what arrived sealed."""

from panah.people.intake.forms.arrivals import CloseForm, ConvertForm, ListForm, PurposeForm, as_it_came
from panah.people.intake.forms.reports import (
    AnswerForm,
    CameOfItForm,
    ColleagueForm,
    EmptyForm,
    FinishForm,
    JoinForm,
)
