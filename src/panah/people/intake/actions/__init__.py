"""What is done with what arrived, beyond keeping and opening it."""

from panah.people.intake.actions.closing import close_arrival, why_not_closed
from panah.people.intake.actions.conversion import TARGETS, Target, convert, targets_of
from panah.people.intake.actions.going_on import follow_or_forget, key_for, pass_on, pass_to_new_readers
from panah.people.intake.actions.joined import join_reports, part_report
from panah.people.intake.actions.picture_keys import entry_of
from panah.people.intake.actions.pictures import (
    agree_to_open,
    ask_to_open,
    is_asked,
    is_open_to,
    mark_picture,
    note_file,
    note_what_came,
    see_picture,
)
from panah.people.intake.actions.piles import (
    PilesFound,
    empty_pile,
    find_piles,
    let_go_of_piles,
    put_pile_back,
)
from panah.people.intake.actions.reports import (
    answer_report,
    finish_report,
    is_open,
    later_words,
    open_report,
    pass_to_complaints,
    take_on_report,
)
from panah.people.intake.actions.what_came import person_of
