"""What can be done in the network's space."""

from panah.programmes.cooperation.actions.calls import record_call_to_another, record_test_call
from panah.programmes.cooperation.actions.guests import (
    answer,
    ask,
    end_seat,
    give_seat,
    hand_over_all,
    share,
    show_to_guest,
)
from panah.programmes.cooperation.actions.meetings import (
    add_decision,
    add_paper,
    close_decision,
    save_meeting,
)
from panah.programmes.cooperation.actions.members import end_point, save_corridor, save_point, save_profile
from panah.programmes.cooperation.actions.practices import (
    ask_review,
    call_back,
    change_practice,
    next_version,
    publish,
    review_told,
    translate,
    write_practice,
)
from panah.programmes.cooperation.actions.taking import take
from panah.programmes.cooperation.actions.telling import tell_all
