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
from panah.prevention.actions.sessions import call_off, change_session, may_not_any_more, plan_session

__all__ = [
    *("add_educator", "add_goal", "add_material", "ask_access", "ask_debriefing", "begin_group", "call_off"),
    *("change_campaign", "change_session", "check_stigma", "count_session", "decide_access"),
    *(
        "drop_material",
        "end_campaign",
        "end_group",
        "may_not_any_more",
        "plan_campaign",
        "plan_session",
        "publish",
    ),
    *("record_export", "record_letter", "retire_plan", "take_out", "write_plan", "write_tests"),
]
