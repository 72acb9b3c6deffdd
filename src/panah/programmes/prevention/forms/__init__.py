"""The forms of this room."""

from panah.programmes.prevention.forms.campaigns import (
    CampaignForm,
    ChangeCampaignForm,
    EndForm,
    GoalForm,
    MaterialForm,
    NarrativeForm,
    StigmaForm,
)
from panah.programmes.prevention.forms.groups import AccessForm, DecideForm, FindForm, GroupForm, PlanForm
from panah.programmes.prevention.forms.sessions import (
    CountForm,
    PlanSessionForm,
    SessionForm,
    TestsForm,
    plan_code,
)
