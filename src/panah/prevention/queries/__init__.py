"""What is asked about groups, sessions, access, campaigns, and their numbers."""

from panah.prevention.queries.access import access_or_404, accesses, may_be_used
from panah.prevention.queries.calendar import Happening, happenings
from panah.prevention.queries.campaigns import (
    campaign_or_404,
    campaigns,
    goals_of,
    kept_campaign_or_404,
    material_or_404,
)
from panah.prevention.queries.groups import (
    EducatorRow,
    educators_of,
    group_or_404,
    groups,
    own_plans,
    place_or_404,
    plan_or_404,
)
from panah.prevention.queries.own_data import held_of
from panah.prevention.queries.report import Asked, Report, report
from panah.prevention.queries.sessions import (
    Page,
    SessionRow,
    answered_on,
    changes_of,
    lacks_access,
    last_of,
    session_or_404,
    sessions,
)

__all__ = [
    *("Asked", "EducatorRow", "Happening", "Page", "Report", "SessionRow", "access_or_404", "accesses"),
    *(
        "answered_on",
        "campaign_or_404",
        "campaigns",
        "changes_of",
        "educators_of",
        "goals_of",
        "group_or_404",
    ),
    *("groups", "happenings", "kept_campaign_or_404", "lacks_access", "last_of", "material_or_404"),
    *("may_be_used", "own_plans", "place_or_404"),
    *("plan_or_404", "report", "session_or_404", "sessions"),
]
