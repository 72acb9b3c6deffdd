"""Everything that changes a group, a session, an access or a campaign."""

from panah.programmes.prevention.actions.access import ask_access, decide_access, record_letter
from panah.programmes.prevention.actions.campaigns import (
    add_material,
    change_campaign,
    check_stigma,
    drop_material,
    end_campaign,
    plan_campaign,
    publish,
)
from panah.programmes.prevention.actions.groups import add_educator, begin_group, end_group, take_out
from panah.programmes.prevention.actions.outcomes import ask_debriefing, count_session, write_tests
from panah.programmes.prevention.actions.plans import (
    add_goal,
    record_export,
    retire_plan,
    write_narrative,
    write_plan,
)
from panah.programmes.prevention.actions.sessions import call_off, change_session, plan_session
