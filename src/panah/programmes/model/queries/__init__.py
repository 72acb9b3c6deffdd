"""Reading self-assessments and the texts they go by."""

from panah.programmes.model.queries.assessments import (
    ElementRow,
    SideBySide,
    action_or_404,
    agreed_rows,
    assessment_or_404,
    assessments,
    assessors,
    given_by,
    may_compare,
    may_end,
    not_carried,
    own_or_404,
    own_part,
    plan_of,
    proposals,
    shared_of,
    side_by_side,
    strong_in,
    year_before,
)
from panah.programmes.model.queries.editions import (
    current_version,
    draft,
    edition_or_404,
    elements,
    texts_of,
    versions,
)
