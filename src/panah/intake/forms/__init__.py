"""The forms of what arrived sealed."""

from panah.intake.forms.arrivals import CloseForm, ConvertForm, ListForm, PurposeForm, as_it_came
from panah.intake.forms.reports import (
    AnswerForm,
    CameOfItForm,
    ColleagueForm,
    EmptyForm,
    FinishForm,
    JoinForm,
)
