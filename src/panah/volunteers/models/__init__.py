"""The register, what is asked of volunteers and done by them, tables that came in, and who may stand there twice."""

from panah.volunteers.models.helping import Asked, CallOut, Expense, Hours, OwnPage
from panah.volunteers.models.imports import DoublePair, ImportedRow, MergedVolunteer, TableImport
from panah.volunteers.models.register import (
    CHECKED,
    IncidentReport,
    JoinLink,
    Membership,
    Volunteer,
    VolunteerQuerySet,
)
