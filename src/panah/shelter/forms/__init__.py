"""The forms of safe places."""

from panah.shelter.forms.house import IncidentForm, NeedForm, RunnerForm, ShiftForm
from panah.shelter.forms.places import AddBedsForm, BedForm, NewPlaceForm, PlaceForm, RoomForm, WayForm
from panah.shelter.forms.stays import (
    AskForm,
    BackForm,
    ChangeForm,
    DecideForm,
    LeaveForm,
    LetInForm,
    MissForm,
    SecondForm,
    SheetForm,
)
