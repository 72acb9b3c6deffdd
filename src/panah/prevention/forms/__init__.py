"""The forms of this room."""

from panah.prevention.forms.campaigns import (
    CampaignForm,
    ChangeCampaignForm,
    EndForm,
    GoalForm,
    MaterialForm,
    NarrativeForm,
    StigmaForm,
)
from panah.prevention.forms.groups import AccessForm, DecideForm, FindForm, GroupForm, PlanForm
from panah.prevention.forms.sessions import CountForm, PlanSessionForm, SessionForm, TestsForm, plan_code
