"""The register, and what is asked of volunteers and done by them."""

from panah.volunteers.models.helping import Asked, CallOut, Expense, Hours, OwnPage
from panah.volunteers.models.register import (
    IncidentReport,
    JoinLink,
    Membership,
    Volunteer,
    VolunteerQuerySet,
)
