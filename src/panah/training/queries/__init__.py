"""What is asked about modules, courses, and who is trained in what."""

from panah.training.queries.courses import (
    Listed,
    Person,
    by_pk_or_404,
    enrolment_or_404,
    listed,
    name_of,
    people_of,
    phone_lists_of,
    places_left,
    session_or_404,
    visible,
    volunteers_named,
)
from panah.training.queries.modules import adopted, adopted_or_404, delivered_or_404, module_rows
from panah.training.queries.trained import Gap, ending, gaps, held_by, held_for_export, trained
