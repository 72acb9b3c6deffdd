"""What became of arrivals, what was put aside, what is joined, and what a report says on its page."""

from panah.people.intake.queries.going_on import (
    goes_on_to,
    holds_what_became,
    report_behind,
    report_of_complaint,
    subjects,
)
from panah.people.intake.queries.joined import joined_among, joined_with, may_be_joined
from panah.people.intake.queries.marked import (
    marked_among,
    may_be_seen,
    picture_keys_needed,
    picture_or_404,
    pictures_of,
)
from panah.people.intake.queries.piles import piles_of, piles_there, put_aside
from panah.people.intake.queries.places import places_of
