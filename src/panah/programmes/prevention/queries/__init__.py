"""What is asked about groups, sessions, access, campaigns, and their numbers."""

from panah.programmes.prevention.queries.access import access_or_404, accesses, may_be_used
from panah.programmes.prevention.queries.calendar import Happening, happenings
from panah.programmes.prevention.queries.campaigns import (
    campaign_or_404,
    campaigns,
    goals_of,
    kept_campaign_or_404,
    material_or_404,
)
from panah.programmes.prevention.queries.groups import (
    EducatorRow,
    brought_plans,
    educators_of,
    group_or_404,
    groups,
    own_plan_or_404,
    own_plans,
    place_or_404,
    plan_or_404,
)
from panah.programmes.prevention.queries.own_data import held_of
from panah.programmes.prevention.queries.report import Asked, Line, Report, behind, narrative_of, report
from panah.programmes.prevention.queries.sessions import (
    answered_on,
    changes_of,
    days_of,
    lacks_access,
    last_of,
    may_not_lead_now,
    session_or_404,
    sessions,
)
