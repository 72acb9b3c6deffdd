"""Everything that changes a group, a session, an access or a campaign."""

from panah.prevention.actions.access import ask_access, decide_access, record_letter
from panah.prevention.actions.campaigns import (
    add_material,
    change_campaign,
    check_stigma,
    drop_material,
    end_campaign,
    plan_campaign,
    publish,
)
from panah.prevention.actions.groups import add_educator, begin_group, end_group, take_out
from panah.prevention.actions.outcomes import ask_debriefing, count_session, write_tests
from panah.prevention.actions.plans import add_goal, record_export, retire_plan, write_plan
from panah.prevention.actions.sessions import call_off, change_session, plan_session
