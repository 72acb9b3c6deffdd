"""What can be done with safe places, beds and stays; other rooms import from here."""

from panah.people.shelter.actions.asked_to_leave import decide_leaving
from panah.people.shelter.actions.bed_assignment import decline, give_bed, hold_bed
from panah.people.shelter.actions.bed_requests import (
    ask,
    change_sheet,
    follow,
    let_in,
    take_back,
    take_in,
    tell_high_risk,
)
from panah.people.shelter.actions.bulk import ask_for_one_of_many
from panah.people.shelter.actions.cleanup import (
    find_a_runner,
    forget_old_sheets,
    forget_waiting,
    forget_with_case,
    hand_over_all,
    release_holds,
)
from panah.people.shelter.actions.house import end_shift, met_need, put_on_shift, write_incident, write_need
from panah.people.shelter.actions.places import (
    add_beds,
    add_room,
    change_bed,
    change_place,
    change_room,
    make_place,
    name_runner,
    share_counts,
    take_runner,
    write_way,
)
from panah.people.shelter.actions.stay_lifecycle import arrive, change_stay, come_back, leave, miss
