"""The forms of safe places."""

from panah.people.shelter.forms.house import IncidentForm, NeedForm, RunnerForm, ShiftForm
from panah.people.shelter.forms.places import AddBedsForm, BedForm, NewPlaceForm, PlaceForm, RoomForm, WayForm
from panah.people.shelter.forms.stays import (
    AnswerForm,
    AskForm,
    BackForm,
    ChangeForm,
    DecideForm,
    LeaveForm,
    LetInForm,
    MissForm,
    SecondForm,
    SheetForm,
    TakeBackForm,
)
