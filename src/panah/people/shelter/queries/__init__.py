"""What other rooms and the pages ask about safe places: who runs it, who follows it, who holds the case."""

from panah.people.shelter.queries.board import board, free_beds, free_for_others
from panah.people.shelter.queries.cases import (
    fact,
    goes_along,
    had_bed,
    is_at_high_risk,
    mark_for,
    not_told_of_high_risk,
    of_case,
    stays_of_file,
    still_open,
)
from panah.people.shelter.queries.houses import all_houses, other_houses
from panah.people.shelter.queries.month import stays_of_month
from panah.people.shelter.queries.places import (
    files_of_holder,
    in_the_house,
    may_run_it,
    one_or_404,
    open_to_ask,
    region_name,
    runners_of,
    runs_by,
    shifts_on_roster,
    waiting,
    way_of,
)
from panah.people.shelter.queries.stays import OpenedStay, may_open, open_stays, stay_or_404, tonight
