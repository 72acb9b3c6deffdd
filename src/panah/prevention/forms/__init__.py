"""The forms of this room."""

from panah.prevention.forms.campaigns import (
    CampaignForm,
    ChangeCampaignForm,
    EndForm,
    GoalForm,
    MaterialForm,
    StigmaForm,
)
from panah.prevention.forms.groups import AccessForm, DecideForm, FindForm, GroupForm, PlanForm
from panah.prevention.forms.sessions import CountForm, SessionForm, TestsForm
