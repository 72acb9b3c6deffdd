"""The register, what is asked of volunteers and done by them, tables that came in, and who may stand there twice."""

from panah.programmes.volunteers.models.helping import Asked, CallOut, Expense, Hours, OwnPage
from panah.programmes.volunteers.models.imports import DoublePair, ImportedRow, MergedVolunteer, TableImport
from panah.programmes.volunteers.models.register import (
    CHECKED,
    IncidentReport,
    JoinLink,
    Membership,
    Volunteer,
    VolunteerQuerySet,
)
