"""What other rooms and the pages ask about safe places: who runs it, who follows it, who holds the case."""

from panah.shelter.queries.board import Board, board, free_beds, free_tonight
from panah.shelter.queries.cases import fact, had_bed, mark_for, of_case, stays_of_file, still_open, told_of
from panah.shelter.queries.places import (
    Card,
    cards,
    files_of_holder,
    in_the_house,
    may_run_it,
    one_or_404,
    open_to_ask,
    region_name,
    runners_of,
    runs_by,
    unrun,
    waiting,
    way_of,
)
from panah.shelter.queries.stays import Line, Opened, follows_by, lines, may_open, stay_or_404, tonight

__all__ = [
    "Board",
    "Card",
    "Line",
    "Opened",
    "board",
    "cards",
    "fact",
    "files_of_holder",
    "follows_by",
    "free_beds",
    "free_tonight",
    "had_bed",
    "in_the_house",
    "lines",
    "mark_for",
    "may_open",
    "may_run_it",
    "of_case",
    "one_or_404",
    "open_to_ask",
    "region_name",
    "runners_of",
    "runs_by",
    "stay_or_404",
    "stays_of_file",
    "still_open",
    "told_of",
    "tonight",
    "unrun",
    "waiting",
    "way_of",
]
