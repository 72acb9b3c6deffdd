"""The register of volunteers, read by whoever keeps it; what they may do is derived here."""

from panah.programmes.volunteers.queries.ages import not_surely_adult
from panah.programmes.volunteers.queries.doubles import (
    doubles,
    merged_lately,
    merged_or_404,
    pair_or_404,
    side_by_side,
)
from panah.programmes.volunteers.queries.eligibility import colleagues_who_may_not, unfit_volunteers
from panah.programmes.volunteers.queries.figures import Figures, figures
from panah.programmes.volunteers.queries.imports import about_of, faulty_rows, report
from panah.programmes.volunteers.queries.joining import branches_kept, has_asked, link_at, link_or_404
from panah.programmes.volunteers.queries.listing import VolunteerFilter, listed
from panah.programmes.volunteers.queries.one import (
    contact,
    history,
    incident_or_404,
    incident_told,
    insurance_held,
    memberships_held,
    own_data,
    sealed_notes,
)
from panah.programmes.volunteers.queries.register import (
    by_pk_or_404,
    is_grown_up,
    may_do_on,
    memberships,
    missing_on,
    of_staff,
    visible,
)
